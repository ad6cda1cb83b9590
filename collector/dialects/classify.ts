import type { SpanKind } from '../../domain/span-kind.ts';
import type { Usage } from '../../domain/usage.ts';
import type { SpanFacts } from './canonical.ts';
import type { FieldReader } from './field-reader.ts';
import { FIELD, type Field } from './fields.ts';

/** What a span is, and whether it is itself a call of a model (or of an embedding) rather than a wrapper of calls. */
export type Work = { kind: SpanKind; call: boolean };

const work = (kind: SpanKind, call = false): Work => ({ kind, call });
const MODEL_CALL = work('llm', true);
/** An embedding is a model call with a price, but not a turn of an agent. */
const EMBEDDING_CALL = work('retrieval', true);
const AGENT = work('agent');
const TOOL = work('tool');
const RETRIEVAL = work('retrieval');
const GUARDRAIL = work('guardrail');
const HUMAN = work('human');
const STEP = work('step');
const OTHER = work('other');

type Vocabulary = ReadonlyMap<string, Work>;

/** OpenInference's span kinds, and those of products that took them over. Upper case. */
const SPAN_KINDS: Vocabulary = new Map([
  ['LLM', MODEL_CALL],
  ['EMBEDDING', EMBEDDING_CALL],
  ['AGENT', AGENT],
  ['TOOL', TOOL],
  ['RETRIEVER', RETRIEVAL],
  ['RERANKER', RETRIEVAL],
  ['RAG', RETRIEVAL],
  ['GUARDRAIL', GUARDRAIL],
  ['HUMAN', HUMAN],
  ['HUMAN_EVALUATOR', HUMAN],
  ['CHAIN', STEP],
  ['PROMPT', STEP],
  ['DECISION', STEP],
  ['EVALUATOR', STEP],
  ['EVALUATION', STEP],
  ['WORKFLOW', STEP],
  ['TASK', STEP],
  ['STEP', STEP],
  ['COMPONENT', STEP],
  ['EXECUTOR', STEP],
]);

const LANGFUSE_TYPES: Vocabulary = new Map([
  ['generation', MODEL_CALL],
  ['embedding', EMBEDDING_CALL],
  ['agent', AGENT],
  ['tool', TOOL],
  ['retriever', RETRIEVAL],
  ['guardrail', GUARDRAIL],
  ['chain', STEP],
  ['evaluator', STEP],
]);

const LANGSMITH_KINDS: Vocabulary = new Map([
  ['llm', MODEL_CALL],
  ['embedding', EMBEDDING_CALL],
  ['tool', TOOL],
  ['retriever', RETRIEVAL],
  ['chain', STEP],
  ['prompt', STEP],
  ['parser', STEP],
]);

const TRACELOOP_KINDS: Vocabulary = new Map([
  ['agent', AGENT],
  ['tool', TOOL],
  ['workflow', STEP],
  ['task', STEP],
]);

const MASTRA_TYPES: Vocabulary = new Map([
  ['agent_run', AGENT],
  ['model_inference', MODEL_CALL],
  ['model_generation', STEP],
  ['llm_generation', STEP],
  ['model_step', STEP],
  ['model_chunk', OTHER],
  ['llm_chunk', OTHER],
  ['tool_call', TOOL],
  ['mcp_tool_call', TOOL],
  ['client_tool_call', TOOL],
  ['provider_tool_call', TOOL],
  ['rag_embedding', EMBEDDING_CALL],
  ['rag_vector_operation', RETRIEVAL],
  ['rag_action', RETRIEVAL],
]);

/** `gen_ai.operation.name`: those of the conventions, and custom ones that are common. */
const OPERATIONS: Vocabulary = new Map([
  ['chat', MODEL_CALL],
  ['generate_content', MODEL_CALL],
  ['text_completion', MODEL_CALL],
  ['completion', MODEL_CALL],
  ['responses', MODEL_CALL],
  ['image_generation', MODEL_CALL],
  ['transcription', MODEL_CALL],
  ['text_to_speech', MODEL_CALL],
  ['embeddings', EMBEDDING_CALL],
  ['embedding', EMBEDDING_CALL],
  ['retrieval', RETRIEVAL],
  ['rerank', RETRIEVAL],
  ['search_memory', RETRIEVAL],
  ['execute_tool', TOOL],
  ['tool', TOOL],
  ['invoke_agent', AGENT],
  ['create_agent', AGENT],
  ['agent', AGENT],
  ['guardrail', GUARDRAIL],
  ['human', HUMAN],
  ['human_input', HUMAN],
  ['human_approval', HUMAN],
  ['invoke_workflow', STEP],
  ['workflow', STEP],
  ['workflow_step', STEP],
  ['workflow_run', STEP],
  ['plan', STEP],
  ['chain', STEP],
  ['task', STEP],
  ['agent_step', STEP],
  ['model_generation', STEP],
  ['execute_agent_loop_cycle', STEP],
  ['fetch_response', STEP],
  ['create_memory', STEP],
  ['update_memory', STEP],
  ['upsert_memory', STEP],
  ['delete_memory', STEP],
  ['create_memory_store', STEP],
  ['delete_memory_store', STEP],
  ['model_chunk', OTHER],
]);

