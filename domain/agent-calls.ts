import type { Span } from './span.ts';
import type { TreeRow } from './span-tree.ts';

type Step = Pick<Span, 'spanId' | 'kind' | 'name' | 'agent' | 'start'>;

/**
 * The calls of models that an agent made, in steps of one name where it makes them in steps; by time, at least one: the
 * messages of the last hold what was said until then.
 */
export type AgentCalls<S> = { agent: string | null; step: string | null; calls: S[]; last: S };

/**
 * The calls of each agent of a trace, agents and their steps in the order in which they began. An agent that was started
 * several times (a sub-agent, a retry) is several; a step that it took several times is one, for it may go on with what
 * was said there before.
 *
 * @param rows of `buildTree`
 */
export function agentCalls<S extends Step>(rows: readonly TreeRow<S>[]): AgentCalls<S>[] {
  const found = new Map<S | null, Map<string | null, S[]>>();
  const places: Place<S>[] = [];
  for (const { span, depth } of rows) {
    places.length = depth;
    const within = places[depth - 1] ?? { agent: null, step: null };
    places.push(placeIn(within, span));
    if (span.kind !== 'llm') continue;
    const steps = found.get(within.agent) ?? new Map<string | null, S[]>();
    found.set(within.agent, steps);
    const known = steps.get(within.step);
    if (known) known.push(span);
    else steps.set(within.step, [span]);
  }
  return [...found].flatMap(([within, steps]) =>
    [...steps].flatMap(([step, unsorted]) => {
      const calls = unsorted.toSorted((left, right) => left.start - right.start);
      const last = calls.at(-1);
      if (!last) return [];
      return { agent: within === null ? last.agent : (within.agent ?? within.name), step, calls, last };
    }),
  );
}

/** Where in a trace a span stands: below which agent, and in which step of it. */
type Place<S> = { agent: S | null; step: string | null };

function placeIn<S extends Step>(within: Place<S>, span: S): Place<S> {
  if (span.kind === 'agent') return { agent: span, step: null };
  return span.kind === 'step' && within.agent !== null ? { ...within, step: span.name } : within;
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
