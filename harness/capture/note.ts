import type { TraceId } from '../../domain/ids.ts';
import type { Json } from '../../domain/json.ts';
import type { RecordedAnswer } from '../world/recorded/recorded.ts';
import { counted } from './captured-calls.ts';
import type { ModelCalls } from './captured-model-calls.ts';

type Captured = {
  traceId: TraceId;
  name: string;
  message: string;
  said: string;
  answers: readonly RecordedAnswer[];
  notes: readonly string[];
  cassette: ModelCalls;
};

/** Addresses that are listed: enough to see that there are some. */
const listed = 10;

/** What a person has to look at before a draft is a scenario, in this order, as Markdown. */
export function noteOf(captured: Captured): string {
  const { traceId, name, message, said, answers, notes, cassette } = captured;
  const writing = answers.filter(({ writes }) => writes);
  const done = writing.filter(({ error }) => error === null);
  const reading = answers.filter(({ writes }) => !writes);
  return `# ${name}
A draft made of trace ${traceId}. It expects what the agent did then, be it right or wrong. Look at, in this order:

1. **Which writes are due.** ${
    done.length === 0
      ? 'None was made: `expect.abstain` says that none is. Is that right?'
      : '`expect.effects` holds all that were made. Take out what should not have been done, add what is missing.'
  }
${done.map((answer) => `   - ${answer.id} \`${answer.tool}\` ${code(answer.arguments)}\n`).join('')}
2. **Which tools write** was guessed by their names: correct \`writes\` of the rows of \`recorded.answers\`, and \`expect.effects\` and \`reference\` with them.
   - write: ${counted(writing.map(({ tool }) => tool)) || 'none'}
   - only read: ${counted(reading.map(({ tool }) => tool)) || 'none'}

3. **Wording to loosen.** Every argument is expected exactly. Where the words are free, write \`{ "is": "anyText" }\` for the column; take out columns that do not matter.

4. **What to forbid.** What would be wrong in this situation belongs into \`expect.forbid\`, and its play into \`reference.violations\`.

5. **What has to be said.** Nothing is expected of the words; \`expect.facts\` may hold what must be in them. They were:
${quoted(said || '(no words were captured)')}

6. **Personal data** in the pack, the cassette and this note: replace it everywhere alike before the files are shared. ${addressesIn(captured)}

It began with:
${quoted(message)}

## What was captured
- ${answers.length} calls of tools, ${cassette.recordings.length / 2} of ${cassette.calls} calls of the model${cassette.model === null ? '' : ` (${cassette.model})`}.
${[...notes, ...failures(answers), ...leftOut(cassette)].map((line) => `- ${line}\n`).join('')}`;
}

function failures(answers: readonly RecordedAnswer[]): string[] {
  const failed = answers.filter(({ error }) => error !== null).map(({ tool }) => tool);
  return failed.length === 0 ? [] : [`Failed then, and are refused (422) now: ${counted(failed)}.`];
}

function leftOut({ leftOut }: ModelCalls): string[] {
  return [...Map.groupBy(leftOut, (why) => why)].map(
    ([why, { length }]) =>
      `${length} ${length === 1 ? 'call' : 'calls'} of the model left out of the cassette: ${why}. In strict mode such a request voids the trial.`,
  );
}

function addressesIn({ message, said, answers }: Captured): string {
  const text = JSON.stringify([message, said, answers]);
  const found = [...new Set(text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? [])];
  if (found.length === 0) return 'No e-mail address was found; names and numbers were not looked for.';
  const more = found.length > listed ? ` and ${found.length - listed} more` : '';
  return `E-mail addresses in it: ${found.slice(0, listed).join(', ')}${more}; names and numbers were not looked for.`;
}

function code(value: Json): string {
  return `\`${JSON.stringify(value).replaceAll('`', "'")}\``;
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
