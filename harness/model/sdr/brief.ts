import { companyIn, personIn, readTasks, type Task } from './task.ts';

/** All that people said to the assistant, as what is to be done now. */
export type Brief = {
  tasks: Task[];
  /** They want nothing more of it. */
  stopped: boolean;
  /** Lines that answers may be taken from. */
  material: string[];
  /** The words in which a time was named that may be offered, or is to be taken instead; `null`: none was. */
  time: string | null;
};

const STOP =
  /\b(?:stop|leave (?:it|him|her|them)|never mind|hold (?:it|off)|do(?: not|n['’]t) (?:write|send|book))\b/i;
const TIME = /\b\d{1,2}(?::\d\d| ?[ap]m)\b/i;
const MATERIAL = /\bmaterial:\s*([\s\S]*)$/i;

/** Reads the first request, and what was said after it as what it is: a stop, a correction, a time, or one task more. */
export function readBrief(requests: readonly string[]): Brief {
  const [first = '', ...later] = requests;
  const material = (MATERIAL.exec(first)?.[1] ?? '').split('\n').filter((line) => line.trim() !== '');
  const start: Brief = {
    tasks: readTasks(first.replace(MATERIAL, '')),
    stopped: false,
    material: material.map((line) => line.replace(/^\s*[-*]\s*/, '')),
    time: null,
  };
  return later.reduce(hear, start);
}

function hear(brief: Brief, text: string): Brief {
  if (STOP.test(text)) return { ...brief, stopped: true };
  const isTask = /\b(?:also|new task|next)\b/i.test(text);
  if (isTask) return { ...brief, tasks: [...brief.tasks, ...readTasks(text)] };
  if (TIME.test(text)) return { ...brief, time: text };
  const corrected = brief.tasks.map((task) => correct(task, text));
  return { ...brief, tasks: corrected };
}

/** Another person, another company, another channel. */
function correct(task: Task, text: string): Task {
  if (task.kind !== 'first-touch') return task;
  const channel = /\blinkedin\b/i.test(text)
    ? 'linkedin'
    : /\bby (?:e-?)?mail\b/i.test(text)
      ? 'mail'
      : task.channel;
  const company = companyIn(text, null);
  const withoutCompany = company === null ? text : text.replaceAll(company, '');
  const name = personIn(withoutCompany.replaceAll(/linkedin/gi, ''));
  if (name !== null) return { ...task, channel, name, company, email: null, title: null };
  return { ...task, channel, company: company ?? task.company };
}
