import { z } from 'zod';
import { handsOver } from '../../domain/hands-over.ts';
import type { PackCheck } from '../../harness/index.ts';
import { isAbout, matterOf } from '../to-the-point.ts';

const Utterance = z.object({ from: z.enum(['agent', 'callee']), text: z.string() });

/** What is said on any phone, and whatever is said to somebody. */
const USUAL =
  /\b(?:hello|good (?:morning|afternoon)|anybody|anyone|hear|bye|goodbye|thank(?:s| you)|call(?:ing)? (?:back|again|later)|you(?:rs?)?)\b/i;
/** Who rings somebody up does not refuse to help. */
const REFUSAL = /\b(?:cannot|can['’]t|unable to) (?:help|assist)\b/i;

/**
 * Each thing that is said on the phone is about the matter, or what is said on any phone: silence on a line does not mean
 * that nobody is there. The matter is what the task and the other side say; a colleague who is to call is named at any time.
 */
export const speaksToThePoint: PackCheck = {
  version: 1,
  check({ journal, turns }) {
    const utterances = journal
      .filter(({ table, operation }) => table === 'telephony.utterances' && operation === 'insert')
      .map(({ after, call }) => ({ ...Utterance.parse(after), spanId: call.spanId }));
    const theirs = [...turns.filter(({ from }) => from === 'user'), ...utterances.filter(isTheirs)];
    const matter = matterOf(theirs.map(({ text }) => text));
    return utterances.flatMap(({ from, text, spanId }) => {
      const fits = handsOver(text) || (!REFUSAL.test(text) && (USUAL.test(text) || isAbout(matter, text)));
      if (from !== 'agent' || fits) return [];
      const message = 'expected a word of the matter in what it says on the phone, got none';
      return [{ message, expected: null, actual: text, spanId }];
    });
  },
};

const isTheirs = ({ from }: { from: string }) => from === 'callee';
