import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TraceId } from '../domain/ids.ts';
import { micros } from '../domain/units.ts';
import { rebuildHours } from './housekeeping/rebuild-hours.ts';
import { rebuildWords } from './housekeeping/rebuild-words.ts';
import { listTraces } from './list-traces.ts';
import { NO_TRACE_FILTER } from './no-trace-filter.ts';
import type { OtlpSpan } from './otlp/trace-request.ts';
import type { TraceFilter } from './reads.ts';
import { attributes, exampleSpan, NOON } from './testing/example-span.ts';
import { startTestClickHouse, type TestClickHouse } from './testing/start-clickhouse.ts';
import { storeOtlp } from './testing/store-otlp.ts';

let clickHouse: TestClickHouse;
beforeAll(async () => {
  clickHouse = await startTestClickHouse();
});
afterAll(() => clickHouse.close());

const noon = Number(NOON / 1000n);
const window = { from: micros(noon - 3600e6), to: micros(noon + 3600e6) };
let traces = 0;
const newTraceId = () => TraceId.parse((++traces).toString(16).padStart(32, '0'));

/** `built` reads hours out of the index, the other way every hour is read from its text. */
async function search(text: string, built: boolean, more: Partial<TraceFilter> = {}): Promise<TraceId[]> {
  const deps = {
    store: clickHouse.store,
    project: 'default',
    elapsed: () => 0,
    budgetMilliseconds: 60_000,
    graceSeconds: built ? 0 : 600,
  };
  const { items } = await listTraces(deps, {
    ...NO_TRACE_FILTER,
    ...window,
    limit: 500,
    search: text,
    ...more,
  });
  return items.map(({ traceId }) => traceId).sort();
}

async function build(): Promise<void> {
  while ((await rebuildHours({ store: clickHouse.store, graceSeconds: 0 })) > 0);
  while ((await rebuildWords({ store: clickHouse.store, graceSeconds: 0 })) > 0);
}

function says(values: Parameters<typeof attributes>[0], rest: Partial<OtlpSpan> = {}): OtlpSpan {
  return exampleSpan({ traceId: newTraceId(), attributes: attributes(values), ...rest });
}

const message = (text: string) =>
  JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: text }] }]);
/** As emitters do that escape all that is not ASCII. */
const escaped = (json: string) =>
  json.replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What is stored, and searches that find it (true) or do not. */
const cases: [string, OtlpSpan, Record<string, boolean>][] = [
  [
    'words, whatever their case and order',
    says({ 'gen_ai.input.messages': message('The Flight was cancelled, and the refund is late.') }),
    { flight: true, 'LATE flight': true, 'flight boat1': false, fligh: false, ghtflight: false },
  ],
  [
    'phrases across what stands between their words',
    says({ input: 'Quarterly revenue; was-down (by) 7.5 %' }),
    {
      '"revenue was down"': true,
      '"was revenue"': false,
      'was-down': true,
      'down-was': false,
      '"by 7 5"': true,
    },
  ],
  [
    'one place only: words of two spans do not meet',
    says({ first: 'zebra', second: 'giraffe' }),
    { 'zebra giraffe': true, '"zebra giraffe"': true, 'zebra lion': false },
  ],
  [
    'what is not ASCII, and signs without spaces between words',
    says({ 'gen_ai.input.messages': message('“Grüße” aus der МОСКВА: 東京タワー, café') }),
    {
      grüße: true,
      GRÜSSE: false,
      москва: true,
      東京: true,
      京東: false,
      タワー: true,
      CAFÉ: true,
      caf: false,
    },
  ],
  [
    'what is escaped in JSON, and in JSON within JSON',
    says({
      'gen_ai.output.messages': escaped(message('naïve\nlinebreak\ttabbed "quoted"')),
      'gen_ai.tool.call.arguments': escaped(JSON.stringify({ inner: JSON.stringify({ city: 'Köln\nSüd' }) })),
    }),
    {
      naïve: true,
      linebreak: true,
      tabbed: true,
      '"tabbed quoted"': true,
      köln: true,
      süd: true,
      nlinebreak: true,
    },
  ],
  [
    'backslashes that are none of JSON',
    says({ path: 'C:\\new\\table_1' }),
    { new: true, 'new\\table': true },
  ],
  [
    'numbers and identifiers',
    says({ id: 'ord_4711-X', count: 815 }),
    { '4711': true, 'ord_4711-X': true, '815': true, ord: true },
  ],
  [
    'text of events, names and errors',
    says({}, { name: 'execute_tool wombat_search', status: { code: 2, message: 'quotas exceeded' } }),
    {
      wombat: true,
      wombat_search: true,
      '"quotas exceeded"': true,
      'wombat exceeded': true,
      'wombat quota': false,
    },
  ],
  [
    'hostile text as text',
    says({
      input: `'; DROP TABLE spans; -- {project:String} \u0000 %s <script>alert(1)</script> \\u00zz \\ud800x`,
    }),
    { "'; DROP TABLE spans; --": true, '{project:String}': true, '<script>': true, "') OR 1=1": false },
  ],
  [
    'a word that is longer than those of the index',
    says({ input: `begin ${'q'.repeat(150)} end` }),
    { ['q'.repeat(150)]: true, ['q'.repeat(149)]: false, [`begin ${'q'.repeat(150)}`]: true },
  ],
  [
    'more words than the index holds',
    says({ input: Array.from({ length: 60_000 }, (_, number) => `n${number}`).join(' ') }),
    { n0: true, n59999: true, '"n59998 n59999"': true, n60000: false },
  ],
];

