import { type Observation, observe } from '../observe.ts';
import type { ChatMessage, ChatMove, ChatRequest } from '../simulated-model.ts';
import { agenda, changeContact, research, saveContact } from './look-up.ts';
import { readTexts, sendMail, sendTexts } from './messages.ts';
import { cancel, move } from './reschedule.ts';
import { end, moveOf, oneOf, type Scene, type Step } from './scene.ts';
import { type Outcome, schedule } from './schedule.ts';
import { readWants, type Want, withFeedback } from './wants.ts';

/** Carries out a task, want by want. What the user says meanwhile changes what is wanted from the very next step on. */
export function plan({ messages, tools }: ChatRequest, random: () => number): ChatMove {
  const begun =
    messages.findLastIndex(({ role, tool_calls }) => role === 'assistant' && !tool_calls?.length) + 1;
  const turn = messages.slice(begun);
  const [task = '', ...feedback] = turn.filter(({ role }) => role === 'user').map(textOf);
  const wants = feedback.reduce(withFeedback, readWants(task));
  if (wants.length === 0) {
    return {
      text: oneOf(
        random,
        'Stopped: I did nothing more than look.',
        'All right, I stopped there. Nothing was sent or changed.',
      ),
    };
  }
  const scene: Scene = { seen: [...stillTrue(messages.slice(0, begun)), ...observe(turn)], random };
  const outcomes: Outcome[] = [];
  for (const [index, want] of wants.entries()) {
    const step = meet(want, outcomes, scene);
    switch (step.kind) {
      case 'have':
        outcomes.push(step.value);
        break;
      case 'end':
        return { text: [...outcomes.map(({ text }) => text), step.text].join(' ') };
      case 'act': {
        const isOffered = step.uses.every(({ tool }) => tools.includes(tool));
        return isOffered ? moveOf(step.uses) : handBack(wants.slice(index), tools);
      }
    }
  }
  return { text: outcomes.map(({ text }) => text).join(' ') };
}

/** What was read for an earlier answer, where nothing was written since. */
function stillTrue(earlier: readonly ChatMessage[]): Observation[] {
  const seen = observe(earlier);
  return seen.some(({ tool }) => WRITES.test(tool)) ? [] : seen;
}

const WRITES = /^(?:create|move|cancel|add|update|send|hand)_/;

function textOf({ content }: ChatMessage): string {
  return content ?? '';
}

function meet({ kind, words }: Want, before: readonly Outcome[], scene: Scene): Step<Outcome> {
  switch (kind) {
    case 'schedule':
      return schedule(words, scene);
    case 'move':
      return move(words, scene);
    case 'cancel':
      return cancel(words, scene);
    case 'agenda':
      return agenda(words, scene);
    case 'text':
      return sendTexts(words, before, scene);
    case 'read-texts':
      return readTexts(words, scene);
    case 'mail':
      return sendMail(words, before, scene);
    case 'research':
      return research(words, scene);
    case 'save-contact':
      return saveContact(words, scene);
    case 'change-contact':
      return changeContact(words, scene);
    case 'decline':
      return end('I cannot do that; I hand it over to you.');
  }
}

/** The rest is for somebody with other tools. */
function handBack(wants: readonly Want[], tools: readonly string[]): ChatMove {
  const task = wants.map(({ words }) => words.split('\n').join('. ')).join('. ');
  return tools.includes('hand_back')
    ? { calls: [{ tool: 'hand_back', arguments: { task } }] }
    : { text: `I have no tool for this and hand it over to you: ${task}` };
}
