import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutcomeCosts, OutcomeReport } from '../domain/outcome-report.ts';
import { OUTCOME_TYPES } from '../domain/outcome-type.ts';
import type { SentMessage } from '../domain/sent-message.ts';
import { agentWork } from './testing/agent-work.ts';
import { logsRequest } from './testing/signal-requests.ts';
import { startTestCollector, type TestCollector } from './testing/start-test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector.close());

const day = 86_400_000;
const now = Date.now();
const daysAgo = (days: number) => new Date(now - days * day).toISOString();

async function post(body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${collector.url}/v1/outcomes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body:
      body instanceof Uint8Array
        ? new Uint8Array(body)
        : typeof body === 'string'
          ? body
          : JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

async function tell(...outcomes: object[]) {
  const answer = await post(outcomes);
  expect(answer).toEqual({ status: 200, body: { accepted: outcomes.length, rejected: 0, errors: [] } });
  await collector.settled();
}

async function get<T>(path: string, query: Record<string, string>): Promise<T> {
  const from = String((now - 90 * day) * 1000);
  const answer = await fetch(
    `${collector.url}/api/outcomes/${path}?${new URLSearchParams({ from, ...query })}`,
  );
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

const report = async (query: Record<string, string>) =>
  (await get<{ report: OutcomeReport }>('cohorts', query)).report;
const messages = (query: Record<string, string>) =>
  get<{ messages: SentMessage[]; total: number }>('messages', query);

describe('what is told of one message', () => {
  it('counts once, in whatever order and however often it is told', async () => {
    const about = { messageId: 'one-1', subject: 'lead-1', campaign: 'one' };
    const sent = { ...about, id: 'one-1:sent', type: 'sent', occurredAt: daysAgo(20) };
    const reply = { ...about, id: 'one-1:reply', type: 'replied', occurredAt: daysAgo(18) };
    await tell(reply, reply);
    await tell({ ...reply, id: 'one-1:reply-2', occurredAt: daysAgo(17) });
    expect((await report({ campaign: 'one' })).overall.mature.sent).toBe(0);
    await tell(sent);
    await tell(sent, reply);
    const { overall } = await report({ campaign: 'one' });
    expect(overall.mature).toMatchObject({
      sent: 1,
      delivered: 0,
      replied: 1,
      contactedLeads: 1,
      repliedLeads: 1,
    });
  });

  it('is a reply only within the days, and none of a message that is maturing', async () => {
    await tell(
      { id: 'late:sent', type: 'sent', messageId: 'late', campaign: 'window', occurredAt: daysAgo(30) },
      { id: 'late:reply', type: 'replied', messageId: 'late', occurredAt: daysAgo(20) },
      { id: 'young:sent', type: 'sent', messageId: 'young', campaign: 'window', occurredAt: daysAgo(2) },
      { id: 'young:reply', type: 'positive', messageId: 'young', occurredAt: daysAgo(1) },
    );
    const week = (await report({ campaign: 'window', days: '7' })).overall;
    expect(week.mature).toMatchObject({ sent: 1, replied: 0 });
    expect(week.maturing).toMatchObject({ sent: 1, replied: 1, positive: 1 });
    expect(week.perSent).toMatchObject({ successes: 0, n: 1 });
    expect((await report({ campaign: 'window', days: '14' })).overall.mature.replied).toBe(1);
  });

  it('has a rate per delivered message where deliveries are told, over these alone', async () => {
    const about = { campaign: 'delivery', occurredAt: daysAgo(20) };
    await tell(
      ...['d1', 'd2', 'd3'].map((messageId) => ({ ...about, id: `${messageId}:s`, type: 'sent', messageId })),
      { ...about, id: 'd1:d', type: 'delivered', messageId: 'd1' },
      { ...about, id: 'd1:r', type: 'replied', messageId: 'd1' },
      { ...about, id: 'd2:d', type: 'delivered', messageId: 'd2' },
      { ...about, id: 'd3:r', type: 'positive', messageId: 'd3' },
    );
    const { overall } = await report({ campaign: 'delivery' });
    expect(overall.perDelivered).toMatchObject({ successes: 1, n: 2 });
    expect(overall.perSent).toMatchObject({ successes: 2, n: 3 });
    expect(overall.positivePerSent).toMatchObject({ successes: 1, n: 3 });
  });

  it("belongs to its subject's last message where it names none", async () => {
    const lead = { subject: 'lead-touch', campaign: 'touch' };
    await tell(
      { ...lead, id: 'touch-1', type: 'sent', occurredAt: daysAgo(40) },
      { ...lead, id: 'touch-2', type: 'sent', occurredAt: daysAgo(35) },
      { id: 'touch-r', type: 'replied', subject: 'lead-touch', occurredAt: daysAgo(34) },
    );
    const found = await messages({ campaign: 'touch', stage: 'replied' });
    expect(found.messages.map(({ messageId }) => messageId)).toEqual(['touch-2']);
    expect((await report({ campaign: 'touch' })).overall.mature).toMatchObject({
      sent: 2,
      replied: 1,
      contactedLeads: 1,
      repliedLeads: 1,
    });
  });

  it('counts nowhere, and is told apart, where nobody said that the message was sent', async () => {
    const before = (await report({})).unattributed;
    await tell(
      { id: 'stray-1', type: 'replied', messageId: 'never-sent', occurredAt: daysAgo(3) },
      { id: 'stray-2', type: 'meeting', subject: 'nobody', occurredAt: daysAgo(3) },
    );
    const { unattributed } = await report({});
    expect(unattributed).toEqual({ outcomes: before.outcomes + 2, replies: before.replies + 1 });
  });

  it('is put right by a higher revision, whichever comes first', async () => {
    const wrong = {
      id: 'fix:sent',
      type: 'sent',
      messageId: 'fix',
      occurredAt: daysAgo(20),
      campaign: 'wrong',
    };
    await tell({ ...wrong, campaign: 'right', revision: 1 });
    await tell(wrong);
    expect((await report({ campaign: 'wrong' })).overall.mature.sent).toBe(0);
    expect((await report({ campaign: 'right' })).overall.mature.sent).toBe(1);
  });
});

/** Some things that may be told of a few messages to a few leads. */
const arbitraryOutcome = fc.record({
  type: fc.constantFrom(...OUTCOME_TYPES),
  message: fc.nat({ max: 5 }),
  lead: fc.nat({ max: 2 }),
  days: fc.integer({ min: 1, max: 40 }),
  named: fc.boolean(),
});

describe('any batch', () => {
  it('delivered one to five times, shuffled and split, gives the same totals', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryOutcome, { minLength: 1, maxLength: 25 }),
        fc.infiniteStream(fc.nat({ max: 1_000_000 })),
        async (told, draws) => {
          const totals = [];
          for (const repeats of [1, 5]) {
            const campaign = `batch-${round++}`;
            const batch = told.map(({ type, message, lead, days, named }, index) => ({
              id: `${campaign}-${index}`,
              type,
              messageId: named ? `${campaign}-m${message}` : '',
              subject: `${campaign}-l${lead}`,
              campaign,
              occurredAt: daysAgo(days),
            }));
            const copies = batch.flatMap((outcome) => {
              const times = repeats === 1 ? 1 : 1 + (draws.next().value % 5);
              return Array.from({ length: times }, () => outcome);
            });
            const order = copies
              .map((outcome) => ({ outcome, key: repeats === 1 ? 0 : draws.next().value }))
              .sort((left, right) => left.key - right.key)
              .map(({ outcome }) => outcome);
            const cut = repeats === 1 ? order.length : draws.next().value % order.length;
            for (const part of [order.slice(0, cut), order.slice(cut)]) {
              if (part.length > 0) expect((await post(part)).status).toBe(200);
            }
            await collector.settled();
            const { overall } = await report({ campaign });
            totals.push({ mature: overall.mature, maturing: overall.maturing });
          }
          expect(totals[1]).toEqual(totals[0]);
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('aggregates', () => {
  it('show 0.7 % a message and 1.05 % a lead for the figures that are known of the first Alice', async () => {
    const known = { campaign: 'alice', occurredAt: daysAgo(60) };
    const batch = [
      { ...known, id: 'alice:sent', type: 'sent', count: 3_000_000, subjects: 2_000_000 },
      { ...known, id: 'alice:replied', type: 'replied', count: 21_000, subjects: 21_000 },
    ];
    await tell(...batch);
    await tell(...batch);
    const { overall } = await report({ campaign: 'alice' });
    expect(overall.perSent).toMatchObject({ successes: 21_000, n: 3_000_000, rate: 0.007 });
    expect(overall.perLead).toMatchObject({ successes: 21_000, n: 2_000_000, rate: 0.0105 });
    expect(overall.perSent?.low).toBeCloseTo(0.0069, 4);
    expect(overall.perSent?.high).toBeCloseTo(0.0071, 4);
    expect(overall.perDelivered).toBeNull();
    expect(overall.mature.aggregated).toBe(3_000_000);
  });

  it('that contradict each other have no rate', async () => {
    const told = { campaign: 'contradiction', occurredAt: daysAgo(60) };
    await tell(
      { ...told, id: 'c:sent', type: 'sent', count: 10 },
      { ...told, id: 'c:replied', type: 'replied', count: 11 },
    );
    expect((await report({ campaign: 'contradiction' })).overall.perSent).toBeNull();
  });
});

describe('POST /v1/outcomes', () => {
  it('takes one, many, and gzip', async () => {
    const outcome = { id: 'forms', type: 'declined', occurredAt: daysAgo(1) };
    expect((await post(outcome)).body).toEqual({ accepted: 1, rejected: 0, errors: [] });
    expect((await post({ outcomes: [outcome] })).body).toEqual({ accepted: 1, rejected: 0, errors: [] });
    const zipped = gzipSync(JSON.stringify([outcome, outcome]));
    expect((await post(zipped, { 'content-encoding': 'gzip' })).body).toMatchObject({ accepted: 2 });
    expect((await post([])).body).toEqual({ accepted: 0, rejected: 0, errors: [] });
  });

  it('keeps the good ones, and says of each other what was expected', async () => {
    const good = { id: 'partial', type: 'sent', occurredAt: (now - day) * 1000 };
    const answer = await post([
      good,
      { ...good, id: 'bad-type', type: 'reply' },
      { ...good, id: 'bad-time', occurredAt: 'yesterday' },
      { ...good, id: '' },
      { ...good, id: 'unknown', message_id: 'm' },
      { ...good, id: 'long', subject: 'x'.repeat(1_000_000) },
      { ...good, id: 'few', count: 1, subjects: 2 },
      7,
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body.accepted).toBe(1);
    expect(answer.body.errors).toEqual([
      { index: 1, id: 'bad-type', message: `type: expected one of ${OUTCOME_TYPES.join(', ')}, got "reply"` },
      {
        index: 2,
        id: 'bad-time',
        message:
          'occurredAt: expected a time of the years 2000 to 2099, in ISO 8601 or epoch microseconds, got "yesterday"',
      },
      { index: 3, id: '', message: 'id: expected an id: what comes twice under one id counts once, got ""' },
      { index: 4, id: 'unknown', message: expect.stringContaining('message_id') },
      {
        index: 5,
        id: 'long',
        message: expect.stringMatching(/^subject: expected at most 200 characters, got "x{59}…$/),
      },
      {
        index: 6,
        id: 'few',
        message: 'subjects: expected an aggregate with at least as many events (count) as subjects, got 2',
      },
      { index: 7, id: null, message: expect.stringContaining('expected object') },
    ]);
  });

  it.each([
    ['no JSON', '{"id":', {}, 400, 'BODY_UNDECODABLE'],
    ['another shape', '"text"', {}, 400, 'BAD_REQUEST'],
    ['nothing that can be taken', '{"id":"x"}', {}, 400, 'BAD_REQUEST'],
    ['another type', '{}', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('refuses %s', async (_, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect(answer).toMatchObject({ status, body: { error: { code } } });
  });

  it('answers nothing but POST', async () => {
    const answer = await fetch(`${collector.url}/v1/outcomes`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('a log record rehearse.outcome', () => {
  const send = async (...records: object[]) => {
    const answer = await fetch(`${collector.url}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(logsRequest(...records)),
    });
    await collector.settled();
    return answer.json();
  };
  const record = (fields: Record<string, string>, days: number) => ({
    eventName: 'rehearse.outcome',
    timeUnixNano: `${BigInt(Math.round(now - days * day)) * 1_000_000n}`,
    traceId: 'cd'.repeat(16),
    attributes: Object.entries(fields).map(([key, stringValue]) => ({
      key: `rehearse.outcome.${key}`,
      value: { stringValue },
    })),
  });

  it('is an outcome, with the trace and the time of the record', async () => {
    const about = { message_id: 'log-1', campaign: 'logs', agent_version: 'v1' };
    const batch = [
      record({ ...about, id: 'log-1:sent', type: 'sent' }, 20),
      record({ ...about, id: 'log-1:replied', type: 'replied' }, 19),
    ];
    expect(await send(...batch)).toEqual({});
    await send(...batch);
    const found = await messages({ campaign: 'logs' });
    expect(found.messages).toMatchObject([
      { messageId: 'log-1', traceId: 'cd'.repeat(16), agentVersion: 'v1', delivered: false },
    ]);
    expect(found.messages[0]?.repliedAt).toBe(Math.round(now - 19 * day) * 1000);
  });

  it('that tells of none is kept as a record, and rejected with the reason', async () => {
    const answer = await send(record({ id: 'log-bad', type: 'answered' }, 1));
    expect(answer.partialSuccess.errorMessage).toMatch(
      /the record is kept, its outcome is not: type: expected one of sent/,
    );
    expect(Number(answer.partialSuccess.rejectedLogRecords)).toBe(1);
  });
});

describe('what messages cost', () => {
  it('is the work of their traces, each once, with what was wasted apart', async () => {
    const at = BigInt(now - 20 * day) * 1_000_000n;
    const work = { agent: 'alice', at, marks: { 'gen_ai.agent.version': '2.0' } };
    const look = { tool: 'look_up', arguments: { who: 'ada' }, result: 'nothing' };
    const good = agentWork({ ...work, trace: 0xa1, does: [{ says: 'Hello' }] });
    const failed = agentWork({ ...work, trace: 0xa2, does: [{ says: 'Oh' }], failsWith: 'timeout' });
    const retried = agentWork({ ...work, trace: 0xa3, does: [{ says: 'Again' }, { says: 'Hello' }] });
    const looped = agentWork({ ...work, trace: 0xa4, does: [look, look, look, look, look, look] });
    const call = retried.find(({ name }) => name.startsWith('chat'));
    if (call) call.status = { code: 2, message: 'overloaded' };
    await collector.sendSpans([...good, ...failed, ...retried, ...looped]);
    const idOf = ([span]: typeof good) => span?.traceId ?? '';
    const sent = (id: string, traceId: string) => ({
      id,
      type: 'sent',
      messageId: id,
      traceId,
      campaign: 'cost',
      occurredAt: daysAgo(20),
    });
    await tell(
      sent('cost-1', idOf(good)),
      sent('cost-2', idOf(good)),
      sent('cost-3', idOf(retried)),
      { id: 'cost-3:r', type: 'replied', messageId: 'cost-3', occurredAt: daysAgo(19) },
      { id: 'cost-4', type: 'failed', traceId: idOf(failed), campaign: 'cost', occurredAt: daysAgo(20) },
      { id: 'cost-5', type: 'declined', traceId: idOf(looped), campaign: 'cost', occurredAt: daysAgo(20) },
      sent('cost-6', 'ef'.repeat(16)),
    );
    const { costs } = await get<{ costs: OutcomeCosts }>('costs', { campaign: 'cost' });
    const price = costs.rows[0] ? costs.rows[0].cost / costs.rows[0].calls : 0;
    expect(price).toBeGreaterThan(0);
    expect(costs.traces).toEqual({ read: 5, named: 5, missing: 1 });
    expect(costs.rows).toEqual([
      {
        model: 'gpt-4o-mini',
        role: 'alice',
        tool: null,
        agent: 'alice',
        agentVersion: '2.0',
        calls: 10,
        cost: 10 * price,
        unpricedCalls: 0,
      },
    ]);
    expect(costs.points).toMatchObject([
      {
        maturing: false,
        traces: 4,
        messages: 3,
        replied: 1,
        cost: 10 * price,
        wasted: { failures: price, loops: 5 * price, retries: price },
      },
    ]);
    expect(costs.wasteful.map(({ traceId }) => traceId).toSorted()).toEqual(
      [failed, retried, looped].map(idOf),
    );
  });
});

describe('the rows', () => {
  it('as CSV are those of the report, with hostile text as text', async () => {
    const campaign = '=HYPERLINK("x")\u202e<script>';
    await tell({ id: 'csv', type: 'sent', messageId: 'csv', campaign, occurredAt: daysAgo(20) });
    const from = String((now - 90 * day) * 1000);
    const query = new URLSearchParams({ from, by: 'campaign', campaign, format: 'csv' });
    const answer = await fetch(`${collector.url}/api/outcomes/cohorts?${query}`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, row] = (await answer.text()).split('\r\n');
    expect(header).toMatch(/^start,campaign,maturing,sent,delivered,/);
    expect(row).toContain(`"'=HYPERLINK(""x"")\u202e<script>",false,1,0,`);
  });

  it('of reply times give a curve that a young message does not bend', async () => {
    const about = { campaign: 'curve' };
    await tell(
      { ...about, id: 'k1', type: 'sent', messageId: 'k1', occurredAt: daysAgo(20) },
      { ...about, id: 'k2', type: 'sent', messageId: 'k2', occurredAt: daysAgo(20) },
      { ...about, id: 'k3', type: 'sent', messageId: 'k3', occurredAt: daysAgo(1) },
      { id: 'k1r', type: 'replied', messageId: 'k1', occurredAt: daysAgo(15) },
    );
    const { curve } = await get<{ curve: { shares: { time: number; share: number }[]; messages: number } }>(
      'reply-times',
      { campaign: 'curve', base: 'sent' },
    );
    expect(curve.messages).toBe(3);
    expect(curve.shares).toMatchObject([{ time: 120, share: 0.5 }]);
  });
});
