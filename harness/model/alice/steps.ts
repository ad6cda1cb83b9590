import type { Json } from '../../../domain/json.ts';
import type { ChatMessage, ChatMove, Policy } from '../simulated-model.ts';
import { isRequestOfAReply } from './audience.ts';
import { type Briefing, readBriefing, unfold } from './briefing.ts';
import { evidence, evidenceStep } from './evidence.ts';
import { isFirstMessage } from './researcher.ts';
import { withEvidence } from './writer.ts';

/** A step of the workflow at work: what it may do, what the whole may do, and what one who works alone would do next. */
type Step = {
  name: string;
  can: readonly string[];
  briefing: Briefing;
  messages: readonly ChatMessage[];
  next: ChatMove;
  all: readonly string[];
};

/** Plays any step of the workflow: does of the next move what belongs to the step, and answers with the JSON it asks for. */
export function step(alone: Policy): Policy {
  return (request, random) => {
    const prompt = request.messages.find(({ role }) => role === 'system')?.content ?? '';
    const all = listed(prompt, 'The workflow can');
    const briefing = readBriefing(request.messages);
    const messages = unfold(request.messages, briefing);
    const next = alone({ ...request, messages, tools: [...all] }, random);
    const name = /^You are the step (\w+)/.exec(prompt)?.[1] ?? '';
    const at: Step = { name, can: listed(prompt, 'This step can'), briefing, messages, next, all };
    return { text: JSON.stringify(answer(at)) };
  };
}

function answer(at: Step): Json {
  switch (at.name) {
    case 'read_request':
      return { kind: kindOf(at), look: looks(at) };
    case 'judge':
      return verdict(at);
    case 'write_message':
    case 'deliver':
      return nextWrites(at);
    default:
      return { look: looks(at) };
  }
}

function kindOf({ briefing: { requests }, next }: Step): string {
  if (requests.some(isRequestOfAReply)) return 'reply';
  return 'calls' in next ? 'first message' : 'other';
}

function looks({ name, can, messages, next }: Step): Json {
  const needed = 'text' in next ? [] : next.calls.filter(({ tool }) => can.includes(tool));
  return name === 'know_company' && needed.length === 0 ? evidenceStep(evidence(messages), can) : needed;
}

/** The steps look at what they are made for; for what is then still missing there is none. */
function verdict({ next, all }: Step): Json {
  if ('text' in next) return { verdict: /\?\s*$/.test(next.text) ? 'ask' : 'stop', say: next.text };
  const missing = next.calls.find(({ tool }) => !all.includes(tool) || READS.test(tool));
  if (missing) {
    const what = missing.tool.replaceAll('_', ' ');
    return {
      verdict: 'stop',
      say: `I am handing this over to a person: no step of mine does this now: ${what}.`,
    };
  }
  return { verdict: 'act', message: isFirstMessage(next) ? 'first' : 'none' };
}

const READS = /^(?:search|get|list|read|find|look|current)_/;

function nextWrites({ next, briefing }: Step): Json {
  const fact = /^Evidence: (.+)$/m.exec(briefing.sections.get('Positioning report') ?? '')?.[1];
  const move = withEvidence(next, fact);
  return 'text' in move ? { say: move.text, calls: [] } : { calls: move.calls };
}

function listed(prompt: string, label: string): string[] {
  const line = new RegExp(`^${label}: (.+)$`, 'm').exec(prompt)?.[1] ?? '';
  return line.split(', ').filter((name) => /^\w+$/.test(name));
}
