import { z } from 'zod';
import type { Form } from '../genai/fill-in.ts';

function form<Schema extends z.ZodObject>(name: string, description: string, schema: Schema): Form<Schema> {
  return { name, description, schema };
}

/** What is to be done with an issue. Only `feature` goes on. */
export const judgeRequest = form(
  'judge_request',
  'Say what kind of request the issue is, and in a few words what is asked.',
  z.object({
    verdict: z.enum(['feature', 'unclear', 'elsewhere', 'duplicate', 'done', 'sensitive']),
    summary: z.string().describe('What is asked, in one sentence'),
    reason: z.string().describe('Why this verdict, in one sentence'),
    related: z.array(z.int()).describe('Numbers of issues and pull requests about the same'),
    question: z.string().nullable().describe('For unclear: what the author has to say'),
  }),
);

/** Hypothetical documents: a request is no search query, so the search goes with what would answer it. */
export const writeHypotheses = form(
  'write_hypotheses',
  'Tell the request otherwise, and suppose the code that would answer it.',
  z.object({
    ticket: z.string().describe('The request as a ticket of the maintainers would put it'),
    question: z.string().describe('The question whose answer is the file that is looked for'),
    description: z.string().describe('What the file that has to change is about, and where it may lie'),
    code: z.string().describe('A piece of code as it may stand in that file'),
    search_words: z
      .array(z.string())
      .describe('At most three queries for a search that wants every word, two words each'),
  }),
);

export const writeQuestions = form(
  'write_questions',
  'Write the questions that this file answers.',
  z.object({ questions: z.array(z.string()).describe('At most eight') }),
);

export const rankFiles = form(
  'rank_files',
  'Put the candidates into order, those that the change touches first; leave out what it does not touch.',
  z.object({ files: z.array(z.object({ path: z.string(), reason: z.string() })) }),
);

export const notePlaces = form(
  'note_places',
  'Name the places in the files where the change begins.',
  z.object({ places: z.array(z.object({ path: z.string(), names: z.array(z.string()), note: z.string() })) }),
);

export const writeReport = form(
  'write_report',
  'Say in a few sentences how the change may be made.',
  z.object({ approach: z.string() }),
);
