import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleSpan } from '../testing/example-span.ts';
import { startTestCollector, type TestCollector } from '../testing/start-test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector({ selfTraces: true });
});
afterAll(() => collector?.close());

type Row = { trace_id: string; parent_span_id: string; name: string; status: string };

/** All spans that a project has, by SQL, which makes none in the store that is traced. */
async function spansOf(project: string): Promise<Row[]> {
  const sql = 'SELECT trace_id, parent_span_id, name, status FROM spans ORDER BY start';
  const answer = await fetch(`${collector.url}/api/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-rehearse-project': project },
    body: JSON.stringify({ sql }),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line));
}

/** Those of itself, once there is one of a name. */
async function ownSpans(name: string): Promise<Row[]> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    await collector.settled();
    const spans = await spansOf('rehearse');
    if (spans.some((span) => span.name === name)) return spans;
    if (Date.now() > deadline) throw new Error(`expected ${name}, got ${spans.map((span) => span.name)}`);
    await new Promise((later) => setTimeout(later, 200));
  }
}

describe('Rehearse traces itself', () => {
  it('into a project of its own: requests, what was received, and what ClickHouse was asked', async () => {
    await collector.sendSpans([exampleSpan()]);
    await fetch(`${collector.url}/api/runs`);
    const spans = await ownSpans('GET /api/runs');
    const sent = spans.find(({ name }) => name === 'POST /v1/traces');
    const inside = (root: Row | undefined) =>
      spans.filter((span) => span.trace_id === root?.trace_id && span !== root).map(({ name }) => name);
    expect(inside(sent)).toEqual(['receive traces']);
    expect(inside(spans.find(({ name }) => name === 'GET /api/runs'))).toEqual(['clickhouse rows']);
    expect(await spansOf('default')).toHaveLength(1);
  });

  it('and makes no span of what it keeps there', async () => {
    const begun = await ownSpans('POST /api/query');
    for (let round = 0; round < 2; round++) {
      await new Promise((later) => setTimeout(later, 1100));
      await collector.settled();
    }
    const names = (await spansOf('rehearse')).slice(begun.length).map(({ name }) => name);
    expect(names.filter((name) => name !== 'POST /api/query')).toEqual([]);
  });
});
