/** Gateways and hosts that sell a model at the price of its maker and write their name before the model's. */
const HOSTS =
  /^(?:openai|azure|azure_ai|azure-openai|anthropic|bedrock|converse|vertex_ai|vertex-ai|vertex|google|gemini|publishers|models|openrouter|litellm|foundation-model|inference-profile|mistral|mistralai|cohere|deepseek|xai|x-ai|amazon)$/;

/** Bedrock's region and maker: `us.anthropic.claude-...`, `amazon.nova-pro-v1:0`. */
const BEDROCK_MAKER =
  /^(?:(?:us|eu|apac|au|ca|jp|sa|us-gov|global)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai)\./;
/** Bedrock's own version: `-v1:0`, `-v2`, `:0`, with a context size behind it. */
const BEDROCK_VERSION = /(?:-v\d+(?::\d+(?::\d+k)?)?|:\d+(?::\d+k)?)$/;

/** `-2024-07-18`, `-20240718`, `@20240718`, and the names of the newest release. */
const RELEASE = /(?:-\d{4}-\d{2}-\d{2}|[-@]20\d{6}|[-@]latest|@default)$/;

/** What is planted into a simulated model: `sim/sdr+slow=3`. */
const FAULTS = /(?<=^sim\/[^+]*)\+.*$/;

/**
 * The names under which a price list may know a model, the most exact first: as the emitter wrote it, then without the
 * host that serves it (`openai/gpt-4o`, `models/gemini-2.0-flash`, Bedrock's ids and ARNs), each also without its release
 * (`gpt-4o-mini-2024-07-18`, `claude-sonnet-4@20250514`), a simulated model also without its faults. Lower case. What changes the price is never cut off: a fine-tuned
 * model (`ft:...`) and a variant (`:free`, `:batch`) keep their names.
 *
 * @example modelNames('us.anthropic.claude-3-5-sonnet-20240620-v1:0').at(-1) // 'claude-3-5-sonnet'
 */
export function modelNames(model: string): string[] {
  const names = new Set<string>();
  let name = model.trim().toLowerCase();
  for (;;) {
    for (const form of [name, withoutMaker(name)]) {
      names.add(form);
      names.add(form.replace(RELEASE, ''));
      names.add(form.replace(FAULTS, ''));
    }
    const shorter = withoutHost(name);
    if (shorter === null) break;
    name = shorter;
  }
  names.delete('');
  return [...names];
}

function withoutMaker(name: string): string {
  return BEDROCK_MAKER.test(name) ? name.replace(BEDROCK_MAKER, '').replace(BEDROCK_VERSION, '') : name;
}

/** The name behind its first slash, where what stands before it is a host. `null` where nothing is to be cut. */
function withoutHost(name: string): string | null {
  const slash = name.indexOf('/');
  if (slash < 0) return null;
  const host = name.slice(0, slash);
  return HOSTS.test(host) || /^arn:aws[\w-]*:bedrock:/.test(host) ? name.slice(slash + 1) : null;
}
