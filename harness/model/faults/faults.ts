import { JsonObject } from '../../../domain/json.ts';
import type { ChatMove, Policy, SimulatedModel } from '../simulated-model.ts';
import { lastCalls, withoutFeedback } from './conversation.ts';
import { overEager } from './over-eager.ts';
import { parseJson } from './parse-json.ts';
import { stubborn } from './stubborn.ts';

type Calls = Extract<ChatMove, { calls: unknown }>['calls'];

type Fault = {
  /** What the figure after `=` says, and what it is where none is given. */
  figure: 'probability' | 'factor';
  default: number;
  plant(model: SimulatedModel, figure: number): SimulatedModel;
};

/** Misbehaviours that can be planted into any simulated model. All draws are from its seeded stream. */
export const FAULTS = {
  /** Makes its last calls again instead of going on. */
  loops: behaves(1, (policy, probability) => (request, random) => {
    const calls = lastCalls(request.messages);
    if (!calls || random() >= probability) return policy(request, random);
    return {
      calls: calls.map(({ function: { name, arguments: text } }) => ({
        tool: name,
        arguments: JsonObject.catch({}).parse(parseJson(text)),
      })),
    };
  }),
  /** Calls another of the tools than it means to. */
  'wrong-tool': behaves(
    1,
    (policy, probability) => (request, random) =>
      mistaking(policy(request, random), request.tools, probability, random),
  ),
  /** Gives a whole number among the arguments one too high or one too low: the element beside, a piece too many. */
  'wrong-number': behaves(0.1, (policy, probability) => (request, random) => {
    const move = policy(request, random);
    if ('text' in move) return move;
    return { calls: move.calls.map((call) => (random() < probability ? missed(call, random) : call)) };
  }),
  /** Makes one more write before it ends a turn. */
  'over-eager': behaves(1, overEager),
  /** Does not hear what the user says while it works. */
  'forgets-feedback': behaves(
    1,
    (policy, probability) => (request, random) =>
      policy(
        random() < probability ? { ...request, messages: withoutFeedback(request.messages) } : request,
        random,
      ),
  ),
  /** Answers rubbish, or gives up. */
  flaky: behaves(0.1, (policy, probability) => (request, random) => {
    if (random() >= probability) return policy(request, random);
    return { text: random() < 0.5 ? 'zxcv lorem 0x7f }}' : 'I am sorry, I cannot help with that.' };
  }),
  /** Mistakes one tool for another, the more of them there are: with q for each other tool, 1 - (1 - q)^(n - 1). */
  confused: behaves(
    0.02,
    (policy, q) => (request, random) =>
      mistaking(policy(request, random), request.tools, 1 - (1 - q) ** (request.tools.length - 1), random),
  ),
  /** Makes calls again that were just refused for what they are, as often as the draw says. */
  stubborn: behaves(0.7, stubborn),
  /** Takes so many times as long. */
  slow: {
    figure: 'factor',
    default: 5,
    plant: (model, factor) => ({ ...model, slowness: (model.slowness ?? 1) * factor }),
  },
  /** Says so many times as much. */
  verbose: {
    figure: 'factor',
    default: 4,
    plant: (model, factor) => ({
      ...model,
      move(request, random) {
        const move = model.move(request, random);
        return 'text' in move ? { text: padded(move.text, factor) } : move;
      },
    }),
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

function behaves(standard: number, change: (policy: Policy, probability: number) => Policy): Fault {
  return {
    figure: 'probability',
    default: standard,
    plant: (model, probability) => ({
      ...model,
      move: change((request, random) => model.move(request, random), probability),
    }),
  };
}

function mistaking(
  move: ChatMove,
  tools: readonly string[],
  probability: number,
  random: () => number,
): ChatMove {
  if ('text' in move) return move;
  const calls: Calls = move.calls.map((call) => {
    const others = tools.filter((tool) => tool !== call.tool);
    if (others.length === 0 || random() >= probability) return call;
    return { ...call, tool: others[Math.floor(random() * others.length)] ?? call.tool };
  });
  return { calls };
}

/** The call with one of its whole numbers off by one, never below 1; as it is where it has none. */
function missed(call: Calls[number], random: () => number): Calls[number] {
  const numbers = Object.entries(call.arguments).filter(([, value]) => Number.isInteger(value));
  const [name, value] = numbers[Math.floor(random() * numbers.length)] ?? [];
  if (name === undefined) return call;
  const up = random() < 0.5 || Number(value) <= 1;
  return { ...call, arguments: { ...call.arguments, [name]: Number(value) + (up ? 1 : -1) } };
}

const FILLER =
  ' To be thorough, let me add that all of the above was considered with care, from every side and at length.';

function padded(text: string, factor: number): string {
  const length = Math.round(text.length * factor);
  return text + FILLER.repeat(Math.ceil(Math.max(0, length - text.length) / FILLER.length));
}
