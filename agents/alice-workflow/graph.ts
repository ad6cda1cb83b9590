import { END, MemorySaver, START, StateGraph } from '@langchain/langgraph';
import { type Desk, inNode } from './desk.ts';
import {
  approveAngle,
  approveMessage,
  clarify,
  deliver,
  hear,
  judge,
  lookUp,
  mayAsk,
  position,
  readRequest,
  writeMessage,
} from './nodes.ts';
import { State, type Update } from './state.ts';
import type { LookUpStep } from './steps.ts';

/** Where workflows wait for their users. */
export type Checkpoints = MemorySaver;

export function openCheckpoints(): Checkpoints {
  return new MemorySaver();
}

/**
 * Fifteen nodes in five stages. All ways lead forward but three, and these are counted, so that no run can go round for
 * ever: from a question back to the request, from a draft that the user sends back to another, and from any step back to
 * the request where the user spoke while it worked.
 */
export function buildGraph(desk: Desk, checkpointer: Checkpoints) {
  const step = (name: string, work: (desk: Desk, state: State) => Promise<Update>) => (state: State) =>
    inNode(desk, name, async () => {
      const update = await work(desk, state);
      return update.interrupted ? update : { ...update, ...hear(desk, state) };
    });
  const look = (name: LookUpStep) => step(name, (own, state) => lookUp(own, name, state));
  const knowsCompanies = desk.all.some(({ name }) => name === 'search_companies');
  return (
    new StateGraph(State)
      // Brief
      .addNode('read_request', step('read_request', readRequest))
      .addNode('clarify', (state: State) => clarify(desk, state))
      // Research
      .addNode('find_people', look('find_people'))
      .addNode('read_conversation', look('read_conversation'))
      .addNode('find_sender', look('find_sender'))
      .addNode('read_history', look('read_history'))
      .addNode('check_calendar', look('check_calendar'))
      .addNode('know_company', look('know_company'))
      // Positioning
      .addNode('judge', step('judge', judge))
      .addNode('position', step('position', position))
      .addNode('approve_angle', (state: State) => approveAngle(desk, state))
      // Drafting
      .addNode('write_message', step('write_message', writeMessage))
      .addNode('approve_message', (state: State) => approveMessage(desk, state))
      // Delivery
      .addNode('deliver', step('deliver', deliver))
      .addNode(
        'report',
        step('report', async (_, { say }) => ({ say })),
      )

      .addEdge(START, 'read_request')
      .addConditionalEdges(...unlessInterrupted('read_request', ({ kind }) => FIRST_LOOK[kind]))
      .addConditionalEdges(...unlessInterrupted('find_people', () => 'read_history'))
      .addConditionalEdges(...unlessInterrupted('read_conversation', () => 'find_sender'))
      .addConditionalEdges(...unlessInterrupted('find_sender', () => 'read_history'))
      .addConditionalEdges(
        ...unlessInterrupted('read_history', ({ kind }) =>
          kind === 'reply' ? 'check_calendar' : knowsCompanies ? 'know_company' : 'judge',
        ),
      )
      .addConditionalEdges(...unlessInterrupted('check_calendar', () => 'judge'))
      .addConditionalEdges(...unlessInterrupted('know_company', () => 'judge'))
      .addConditionalEdges(
        ...unlessInterrupted('judge', (state) => {
          if (mayAsk(state)) return 'clarify';
          if (state.verdict !== 'act') return 'report';
          return state.isFirstMessage && knowsCompanies ? 'position' : 'write_message';
        }),
      )
      .addEdge('clarify', 'read_request')
      .addConditionalEdges(
        ...unlessInterrupted('position', () => (desk.review ? 'approve_angle' : 'write_message')),
      )
      .addEdge('approve_angle', 'write_message')
      .addConditionalEdges(
        ...unlessInterrupted('write_message', ({ verdict }) =>
          verdict !== 'act' ? 'report' : desk.review ? 'approve_message' : 'deliver',
        ),
      )
      .addConditionalEdges('approve_message', ({ verdict, approved }) =>
        verdict !== 'act' ? 'report' : approved ? 'deliver' : 'write_message',
      )
      .addConditionalEdges(...unlessInterrupted('deliver', () => 'report'))
      .addEdge('report', END)
      .compile({ checkpointer })
  );
}

/** Where the research begins, by the kind of the request. */
const FIRST_LOOK = { 'first message': 'find_people', reply: 'read_conversation', other: 'judge' } as const;

/** The way on from a step, and the way back to the request where the user spoke while it worked. */
function unlessInterrupted<From extends string, To extends string>(from: From, next: (state: State) => To) {
  return [from, (state: State) => (state.interrupted ? 'read_request' : next(state))] as const;
}