describe('search in text', () => {
  beforeAll(async () => {
    await storeOtlp(
      clickHouse.store,
      cases.map(([, span]) => span),
    );
  });

  describe.each([
    ['in hours that are not built', false],
    ['in hours that are built', true],
  ])('%s', (_, built) => {
    beforeAll(async () => {
      if (built) await build();
    });

    it.each(cases)('finds %s', async (_, span, searches) => {
      const texts = (found: boolean) => Object.keys(searches).filter((text) => searches[text] === found);
      // A trace has all words of a search: what is found is looked for together, what is not by itself.
      const asked = new Map(texts(false).map((text) => [text, false])).set(texts(true).join(' '), true);
      for (const [text, found] of asked) {
        const ids = await search(text, built);
        expect([text, ids.includes(TraceId.parse(span.traceId))]).toEqual([text, found]);
      }
    });

    it('finds nothing where nothing is', async () => {
      expect(await search('nowheretobefound', built)).toEqual([]);
    });

    it('goes with other filters', async () => {
      expect(await search('wombat', built, { status: 'error' })).toHaveLength(1);
      expect(await search('wombat', built, { status: 'ok' })).toEqual([]);
      expect(await search('wombat', built, { from: micros(noon + 60e6) })).toEqual([]);
    });
  });

  it('gathers the words of an hour once its figures tell how much there is', async () => {
    await build();
    const words = () => rebuildWords({ store: clickHouse.store, graceSeconds: 0 });
    await storeOtlp(clickHouse.store, [says({ text: 'numbat' })]);
    expect(await words()).toBe(0);
    await rebuildHours({ store: clickHouse.store, graceSeconds: 0 });
    expect(await words()).toBeGreaterThan(0);
    expect(await search('numbat', true)).toHaveLength(1);
  });

  it('expects a word', async () => {
    await expect(search('!?  ""', false)).rejects.toThrow('query: q: expected at least one letter or digit');
  });

  it('finds the same in text and index, page by page, and what came since', async () => {
    const word = fc.constantFrom('alpha', 'beta', 'gamma', 'Δέλτα', 'эпсилон', '語');
    const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
    const query = fc.array(word, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 12 }),
        fc.array(text, { maxLength: 4 }),
        fc.array(query, { minLength: 1, maxLength: 1 }),
        async (early, late, queries) => {
          // An hour of its own for every sample.
          const at = NOON + BigInt(++hours) * 7_200_000_000_000n;
          const spanOf = (value: string, place: number) =>
            says(
              { text: value },
              {
                startTimeUnixNano: at + BigInt(place) * 1_000_000n,
                endTimeUnixNano: at + BigInt(place) * 1_000_000n,
              },
            );
          const spans = early.map(spanOf);
          await storeOtlp(clickHouse.store, spans);
          await build();
          const added = late.map((value, place) => spanOf(value, place + early.length));
          if (added.length > 0) await storeOtlp(clickHouse.store, added);
          const all = [...spans, ...added].map((span, place) => ({
            id: span.traceId,
            text: [...early, ...late][place] ?? '',
          }));
          const of = { from: micros(Number(at / 1000n)), to: micros(Number(at / 1000n) + 60e6) };
          for (const words of queries) {
            const having = (passes: (text: string) => boolean) =>
              all
                .filter((trace) => passes(trace.text))
                .map(({ id }) => id)
                .sort();
            for (const built of [true, false]) {
              expect(await search(words.join(' '), built, of)).toEqual(
                having((value) => words.every((one) => value.split(' ').includes(one))),
              );
              expect(await search(`"${words.join(' ')}"`, built, of)).toEqual(
                having((value) => ` ${value} `.includes(` ${words.join(' ')} `)),
              );
            }
          }
        },
      ),
      { numRuns: 2 },
    );
  }, 300_000);
});

let hours = 10;
