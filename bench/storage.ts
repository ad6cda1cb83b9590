/**
 * What is stored: an agent's conversation of 50 turns, which sends its history again at every call, against its raw
 * text; and spans without content. Bytes on disk of both tables once they are merged.
 *
 *   npm run bench -- storage [--conversations 200] [--spans 500000]
 */
import { encodeTraceRequest } from '../collector/otlp/protobuf-encoder.ts';
import type { CollectorProcess } from './collector-process.ts';
import { startCollectorProcess } from './collector-process.ts';
import { conversation, leanTrace } from './conversations.ts';
import { benchOptions, report } from './report.ts';

const options = benchOptions(process.argv);
const conversations = options.number('conversations') ?? (options.short ? 40 : 200);
const leanTraces = (options.number('spans') ?? (options.short ? 50_000 : 500_000)) / 10;
const tables = ['spans', 'span_payloads'] as const;

type Stored = Record<(typeof tables)[number], number>;

async function store(
  collector: CollectorProcess,
  spansOf: (number: number) => Parameters<typeof encodeTraceRequest>[0],
  count: number,
) {
  const before = await collector.count('SELECT count() FROM spans');
  let sent = 0;
  for (let number = 0; number < count; ) {
    const batch: Parameters<typeof encodeTraceRequest>[0][number][] = [];
    while (batch.length < 500 && number < count) batch.push(...spansOf(number++));
    const answer = await fetch(`${collector.url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: new Uint8Array(encodeTraceRequest(batch)),
    });
    if (answer.status !== 200) throw new Error(await answer.text());
    sent += batch.length;
  }
  await collector.readable(before + sent);
  const bytes: Stored = { spans: 0, span_payloads: 0 };
  for (const table of tables) {
    await (await collector.query(`OPTIMIZE TABLE ${table} FINAL`)).text();
    bytes[table] = await collector.count(
      `SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = 'rehearse' AND table = '${table}'`,
    );
  }
  return { spans: sent, bytes };
}

const talking = await startCollectorProcess();
let rawText = 0;
const talk = await store(
  talking,
  (number) => {
    const { spans, textBytes } = conversation(number);
    rawText += textBytes;
    return spans;
  },
  conversations,
);
await talking.close();

const lean = await startCollectorProcess();
const bare = await store(lean, leanTrace, leanTraces);
await lean.close();

const total = ({ spans, span_payloads }: Stored) => spans + span_payloads;
report('storage', [
  {
    name: 'conversations of 50 turns: stored / raw text',
    value: total(talk.bytes) / rawText,
    unit: '',
    bar: 0.1,
  },
  { name: 'raw text', value: rawText / conversations, unit: 'bytes a conversation' },
  { name: 'span without content', value: total(bare.bytes) / bare.spans, unit: 'bytes', bar: 60 },
  { name: 'of it in spans', value: bare.bytes.spans / bare.spans, unit: 'bytes' },
  { name: 'of it in span_payloads', value: bare.bytes.span_payloads / bare.spans, unit: 'bytes' },
]);