/** `llm.request.type`, OpenLLMetry's before the conventions had operations. */
const REQUEST_TYPES: Vocabulary = new Map([
  ['chat', MODEL_CALL],
  ['completion', MODEL_CALL],
  ['embedding', EMBEDDING_CALL],
  ['rerank', RETRIEVAL],
]);

/**
 * What a span is, told by its attributes alone: neither its name nor OTLP's kind can be relied on. Of several
 * vocabularies the product's own wins over the general one, unless it only says that the span is some step.
 */
export function classify(fields: FieldReader<Field>, span: SpanFacts, usage: Usage | null): Work {
  const langsmith = fields.text(FIELD.langsmithKind);
  // A LangSmith run whose streamed child wrote its attributes onto it looks like a chat; its kind does not.
  if (langsmith !== null) return LANGSMITH_KINDS.get(langsmith) ?? STEP;
  const own = ownKind(fields);
  if (own !== null && own !== STEP) return own;
  const operation = fields.text(FIELD.operation);
  const general =
    mcpKind(fields, span) ??
    lookUp(OPERATIONS, operation) ??
    lookUp(REQUEST_TYPES, fields.text(FIELD.requestType)) ??
    own;
  return general ?? guess(fields, usage);
}

/** What the vocabulary of one product says; `null` where the span is in none of them. */
function ownKind(fields: FieldReader<Field>): Work | null {
  let own = lookUp(SPAN_KINDS, fields.text(FIELD.spanKind)?.toUpperCase());
  if (isVague(own)) own = lookUp(LANGFUSE_TYPES, fields.text(FIELD.langfuseType)) ?? own;
  if (isVague(own)) own = aiSdkKind(fields.text(FIELD.aiSdkOperation)) ?? own;
  if (isVague(own)) own = lookUp(TRACELOOP_KINDS, fields.text(FIELD.traceloopKind)) ?? own;
  if (isVague(own)) own = lookUp(MASTRA_TYPES, fields.text(FIELD.mastraType)) ?? own;
  return own;
}

/** `null` or merely a step: another vocabulary may know better. */
function isVague(kind: Work | null): boolean {
  return kind === null || kind === STEP;
}

function lookUp(vocabulary: Vocabulary, word: string | null | undefined): Work | null {
  return (word && vocabulary.get(word)) || null;
}

/**
 * `ai.generateText` is a loop of `ai.generateText.doGenerate` calls; old versions add the function's id after a space,
 * in an attribute that others use too.
 */
function aiSdkKind(operation: string | null): Work | null {
  if (operation === null || !operation.startsWith('ai.')) return null;
  const [name = ''] = operation.split(' ', 1);
  if (name === 'ai.toolCall') return TOOL;
  if (name.endsWith('.doEmbed')) return EMBEDDING_CALL;
  if (name.includes('.do')) return MODEL_CALL;
  if (name === 'ai.embed' || name === 'ai.embedMany' || name === 'ai.rerank') return RETRIEVAL;
  return /^ai\.(generate|stream)/.test(name) ? AGENT : STEP;
}

/**
 * MCP traces a call of a tool at the client and at the server, beneath the agent's own span of the tool: such a span is
 * transport, a step. Only one without a parent is the call itself. An agent's own span that merely carries MCP's
 * attributes is internal, and judged by its operation.
 */
function mcpKind(fields: FieldReader<Field>, span: SpanFacts): Work | null {
  const method = fields.text(FIELD.mcpMethod);
  if (method === null) return null;
  if (method !== 'tools/call') return method === 'resources/read' ? RETRIEVAL : STEP;
  if (span.root) return TOOL;
  return span.otelKind === CLIENT || span.otelKind === SERVER ? STEP : null;
}

const SERVER = 2;
const CLIENT = 3;

/**
 * A span that no vocabulary knows: a model with the marks of an answer is a call, an agent that adds up usage an agent,
 * a named tool a tool.
 */
function guess(fields: FieldReader<Field>, usage: Usage | null): Work {
  const model = fields.has(FIELD.modelRequested) || fields.has(FIELD.modelResponded);
  if (model && (fields.has(FIELD.responseId) || fields.has(FIELD.finishReasons))) return MODEL_CALL;
  const named = fields.has(FIELD.operation);
  if (named) return OTHER;
  if (model && usage !== null) return MODEL_CALL;
  if (usage !== null && fields.has(FIELD.agent)) return AGENT;
  return fields.has(FIELD.tool) ? TOOL : OTHER;
}
