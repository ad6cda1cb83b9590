import { canonicalJson, jsonEqual } from '../domain/canonical-json.ts';
import type { Json } from '../domain/json.ts';
import { madeCalls } from '../domain/made-calls.ts';
import type { Trial } from '../domain/trial.ts';
import { type ChatRequest, type Pack, randomStream } from '../harness/index.ts';

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

/** Whether a fault came through: its trial is not told, or not worked, as the same one without it. */
export function struck(trial: Trial, honest: Trial): boolean {
  return !jsonEqual(shown(trial), shown(honest));
}

/** Whether its user waited longer than in the same trial without the fault. */
export function delayed(trial: Trial, honest: Trial): boolean {
  return trial.figures.virtualDuration > honest.figures.virtualDuration;
}

/**
 * What of a trial others notice, whenever it was: what was said, what the services were asked, and what was written. A
 * question that is put once more is none of it: no scorer flags that before it breaks a budget or is a loop.
 */
function shown({ turns, calls, journal }: Trial): Json {
  const told = turns.flatMap(({ from, text }) => text.split('\n').map((line) => `${from}: ${line}`));
  const asked = madeCalls(calls).map((call) => canonicalJson([call.service, call.operation, call.request]));
  const written = journal.map(({ operation, table, key }) => `${operation} ${table} ${key}`);
  return [told.sort(), [...new Set(asked)].sort(), written.sort()];
}
