import { AppError } from '../domain/errors.ts';
import { counted } from '../domain/format.ts';
import { type SentSpan, traceRequest } from './seed/otlp-request.ts';
import { type LeadStory, simulatedCampaign } from './seed/simulated-campaign.ts';
import { withCollector } from './with-collector.ts';

export type SeedOptions = {
  days: number;
  leads: number;
  seed: string;
  data: string;
  signal: AbortSignal;
};

const spansAtOnce = 2000;
const outcomesAtOnce = 5000;
const leadsPerDay = 60;
const demoDays = 30;

/** Plays a simulated campaign into a collector, so that its pages can be tried at once. */
export async function seed({ days, leads, seed, data, signal }: SeedOptions): Promise<number> {
  await withCollector(data, async ({ url, lasting }) => {
    const told = await seedCampaign(url, { days, leads, seed, signal });
    console.log(told);
    console.log(lasting ? `${url}/metrics` : 'see it with: rehearse serve');
  });
  return 0;
}

/**
 * @param now milliseconds since the epoch, where the campaign has come to: the same is the same campaign
 * @returns what was sent, in words
 */
export async function seedCampaign(
  url: string,
  {
    days = demoDays,
    leads = leadsPerDay,
    seed = '1',
    now = Date.now(),
    signal,
  }: Partial<SeedOptions> & { now?: number; signal: AbortSignal },
): Promise<string> {
  const counts = { traces: new Set<string>(), sent: 0, replied: 0 };
  const stories = simulatedCampaign({ seed, days, leadsPerDay: leads, now: now * 1000 });
  let [spans, outcomes]: [SentSpan[], LeadStory['outcomes']] = [[], []];
  const flush = async (least: { spans: number; outcomes: number }) => {
    if (spans.length > least.spans) {
      await post(`${url}/v1/traces`, traceRequest({ 'service.name': 'simulated-alice' }, spans), signal);
      spans = [];
    }
    if (outcomes.length > least.outcomes) {
      await post(`${url}/v1/outcomes`, outcomes, signal);
      outcomes = [];
    }
  };
  for (const story of stories) {
    spans.push(...story.spans);
    outcomes.push(...story.outcomes);
    for (const { traceId } of story.spans) counts.traces.add(traceId);
    counts.sent += story.outcomes.filter(({ type }) => type === 'sent').length;
    counts.replied += story.outcomes.filter(({ type }) => type === 'replied').length;
    await flush({ spans: spansAtOnce, outcomes: outcomesAtOnce });
  }
  await flush({ spans: 0, outcomes: 0 });
  return (
    `a simulated campaign of ${counted(days, 'day')}: ${counted(counts.traces.size, 'trace')}, ` +
    `${counted(counts.sent, 'message')}, ${counted(counts.replied, 'reply', 'replies')}`
  );
}

async function post(url: string, body: unknown, signal: AbortSignal): Promise<void> {
  const key = process.env.REHEARSE_KEY;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
    signal,
  });
  if (!answer.ok) {
    throw new AppError('COLLECTOR_UNREACHABLE', `${url} answered ${answer.status}: ${await answer.text()}`);
  }
}
