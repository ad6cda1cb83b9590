import type { Span } from './span.ts';
import type { TreeRow } from './span-tree.ts';

type Step = Pick<Span, 'spanId' | 'kind' | 'name' | 'agent' | 'start'>;

/** The calls of models that an agent made, by time, at least one: the messages of the last hold what was said until then. */
export type AgentCalls<S> = { agent: string | null; calls: S[]; last: S };

/**
 * The calls of each agent of a trace, agents in the order in which they began. An agent that was started several times
 * (a sub-agent, a retry) is several.
 *
 * @param rows of `buildTree`
 */
export function agentCalls<S extends Step>(rows: readonly TreeRow<S>[]): AgentCalls<S>[] {
  const found = new Map<S | null, S[]>();
  const agents: (S | null)[] = [];
  for (const { span, depth } of rows) {
    agents.length = depth;
    const within = agents[depth - 1] ?? null;
    agents.push(span.kind === 'agent' ? span : within);
    if (span.kind !== 'llm') continue;
    const known = found.get(within);
    if (known) known.push(span);
    else found.set(within, [span]);
  }
  return [...found].flatMap(([within, unsorted]) => {
    const calls = unsorted.toSorted((left, right) => left.start - right.start);
    const last = calls.at(-1);
    if (!last) return [];
    return { agent: within === null ? last.agent : (within.agent ?? within.name), calls, last };
  });
}

/**
 * Which call each message of an agent's last call came from; `null` for what the agent did not say itself, and for what
 * was said before its first call (an example, an earlier conversation). What the agent said is counted from the end,
 * where a cut history is whole; messages in a row are of one call.
 *
 * @param roles of the messages in their order, those of the answer last
 * @param answers how many of them are the answer of the last call
 */
export function callsOfMessages<S>(
  { roles, answers }: { roles: readonly string[]; answers: number },
  calls: readonly S[],
): (S | null)[] {
  let place = answers > 0 ? calls.length : calls.length - 1;
  let previous: string | null = null;
  return roles
    .map((role, index) => ({ said: role === 'assistant', answer: index >= roles.length - answers }))
    .toReversed()
    .map(({ said, answer }) => {
      const turn = answer ? 'answer' : said ? 'said' : null;
      if (turn !== null && turn !== previous) place -= 1;
      previous = turn;
      return turn === null ? null : (calls[place] ?? null);
    })
    .toReversed();
}
