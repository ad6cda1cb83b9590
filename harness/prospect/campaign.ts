import { type Micros, micros } from '../../domain/units.ts';
import { randomStream } from '../world/random.ts';
import { answer, drawWillingness, type ProspectEvent } from './answer.ts';
import { PROSPECT_PARAMETERS, type ProspectParameters } from './prospect-parameters.ts';
import type { Touch } from './touch.ts';

/** Whom a campaign writes to. */
export type CampaignLead = {
  id: string;
  /** Hours ahead of UTC. Default: 0. */
  utcOffset?: number;
};

export type Campaign = {
  leads: Iterable<CampaignLead>;
  /** When the first message of a lead goes out. */
  start(lead: CampaignLead): Micros;
  /** Days after the first message at which each message of the sequence goes out, from 0: `[0, 3, 8]`. */
  days: readonly number[];
  /** How the lead takes the message of this step (0, 1, ...); `null`: nothing is sent. */
  compose(lead: CampaignLead, step: number): Omit<Touch, 'at'> | null;
};

/** Something that happened in a campaign. `message` counts from 0 within the lead. */
export type CampaignEvent = {
  lead: string;
  message: number;
  kind: 'sent' | ProspectEvent['kind'];
  at: Micros;
};

const DAY_US = 86_400_000_000;

/**
 * Plays a campaign on the virtual clock: each lead gets the messages of the sequence until it answers, opts out or
 * bounces. A lead's fate rests on the seed and its id alone, whatever the others are. Events come lead by lead, and
 * within a lead in order of time; what comes late is there as well, so cut by `at` for what is known by a day.
 */
export function* playCampaign(
  campaign: Campaign,
  seed: string,
  parameters: ProspectParameters = PROSPECT_PARAMETERS,
): Generator<CampaignEvent> {
  for (const lead of campaign.leads) yield* playLead(campaign, lead, seed, parameters);
}

function playLead(
  { start, days, compose }: Campaign,
  lead: CampaignLead,
  seed: string,
  parameters: ProspectParameters,
): CampaignEvent[] {
  const random = randomStream(seed, `prospect ${lead.id}`);
  const willingness = drawWillingness(parameters, random);
  const first = start(lead);
  const events: CampaignEvent[] = [];
  let earlier = 0;
  let lastAt: Micros | null = null;
  /** Of the answer that ends the sequence. */
  let over = Number.POSITIVE_INFINITY;
  for (const [step, day] of days.entries()) {
    const at = micros(first + day * DAY_US);
    if (at >= over) break;
    const words = compose(lead, step);
    if (!words) continue;
    const standing = { earlier, lastAt, optedOut: false, utcOffset: lead.utcOffset ?? 0, willingness };
    const outcome = answer({ at, ...words }, standing, parameters, random);
    const message = earlier;
    events.push({ lead: lead.id, message, kind: 'sent', at });
    events.push(...outcome.map((event) => ({ lead: lead.id, message, ...event })));
    const end = outcome.find(({ kind }) => kind === 'replied' || kind === 'opted-out' || kind === 'bounced');
    over = Math.min(over, end?.at ?? over);
    earlier += 1;
    lastAt = at;
  }
  return events.toSorted((a, b) => a.at - b.at);
}
