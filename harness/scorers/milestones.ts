import type { History } from '../../domain/condition-holds.ts';
import type { WorldCall } from '../../domain/effect.ts';
import { formatDuration } from '../../domain/format.ts';
import { type Progress, progressOf } from '../../domain/milestones.ts';
import type { Note, Score } from '../../domain/score.ts';
import { type Micros, micros } from '../../domain/units.ts';
import { createWorld } from '../world/world.ts';
import type { ScoringPack, TrialRecord } from './scorer.ts';

/** How many milestones were reached, and by what. For partial credit: it never fails a trial. */
export function scoreMilestones(record: TrialRecord, pack: ScoringPack): Score {
  const { milestones } = record.scenario.expect;
  if (milestones.length === 0) {
    return {
      kind: 'unscored',
      scorer: 'milestones',
      axis: 'milestones',
      reason: 'the scenario names no milestones',
    };
  }
  const progress = progressIn(record, pack);
  return {
    kind: 'scored',
    scorer: 'milestones',
    axis: 'milestones',
    pass: true,
    value: progress.filter(({ moment }) => moment !== null).length,
    unit: `of ${milestones.length} reached`,
    findings: [],
    notes: progress.map((one) => noteOf(one, record)),
  };
}

/** The calls that reached a milestone. */
export function callsThatReached(
  record: TrialRecord,
  pack: ScoringPack,
): Pick<WorldCall, 'number' | 'spanId'>[] {
  return progressIn(record, pack).flatMap(({ moment }) => {
    if (moment === null || moment.call === null) return [];
    return [{ number: moment.call, spanId: moment.spanId }];
  });
}

function progressIn(record: TrialRecord, pack: ScoringPack): Progress[] {
  const { milestones } = record.scenario.expect;
  return milestones.length === 0 ? [] : progressOf(milestones, historyOf(record, pack));
}

/** What happened in a trial, for conditions. */
export function historyOf(record: TrialRecord, { services, fixtures }: ScoringPack): History {
  const { scenario, journal, calls, turns, figures } = record;
  const start = startOf(record);
  const untouched = () => createWorld({ spec: scenario.world, services, fixtures, seed: '' });
  return {
    start,
    now: micros(start + figures.virtualDuration),
    calls,
    journal,
    turns,
    row: (table, key) => untouched().row(table, key),
  };
}

function startOf({ scenario }: TrialRecord): Micros {
  return micros(Date.parse(scenario.world.now) * 1000);
}

/** `read: reached after 1.2 s by call 3 contacts.get` */
function noteOf({ milestone, moment, lacking }: Progress, record: TrialRecord): Note {
  const { id } = milestone;
  if (moment === null) {
    const reason = lacking.length > 0 ? `, nor what comes before it: ${lacking.join(', ')}` : '';
    return { message: `${id}: not reached${reason}`, done: false, spanId: null };
  }
  const call = record.calls.find(({ number }) => number === moment.call);
  const by = moment.call === null ? '' : ` by call ${moment.call}${call ? ` ${call.operation}` : ''}`;
  const message = `${id}: reached after ${formatDuration(moment.at - startOf(record))}${by}`;
  return { message, done: true, spanId: moment.spanId };
}
