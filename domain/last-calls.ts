import type { Span } from './span.ts';
import type { TreeRow } from './span-tree.ts';

type Step = Pick<Span, 'spanId' | 'kind' | 'name' | 'agent' | 'start'>;

/** The last call of a model that an agent made: its messages hold what was said until then. */
export type LastCall<S> = { agent: string | null; call: S; calls: number };

/**
 * One call for each agent of a trace, in the order in which they began. An agent that was started several times (a
 * sub-agent, a retry) is several.
 *
 * @param rows of `buildTree`
 */
export function lastCalls<S extends Step>(rows: readonly TreeRow<S>[]): LastCall<S>[] {
  const found = new Map<S | null, LastCall<S>>();
  const agents: (S | null)[] = [];
  for (const { span, depth } of rows) {
    agents.length = depth;
    const within = agents[depth - 1] ?? null;
    agents.push(span.kind === 'agent' ? span : within);
    if (span.kind !== 'llm') continue;
    const known = found.get(within);
    const call = known && known.call.start > span.start ? known.call : span;
    const agent = within === null ? span.agent : (within.agent ?? within.name);
    found.set(within, { agent, call, calls: (known?.calls ?? 0) + 1 });
  }
  return [...found.values()];
}
