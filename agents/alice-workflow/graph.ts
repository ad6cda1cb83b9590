import { END, MemorySaver, START, StateGraph } from '@langchain/langgraph';
import { type Desk, inStep } from './desk.ts';
import {
  approveAngle,
  approveMessage,
  clarify,
  deliver,
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
 * Fifteen nodes in five stages. All ways lead forward but two, from a question back to the request and from a draft that
 * the user sends back to another, and both are counted: no run can go round for ever.
 */
export function buildGraph(desk: Desk, checkpointer: Checkpoints) {
  const step = (name: string, work: (desk: Desk, state: State) => Promise<Update>) => (state: State) =>
    inStep(desk, name, 'workflow_step', () => work(desk, state));
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
      .addConditionalEdges('read_request', ({ kind }) => FIRST_LOOK[kind], Object.values(FIRST_LOOK))
      .addEdge('find_people', 'read_history')
      .addEdge('read_conversation', 'find_sender')
      .addEdge('find_sender', 'read_history')
      .addConditionalEdges(
        'read_history',
        ({ kind }) => (kind === 'reply' ? 'check_calendar' : knowsCompanies ? 'know_company' : 'judge'),
        ['check_calendar', 'know_company', 'judge'],
      )
      .addEdge('check_calendar', 'judge')
      .addEdge('know_company', 'judge')
      .addConditionalEdges(
        'judge',
        (state) => {
          if (mayAsk(state)) return 'clarify';
          if (state.verdict !== 'act') return 'report';
          return state.isFirstMessage && knowsCompanies ? 'position' : 'write_message';
        },
        ['clarify', 'report', 'position', 'write_message'],
      )
      .addEdge('clarify', 'read_request')
      .addConditionalEdges('position', () => (desk.review ? 'approve_angle' : 'write_message'), [
        'approve_angle',
        'write_message',
      ])
      .addEdge('approve_angle', 'write_message')
      .addConditionalEdges(
        'write_message',
        ({ verdict }) => (verdict !== 'act' ? 'report' : desk.review ? 'approve_message' : 'deliver'),
        ['report', 'approve_message', 'deliver'],
      )
      .addConditionalEdges(
        'approve_message',
        ({ verdict, approved }) => (verdict !== 'act' ? 'report' : approved ? 'deliver' : 'write_message'),
        ['report', 'deliver', 'write_message'],
      )
      .addEdge('deliver', 'report')
      .addEdge('report', END)
      .compile({ checkpointer })
  );
}

/** Where the research begins, by the kind of the request. */
const FIRST_LOOK = { 'first message': 'find_people', reply: 'read_conversation', other: 'judge' } as const;
