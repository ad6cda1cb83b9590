import { inRoles } from './alice/roles.ts';
import { answerReply } from './sdr/answer-reply.ts';
import { firstTouch } from './sdr/first-touch.ts';
import { lastRequest, observe } from './sdr/observations.ts';
import type { SdrFault } from './sdr/situation.ts';
import { readTask } from './sdr/task.ts';
import { report } from './sdr/wording.ts';
import type { ChatMove, SimulatedModel } from './simulated-model.ts';

/**
 * A simulated sales development representative. It reads nothing but the conversation: the task from the user's words,
 * people, threads and times from the tool results. Only the wording of mails and reports is drawn.
 *
 * @param faults planted misbehaviours: `loops` repeats a search that found nothing, `resends` tries a failed write
 *   again without looking whether it took place
 */
export function sdrModel(faults: readonly SdrFault[]): SimulatedModel {
  return {
    name: ['sim/sdr', ...faults].join('+'),
    move({ messages, tools }, random) {
      const task = readTask(lastRequest(messages));
      const situation = {
        seen: observe(messages),
        random,
        misbehaves: (fault: SdrFault) => faults.includes(fault),
      };
      const move = task.kind === 'reply' ? answerReply(task, situation) : firstTouch(task, situation);
      return withinTools(move, tools, random);
    },
  };
}

/** A tool that is not offered cannot be called: the policy says so instead. */
function withinTools(move: ChatMove, tools: readonly string[], random: () => number): ChatMove {
  if ('text' in move) return move;
  const missing = move.calls.find(({ tool }) => !tools.includes(tool));
  return missing ? report.handOver(`I have no tool ${missing.tool}.`, random) : move;
}

/** `sim/sdr` and its two misbehaving siblings. */
export const sdrModels: readonly SimulatedModel[] = [
  sdrModel([]),
  sdrModel(['loops']),
  sdrModel(['resends']),
].map(inRoles);
