import { AppError } from '../domain/errors.ts';
import { TraceId } from '../domain/ids.ts';
import { draftOfTrace, writeCaptured } from '../harness/index.ts';
import { type StoreOptions, withStore } from './store-access.ts';
import { traceSpans } from './trace-spans.ts';

export type CaptureOptions = StoreOptions & { traceId: string; out: string; signal: AbortSignal };

/** Turns a stored trace into the files of a draft scenario and says what to do with them. */
export async function capture({ traceId: text, out, signal, ...store }: CaptureOptions): Promise<number> {
  const traceId = TraceId.safeParse(text);
  if (!traceId.success) {
    throw new AppError('USAGE', `expected the id of a trace, 32 lower-case hex digits, got "${text}"`);
  }
  const { spans, cut } = await withStore(store, (collector) => traceSpans(collector, traceId.data, signal));
  const draft = draftOfTrace(traceId.data, spans);
  const files = await writeCaptured(draft, out);
  const { recordings, calls, model } = draft.cassette;
  console.log(`scenario   captured/${draft.name} in ${files.pack}`);
  console.log(
    `cassette   ${recordings.length / 2} of ${calls} calls of the model${files.cassette ? ` in ${files.cassette}` : ': none'}`,
  );
  console.log(`to do      ${files.note}`);
  if (cut) console.log('cut        the trace has more spans than are read: its end is missing');
  console.log(`
next
  1. edit it by ${files.note}
  2. npm run rehearse -- doctor ${files.pack}
  3. npm run rehearse -- run ${files.pack} --agent <agent> --model ${model ?? '<model>'} --trials 1${files.cassette ? ` --cassette ${files.cassette}` : ''}`);
  return 0;
}
