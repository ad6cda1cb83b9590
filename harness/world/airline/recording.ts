import { AppError } from '../../../domain/errors.ts';
import { ScenarioId } from '../../../domain/ids.ts';
import { type JsonObject, JsonObject as JsonObjectSchema } from '../../../domain/json.ts';
import type { RecordedMessage, RecordedRun } from './data-files.ts';

export const PACK = 'tau-airline';

/** A tool call that was executed, with what it answered. */
export type RecordedCall = {
  id: string;
  tool: string;
  arguments: JsonObject;
  output: string;
};

/**
 * What the recorded agent did with the message at `place`: say it to the user, or make the call in it. Text beside a
 * call went to nobody.
 */
export type RecordedStep =
  | { does: 'say'; place: number; text: string }
  | { does: 'call'; place: number; call: RecordedCall };

/** One recorded run of one task, and what the third party said of it. */
export type Recording = {
  scenarioId: ScenarioId;
  /** The recorded trial, which is the index of the replayed one. */
  index: number;
  /** The recorded verdict: 1 passed, 0 failed. */
  reward: number;
  /** It ended by the user's stop word or a transfer, and not at the limit of 30 steps. */
  finished: boolean;
  messages: readonly RecordedMessage[];
};

/** @throws AppError DATA_UNREADABLE where a call has no output or arguments that are no JSON object */
export function recordingOf(run: RecordedRun): Recording {
  const recording = {
    scenarioId: scenarioIdOf(run.task_id),
    index: run.trial,
    reward: run.reward,
    finished: hasFinished(run.traj),
    messages: run.traj,
  };
  callsOf(recording);
  return recording;
}

/** `tau-airline/task-07` */
export function scenarioIdOf(task: number): ScenarioId {
  return ScenarioId.parse(`${PACK}/task-${String(task).padStart(2, '0')}`);
}

/** The agent's steps in order. */
export function stepsOf({ messages }: Pick<Recording, 'messages'>): RecordedStep[] {
  return messages.flatMap((message, place): RecordedStep[] => {
    if (message.role !== 'assistant') return [];
    // Only the first call of a message was executed.
    const call = message.tool_calls?.[0];
    if (!call) return [{ does: 'say', place, text: message.content ?? '' }];
    const answer = messages[place + 1];
    if (answer?.role !== 'tool') {
      throw new AppError(
        'DATA_UNREADABLE',
        `expected an output after the call ${call.id}, got ${answer?.role}`,
      );
    }
    return [
      {
        does: 'call',
        place,
        call: {
          id: call.id,
          tool: call.function.name,
          arguments: argumentsOf(call.id, call.function.arguments),
          output: answer.content,
        },
      },
    ];
  });
}

export function callsOf(recording: Pick<Recording, 'messages'>): RecordedCall[] {
  return stepsOf(recording).flatMap((step) => (step.does === 'call' ? [step.call] : []));
}

function hasFinished(messages: readonly RecordedMessage[]): boolean {
  const last = messages.at(-1);
  if (last?.role === 'user') return last.content.includes('###STOP###');
  return last?.role === 'tool' && last.name === 'transfer_to_human_agents';
}

function argumentsOf(id: string, source: string): JsonObject {
  try {
    return JsonObjectSchema.parse(JSON.parse(source));
  } catch (cause) {
    throw new AppError(
      'DATA_UNREADABLE',
      `expected a JSON object as arguments of the call ${id}, got ${source}`,
      {
        cause,
      },
    );
  }
}
