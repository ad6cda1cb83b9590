import { canonicalJson } from '../domain/canonical-json.ts';
import type { Json } from '../domain/json.ts';
import { madeCalls } from '../domain/made-calls.ts';
import { netChanges } from '../domain/net-changes.ts';
import type { Trial } from '../domain/trial.ts';
import { type ChatRequest, type Pack, randomStream } from '../harness/index.ts';
import { onlyReads } from '../harness/world/serve-operation.ts';
import { isoTime } from '../harness/world/services/answers.ts';

/**
 * The pack with models whose choice of words follows from their part and from what was first asked alone, so that two
 * models say the same where they mean the same: what a fault then changes is the fault's doing. Faults go on drawing
 * from the trial's stream.
 */
export function wordedAlike(pack: Pack): Pack {
  const models = pack.models.map((model): Pack['models'][number] => ({
    ...model,
    move: (request) => model.move(request, randomStream(firstAsked(request.messages), 'words')),
  }));
  return { ...pack, models };
}

function firstAsked(messages: ChatRequest['messages']): string {
  const first = (role: 'system' | 'user') => messages.find((message) => message.role === role)?.content;
  return JSON.stringify([first('system'), first('user')]);
}

/** Whether a fault came through: something came of it that the same trial without it has not, or the other way round. */
export function struck(trial: Trial, honest: Trial, pack: Pack): boolean {
  return differences(trial, honest, pack).length > 0;
}

/** How a trial differs from the same one without the fault: `+` what came about, `-` what did not. */
export function differences(trial: Trial, honest: Trial, pack: Pack): string[] {
  const [here, there] = [consequences(trial, pack), consequences(honest, pack)];
  return [
    ...without(here, there).map((line) => `+ ${line}`),
    ...without(there, here).map((line) => `- ${line}`),
  ];
}

/** What is left of `lines` when each of `others` has taken away its like. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const place = left.indexOf(line);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

/** Whether its user waited longer than in the same trial without the fault. */
export function delayed(trial: Trial, honest: Trial): boolean {
  return trial.figures.virtualDuration > honest.figures.virtualDuration;
}

/**
 * What came of a trial, whenever it was: what was said, which writes the services refused or left unanswered, and what was
 * changed in the end, as the ledger sees it: what was undone is none. What was read is none either: no scorer holds a
 * read against an agent before it breaks a budget or is a loop.
 */
function consequences({ turns, calls, journal }: Trial, { services }: Pack): string[] {
  const reads = new Set(
    services.flatMap(({ name, operations }) =>
      operations.filter(onlyReads).map((operation) => `${name} ${operation.id}`),
    ),
  );
  const told = turns.flatMap(({ from, text }) => text.split('\n').map((line) => `${from}: ${line}`));
  const failed = madeCalls(calls)
    .filter(({ service, operation, status }) => status >= 400 && !reads.has(`${service} ${operation}`))
    .map(({ service, operation, request }) => canonicalJson([service, operation, request]));
  const changed = netChanges(journal).map(({ operation, table, key, after, writes }) => {
    const moments = new Set<Json>(writes.map(({ at }) => isoTime(at)));
    const values = Object.entries(after ?? {}).filter(([, value]) => !moments.has(value));
    return canonicalJson([operation, table, key, Object.fromEntries(values)]);
  });
  return [...told, ...failed, ...changed];
}
