import { readNames } from './assistant/names.ts';
import type { ChatMove, ChatRequest, SimulatedModel } from './simulated-model.ts';

/** How likely it is, each time, that it takes the goal for reached. */
const ENDS = 0.02;

/**
 * A simulated model in an open-ended loop of tasks: it plans to look things up, looks them up, and of whatever it finds
 * makes the task to look once more. It seldom ends, and writes nothing.
 */
export const autogptModel: SimulatedModel = {
  name: 'sim/autogpt',
  move(request, random) {
    const words = request.messages.findLast(({ role }) => role === 'user')?.content ?? '';
    if (request.tools.length > 0) return carryOut(words, request);
    const open = words.split('\n').flatMap((line) => /^- (.+)$/.exec(line)?.[1] ?? []);
    const last = /^Last task: (.+)$/m.exec(words)?.[1];
    if (last === undefined) return list(firstTasks(words));
    return random() < ENDS ? { text: 'The goal is reached.' } : list([...open, again(last)]);
  },
};

function firstTasks(words: string): string[] {
  const [name = 'the user'] = readNames(words.replace(/^Goal: /, '')).people;
  return [
    `Look up ${name} in the address book`,
    `Find mail that names ${name}`,
    'Check how the owner likes to meet',
  ];
}

function again(task: string): string {
  return task.endsWith(', to be sure') ? task : `${task}, to be sure`;
}

function list(tasks: readonly string[]): ChatMove {
  return { text: tasks.map((task, index) => `${index + 1}. ${task}`).join('\n') };
}

/** The tool that the task names, with the name that it names. */
function carryOut(words: string, { tools }: ChatRequest): ChatMove {
  const task = /^Task: (.+)$/m.exec(words)?.[1] ?? '';
  const name =
    /\b(?:Look up|names) (.+?)(?: in the address book|, to be sure|$)/.exec(task)?.[1] ?? 'the user';
  const call = /\bmail\b/.test(task)
    ? { tool: 'search_mail', arguments: { word: name } }
    : /\blikes to meet\b/.test(task)
      ? { tool: 'get_preferences', arguments: {} }
      : { tool: 'search_contacts', arguments: { query: name } };
  return tools.includes(call.tool) ? { calls: [call] } : { text: 'I thought about it.' };
}
