import { jsonEqual } from '../domain/canonical-json.ts';
import type { Json } from '../domain/json.ts';
import { madeCalls } from '../domain/made-calls.ts';
import type { Trial } from '../domain/trial.ts';
import { type Pack, randomStream } from '../harness/index.ts';

/**
 * The pack with models whose words follow from the conversation alone, so that two models say the same where they have
 * heard the same: what a fault then changes is the fault's doing. Faults go on drawing from the trial's stream.
 */
export function wordedAlike(pack: Pack): Pack {
  const models = pack.models.map((model): Pack['models'][number] => ({
    ...model,
    move: (request) => model.move(request, randomStream(JSON.stringify(request.messages), 'words')),
  }));
  return { ...pack, models };
}

/** Whether a fault came through: its trial is not told, or not worked, as the same one without it. */
export function struck(trial: Trial, honest: Trial): boolean {
  return !jsonEqual(shown(trial), shown(honest));
}

/** What of a trial others notice, whenever it was: what was said to whom, and which calls the services got. */
function shown({ turns, calls }: Trial): Json {
  const made = madeCalls(calls).map(({ service, operation, request }) => ({ service, operation, request }));
  return JSON.parse(JSON.stringify([turns.map(({ from, text }) => [from, text]), made]));
}
