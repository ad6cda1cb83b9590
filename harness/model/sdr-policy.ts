import { inRoles } from './alice/roles.ts';
import { observe, requestsIn } from './observe.ts';
import { answerReply } from './sdr/answer-reply.ts';
import { readBrief } from './sdr/brief.ts';
import { findPerson, isPerson } from './sdr/find-contact.ts';
import { firstTouch } from './sdr/first-touch.ts';
import { type Flow, nextMove } from './sdr/flow.ts';
import { done, handOver, nothing, type Report, tell } from './sdr/report.ts';
import type { Scene, SdrFault } from './sdr/scene.ts';
import type { Task } from './sdr/task.ts';
import { writeAll } from './sdr/write-once.ts';
import { addNote, changeContact } from './sdr/writes.ts';
import type { ChatMove, SimulatedModel } from './simulated-model.ts';

/**
 * A simulated sales development representative. It reads nothing but the conversation: the task from the users' words,
 * people, threads and times from the tool results. Only the wording of mails and reports is drawn.
 *
 * @param faults planted misbehaviours: `loops` repeats a search that found nothing, `resends` tries a failed write
 *   again without looking whether it took place
 */
export function sdrModel(faults: readonly SdrFault[]): SimulatedModel {
  return {
    name: ['sim/sdr', ...faults].join('+'),
    move({ messages, tools }, random) {
      const { tasks, stopped, material, time } = readBrief(requestsIn(messages));
      const scene: Scene = {
        random,
        misbehaves: (fault) => faults.includes(fault),
        offers: (tool) => tools.includes(tool),
        material,
        mayOffer: time,
      };
      if (stopped) return tell([nothing('I stopped when you said so.')], random);
      const move = nextMove(all(tasks, scene), observe(messages), (reports) => tell(reports, random));
      return withinTools(move, tools, random);
    },
  };
}

function* all(tasks: readonly Task[], scene: Scene): Flow<Report[]> {
  const reports: Report[] = [];
  for (const task of tasks) reports.push(yield* work(task, scene));
  return reports;
}

function* work(task: Task, scene: Scene): Flow<Report> {
  if (task.kind === 'reply') return yield* answerReply(task, scene);
  if (task.kind === 'first-touch') return yield* firstTouch(task, scene);
  const person = yield* findPerson(task, scene);
  if (!isPerson(person)) return person;
  const [contact] = person;
  const { name, status, owner } = contact;
  if (task.kind === 'look') return done(`${name}: status ${status}, owner ${owner}, ${contact.email}.`);
  if (owner && !/^alice\b/i.test(owner)) return handOver(`${name} belongs to ${owner}.`);
  const write =
    task.kind === 'note' ? addNote(contact, task.text) : changeContact(contact, { owner: task.owner });
  const failed = yield* writeAll([write], scene);
  return (
    failed ??
    done(
      task.kind === 'note'
        ? `The CRM has the note that you asked for on ${name} now.`
        : `${name} is with ${task.owner} from now on, nothing else has changed.`,
    )
  );
}

/** A tool that is not offered cannot be called: the policy says so instead. */
function withinTools(move: ChatMove, tools: readonly string[], random: () => number): ChatMove {
  if ('text' in move) return move;
  const missing = move.calls.find(({ tool }) => !tools.includes(tool));
  return missing ? tell([handOver(`I have no tool ${missing.tool}.`)], random) : move;
}

/** `sim/sdr` and its two misbehaving siblings. */
export const sdrModels: readonly SimulatedModel[] = [
  sdrModel([]),
  sdrModel(['loops']),
  sdrModel(['resends']),
].map(inRoles);
