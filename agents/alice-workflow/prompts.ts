import type { Tool } from '../genai/tool.ts';
import { type LookUpStep, STEPS } from './steps.ts';

/** What the prompts of all steps are made of: the operations of the workflow, and the rules of the house. */
export type House = { all: readonly Tool[]; rules: string };

type Prompt = House & { step: string; about: string; answer: string; operations: readonly Tool[] };

/** The system prompt of a step: what it is for, what it may use, and the JSON it answers with. */
function prompt({ step, about, answer, operations, all, rules }: Prompt): string {
  const described = operations.map(
    ({ name, description, parameters }) => `- ${name}: ${description} ${JSON.stringify(parameters)}`,
  );
  return [
    `You are the step ${step} of Alice's workflow. ${about}`,
    `The workflow can: ${all.map(({ name }) => name).join(', ')}`,
    `This step can: ${operations.map(({ name }) => name).join(', ') || 'nothing but judge'}`,
    ...described,
    '',
    `Answer with JSON alone: ${answer}`,
    '',
    rules,
  ].join('\n');
}

const CALLS = '[{"tool": "...", "arguments": {...}}, ...]';

/** The operations of a step that are to be had. */
export function operationsOf(names: readonly string[], all: readonly Tool[]): Tool[] {
  return all.filter(({ name }) => names.includes(name));
}

export function lookUpPrompt(step: LookUpStep, house: House): string {
  const { about, operations } = STEPS[step];
  return prompt({
    step,
    about: `${about} What the case file has needs no second look.`,
    answer: `{"look": ${CALLS}}, with an empty list where nothing is missing.`,
    operations: operationsOf(operations, house.all),
    ...house,
  });
}

export function readRequestPrompt(house: House): string {
  const reads = house.all.filter(({ writes }) => !writes);
  return prompt({
    step: 'read_request',
    about: 'Say what kind of work the request is, and what has to be looked up first.',
    answer: `{"kind": "first message" | "reply" | "other", "look": ${CALLS}}`,
    operations: reads,
    ...house,
  });
}

export function judgePrompt(house: House): string {
  return prompt({
    step: 'judge',
    about: 'Judge by the rules below and by the case file whether to act.',
    answer:
      '{"verdict": "act", "message": "first" | "none"}, with "first" for a first message to somebody; or {"verdict": "ask", "say": "the question to the colleague"}; or {"verdict": "stop", "say": "what was not done and why, or what a person has to take over"}.',
    operations: [],
    ...house,
  });
}

export function writePrompt(house: House): string {
  const writes = house.all.filter(({ writes }) => writes);
  return prompt({
    step: 'write_message',
    about: 'Word what is to be done first: the message, the booking, the change of a contact.',
    answer: `{"calls": ${CALLS}}`,
    operations: writes,
    ...house,
  });
}

export function deliverPrompt(house: House): string {
  return prompt({
    step: 'deliver',
    about:
      'Say what is still to be done: the next write, or the look that shows whether one that failed took place.',
    answer: `{"calls": ${CALLS}}; or, when all is done, {"say": "what was done, in one or two sentences"}.`,
    operations: house.all,
    ...house,
  });
}

export const POSITION_PROMPT = `You write positioning reports for Alice's workflow. From the case file, say in at most 80 words why our offer may matter to this reader: one line "Angle: ..." and one line "Evidence: ..." with a fact of the case file in its own words. What the case file does not hold is not claimed; without a fact write "Evidence: none".`;
