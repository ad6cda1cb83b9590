import type { z } from 'zod';
import type { BusinessOutcome } from '../../domain/business-outcome.ts';
import { micros } from '../../domain/units.ts';
import { type CampaignEvent, playCampaign, randomStream } from '../../harness/index.ts';
import { type Architecture, leadWork } from './lead-work.ts';
import type { SentSpan } from './otlp-request.ts';

/** What one lead of a campaign brought: the traces of the work for it, and what was told of its messages. */
export type LeadStory = { spans: SentSpan[]; outcomes: z.input<typeof BusinessOutcome>[] };

export type CampaignOptions = {
  seed: string;
  days: number;
  leadsPerDay: number;
  /** Epoch microseconds: what would happen later is not known yet. */
  now: number;
};

const DAY = 86_400_000_000;
const HOUR = DAY / 24;
/** Days after the first message of a lead at which the others go out. */
const sequence = [0, 4, 9];
const campaignName = 'simulated campaign';

const OLD: Architecture = {
  name: 'alice-react',
  version: '1.4',
  relevance: 0.4,
  loops: 0.07,
  fails: 0.03,
  retries: 0.02,
};
const NEW: Architecture = {
  name: 'alice-team',
  version: '2.0',
  relevance: 0.85,
  loops: 0.01,
  fails: 0.01,
  retries: 0.03,
};
/** From this part of the days on, every other lead is the new version's. */
const newFrom = 1 / 3;

/**
 * A campaign of `days` days that ends today, lead by lead. Prospects answer as docs/reference/prospects.md says. The same
 * seed on the same day gives the same stories.
 */
export function* simulatedCampaign({ seed, days, leadsPerDay, now }: CampaignOptions): Generator<LeadStory> {
  const begin = Math.floor(now / DAY) * DAY - days * DAY;
  const leads = Array.from({ length: days * leadsPerDay }, (_, index) => {
    const day = Math.floor(index / leadsPerDay);
    const random = randomStream(seed, `lead ${index}`);
    const isNew = random() < 0.5 && day >= days * newFrom;
    return {
      id: `sim-lead-${seed}-${String(index).padStart(5, '0')}`,
      first: Math.round(begin + day * DAY + 9 * HOUR + random() * 7 * HOUR),
      architecture: isNew ? NEW : OLD,
      random,
    };
  });
  for (const lead of leads) {
    const works = new Map<number, ReturnType<typeof leadWork>>();
    const { architecture } = lead;
    const campaign = {
      leads: [lead],
      start: () => micros(lead.first),
      days: sequence,
      compose(_: unknown, step: number) {
        const name = `${lead.id} ${step}`;
        const end = lead.first + (sequence[step] ?? 0) * DAY;
        const work = leadWork({ architecture, name, lead: lead.id, end, random: randomStream(seed, name) });
        works.set(step, work);
        if (work.ends !== 'sent') return null;
        return { relevance: architecture.relevance, trueClaims: 1, falseClaims: 0, words: 80 };
      },
    };
    const events = [...playCampaign(campaign, seed)];
    yield storyOf({ id: lead.id, first: lead.first, architecture, works, events, now });
  }
}

type Played = {
  id: string;
  first: number;
  architecture: Architecture;
  works: ReadonlyMap<number, ReturnType<typeof leadWork>>;
  events: readonly CampaignEvent[];
  now: number;
};

function storyOf({ id, first, architecture, works, events, now }: Played): LeadStory {
  const about = {
    subject: id,
    channel: 'email',
    campaign: campaignName,
    agentVersion: `${architecture.name} ${architecture.version}`,
    architecture: architecture.name,
    model: architecture.name === 'alice-team' ? 'sim/sdr + sim/sdr-small' : 'sim/sdr-small',
  };
  const steps = [...works].filter(([step]) => first + (sequence[step] ?? 0) * DAY <= now);
  const sentSteps = steps.filter(([, { ends }]) => ends === 'sent');
  const unsent = steps.flatMap(([step, { ends, traceId }]) =>
    ends === 'sent'
      ? []
      : [
          {
            ...about,
            id: `${id}:${step}:${ends}`,
            type: ends,
            traceId,
            occurredAt: first + (sequence[step] ?? 0) * DAY,
          },
        ],
  );
  const told = events
    .filter(({ at }) => at <= now)
    .map(({ message, kind, at }) => {
      const messageId = `${id}:m${message}`;
      const traceId = sentSteps[message]?.[1].traceId ?? null;
      const event = { id: `${messageId}:${kind}`, type: kind, messageId, occurredAt: at };
      return kind === 'sent' ? { ...about, ...event, traceId } : event;
    });
  return { spans: steps.flatMap(([, { spans }]) => spans), outcomes: [...unsent, ...told] };
}
