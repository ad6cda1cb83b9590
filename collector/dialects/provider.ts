/** The conventions' own names, and what others call them. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ...[
    'openai',
    'anthropic',
    'aws.bedrock',
    'azure.ai.openai',
    'azure.ai.inference',
    'gcp.gemini',
    'gcp.vertex_ai',
    'gcp.gen_ai',
    'cohere',
    'deepseek',
    'groq',
    'mistral_ai',
    'moonshot_ai',
    'perplexity',
    'x_ai',
    'ibm.watsonx.ai',
    'ollama',
    'openrouter',
    'together_ai',
    'fireworks',
  ].map((name): [string, string] => [name, name]),
  ['gemini', 'gcp.gemini'],
  ['google', 'gcp.gemini'],
  ['google_genai', 'gcp.gemini'],
  ['google.generative-ai', 'gcp.gemini'],
  ['google.vertex', 'gcp.vertex_ai'],
  ['gcp.vertex.agent', 'gcp.vertex_ai'],
  ['vertex_ai', 'gcp.vertex_ai'],
  ['vertexai', 'gcp.vertex_ai'],
  ['google_vertexai', 'gcp.vertex_ai'],
  ['xai', 'x_ai'],
  ['mistral', 'mistral_ai'],
  ['mistralai', 'mistral_ai'],
  ['moonshot', 'moonshot_ai'],
  ['moonshotai', 'moonshot_ai'],
  ['azure', 'azure.ai.openai'],
  ['azure_openai', 'azure.ai.openai'],
  ['azure-openai', 'azure.ai.openai'],
  ['az.ai.openai', 'azure.ai.openai'],
  ['az.ai.inference', 'azure.ai.inference'],
  ['aws', 'aws.bedrock'],
  ['bedrock', 'aws.bedrock'],
  ['amazon_bedrock', 'aws.bedrock'],
  ['amazon-bedrock', 'aws.bedrock'],
  ['watsonx', 'ibm.watsonx.ai'],
  ['togetherai', 'together_ai'],
  ['together', 'together_ai'],
]);

/** Frameworks that put their own name where a provider's belongs. */
const FRAMEWORKS = new Set(['langchain', 'langgraph', 'strands-agents', 'mastra', 'llamaindex', 'crewai']);

/**
 * The provider in the conventions' words. `openai.chat` and the like name an API of a provider: they lose it.
 * `null` for the name of a framework or of the service itself (Strands sends that), unless it is a provider's.
 */
export function providerOf(said: string | null, service: string): string | null {
  if (said === null) return null;
  const exact = PROVIDERS.get(said);
  if (exact !== undefined) return exact;
  const name = said.toLowerCase();
  const provider = /^(aws|azure|az|gcp|ibm)\./.test(name) ? name : withoutApi(name);
  const known = PROVIDERS.get(name) ?? PROVIDERS.get(provider);
  if (known !== undefined) return known;
  return said === service || FRAMEWORKS.has(name) ? null : provider;
}

/** Where the dot is not part of the name: `google.vertex.chat` -> `google.vertex`, `openai.responses` -> `openai`. */
function withoutApi(name: string): string {
  if (name.startsWith('google.')) return name.split('.', 2).join('.');
  const dot = name.indexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}
