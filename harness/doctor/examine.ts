import { canonicalJson } from '../../domain/canonical-json.ts';
import { AppError } from '../../domain/errors.ts';
import { Json } from '../../domain/json.ts';
import { progressOf } from '../../domain/milestones.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { ReferenceStep } from '../../domain/reference.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { type JudgedMutant, judgeMutants } from '../reference/judge-mutants.ts';
import { playSteps } from '../reference/play-steps.ts';
import { historyOf } from '../scorers/milestones.ts';
import { scoreTrial } from '../scorers/score-trial.ts';
import type { ScoringPack } from '../scorers/scorer.ts';
import { createWorld } from '../world/world.ts';
import type { Complaint } from './complaint.ts';
import { expectationMutants } from './expectation-mutants.ts';
import { impossibleExpectations } from './impossible.ts';
import { nameComplaints } from './name-complaints.ts';

/** What is looked at, in this order. */
export const EXAMINATIONS = [
  'form',
  'reference',
  'violations',
  'no-op',
  'mutants',
  'effects',
  'faults',
  'slots',
  'repeat',
] as const;
export type ExaminationName = (typeof EXAMINATIONS)[number];

/** How many things were looked at and how many were as they should be; `free`: that decide nothing. */
export type Tally = { good: number; all: number; free: number };

/** A scenario after its examination; what could not be looked at is left out. */
export type Examined = {
  id: string;
  tallies: Partial<Record<ExaminationName, Tally>>;
  complaints: Complaint[];
};

type Found = Tally & { complaints: readonly Complaint[] };

/**
 * Tests a scenario without any model: what it names exists, what it expects can happen, its reference passes and each of
 * its violations fails as it says, an agent that does nothing passes only where that is declared, wrong references and
 * altered expectations are caught, every fault and every slot is met, and two runs give the same journal.
 */
export async function examine(scenario: Scenario, pack: ScoringPack): Promise<Examined> {
  const examined: Examined = { id: scenario.id, tallies: {}, complaints: [] };
  const note = (name: ExaminationName, { complaints, good, all, free }: Found) => {
    if (all > 0) examined.tallies[name] = { good, all, free };
    examined.complaints.push(...complaints);
  };
  const form = formComplaints(scenario, pack);
  note('form', { good: form.length === 0 ? 1 : 0, all: 1, free: 0, complaints: form });
  if (form.length > 0) return examined;
  note('no-op', await examineNoOp(scenario, pack));
  if (!scenario.reference) return examined;
  const reference = await examineReference(scenario, pack);
  note('reference', reference);
  note('violations', await examineViolations(scenario, pack));
  if (reference.complaints.length === 0) {
    note('mutants', await examineMutants(scenario, pack));
    note('effects', await examineEffects(scenario, pack));
  }
  note('faults', await examineFaults(scenario, pack));
  note('slots', await examineSlots(scenario, pack));
  note('repeat', await examineRepeat(scenario, pack));
  return examined;
}

function formComplaints(scenario: Scenario, pack: ScoringPack): Complaint[] {
  const names = nameComplaints(scenario, pack);
  if (names.length > 0) return names;
  try {
    const { services, fixtures } = pack;
    const world = createWorld({ spec: scenario.world, services, fixtures, seed: '' });
    return impossibleExpectations(scenario, world, services);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ path: ['world'], message: error.message, cure: error.hint }];
  }
}

async function outcomeOf(steps: readonly ReferenceStep[], scenario: Scenario, pack: ScoringPack) {
  const { record, defect } = await playSteps(steps, scenario, pack);
  const outcome = scoreTrial(record, pack).outcome;
  return { record, outcome: defect === null ? outcome : broken(defect) };
}

function broken(explanation: string): Outcome {
  return { kind: 'void', cause: 'infrastructure', explanation };
}

/** `fails as missed: expected ...`, `passes`, `is void: ...` */
function describe(outcome: Outcome): string {
  if (outcome.kind === 'passed') return 'passes';
  return outcome.kind === 'void'
    ? `is void: ${outcome.explanation}`
    : `fails as ${outcome.failure}: ${outcome.explanation}`;
}

/** One thing that was looked at: what is wrong with it, or nothing. */
function found(complaints: readonly (Complaint | null)[], free = 0): Found {
  const bad = complaints.filter((complaint) => complaint !== null);
  return { good: complaints.length - bad.length, all: complaints.length, free, complaints: bad };
}

async function examineReference(scenario: Scenario, pack: ScoringPack): Promise<Found> {
  const steps = scenario.reference?.steps ?? [];
  const { record, outcome } = await outcomeOf(steps, scenario, pack);
  const path = ['reference', 'steps'];
  if (outcome.kind !== 'passed') {
    const over = outcome.kind === 'failed' && outcome.failure === 'over-budget';
    const cure = over
      ? 'Raise the budget in expect.budgets, or do it with less.'
      : 'Correct the steps, or what is expected of them.';
    const at = over ? ['expect', 'budgets'] : path;
    return found([{ path: at, message: `expected the reference to pass; it ${describe(outcome)}`, cure }]);
  }
  const { toolCalls } = scenario.limits;
  if (record.calls.length > toolCalls) {
    const message = `expected a limit that the reference keeps, it needs ${record.calls.length} calls, got ${toolCalls}`;
    return found([{ path: ['limits', 'toolCalls'], message, cure: 'Raise the limit.' }]);
  }
  const { milestones } = scenario.expect;
  const unreached = progressOf(milestones, historyOf(record, pack)).filter(({ moment }) => moment === null);
  return found([
    ...unreached.map(({ milestone }) => ({
      path: ['expect', 'milestones', milestones.indexOf(milestone)],
      message: `expected the reference to reach the milestone "${milestone.id}", which it does not`,
      cure: 'Correct its condition or what it comes after, or let the reference reach it.',
    })),
    ...(unreached.length === 0 ? [null] : []),
  ]);
}

async function examineViolations(scenario: Scenario, pack: ScoringPack): Promise<Found> {
  const violations = scenario.reference?.violations ?? [];
  return found(
    await Promise.all(
      violations.map(async ({ title, steps, failure }, index): Promise<Complaint | null> => {
        const { outcome } = await outcomeOf(steps, scenario, pack);
        if (outcome.kind === 'failed' && outcome.failure === failure) return null;
        return {
          path: ['reference', 'violations', index],
          message: `expected "${title}" to fail as ${failure}; it ${describe(outcome)}`,
          cure:
            outcome.kind === 'passed'
              ? 'Expect or forbid what tells this from doing it right.'
              : 'Correct its steps, or the failure that it names.',
        };
      }),
    ),
  );
}

/** Doing nothing is right only where that is declared; what has to be said is not said by who does nothing. */
async function examineNoOp(scenario: Scenario, pack: ScoringPack): Promise<Found> {
  const { abstain, anyOf, facts } = scenario.expect;
  const mayRest = [abstain, ...anyOf.map((end) => end.abstain)].includes('no-write');
  const { outcome } = await outcomeOf([], scenario, pack);
  if (outcome.kind === 'passed' && !mayRest) {
    return found([
      {
        path: ['expect'],
        message: 'expected something of the agent; one that does nothing passes',
        cure: 'Name the effects that are due, or declare with "abstain": "no-write" that none is.',
      },
    ]);
  }
  if (outcome.kind === 'passed' || !mayRest || facts.length > 0 || outcome.kind === 'void')
    return found([null]);
  return found([
    {
      path: ['expect', 'abstain'],
      message: `expected an agent that does nothing to pass, as abstain declares; it ${describe(outcome)}`,
      cure: 'Take away what it cannot meet, or the abstention.',
    },
  ]);
}

async function examineMutants(scenario: Scenario, pack: ScoringPack): Promise<Found> {
  const judged = await judgeMutants(scenario, pack);
  const free = judged.filter(({ verdict }) => verdict === 'equivalent').length;
  return found(
    judged
      .filter(({ verdict }) => verdict !== 'equivalent')
      .map((mutant) => (mutant.verdict === 'right' ? null : mutantComplaint(mutant))),
    free,
  );
}

function mutantComplaint({ kind, name, place, outcome }: JudgedMutant): Complaint {
  const path = ['reference', 'steps', place];
  if (kind === 'reorder' || kind === 'read') {
    const message = `expected the reference to pass still after "${name}"; it ${describe(outcome)}`;
    return { path, message, cure: 'Bind only what has to be so, whatever the order and the reads.' };
  }
  const message = `expected the reference to fail after "${name}"; it ${describe(outcome)}`;
  return {
    path,
    message,
    cure: 'Bind in expect.effects what this changes; look at its matchers and at expect.allow.',
  };
}

async function examineEffects(scenario: Scenario, pack: ScoringPack): Promise<Found> {
  const steps = scenario.reference?.steps ?? [];
  const { record } = await playSteps(steps, scenario, pack);
  return found(
    expectationMutants(scenario.expect, record).map(({ path, what, expect }): Complaint | null => {
      const altered = { ...record, scenario: { ...scenario, expect } };
      if (scoreTrial(altered, pack).outcome.kind !== 'passed') return null;
      return {
        path,
        message: `expected the reference to fail ${what}; it passes`,
        cure: 'Take the table out of expect.allow, or leave this out of what is expected: as it is, it decides nothing.',
      };
    }),
  );
}

/** The references and the violations, as one set of plays. */
function scriptsOf({ reference }: Scenario): (readonly ReferenceStep[])[] {
  return [reference?.steps ?? [], ...(reference?.violations ?? []).map(({ steps }) => steps)];
}

async function examineFaults(scenario: Scenario, pack: ScoringPack): Promise<Found> {
  const plays = await Promise.all(scriptsOf(scenario).map((steps) => playSteps(steps, scenario, pack)));
  const calls = plays.flatMap(({ record }) => record.calls);
  return found(
    scenario.world.faults.map(({ service, operation, fault }, index): Complaint | null => {
      const isMet = calls.some(
        (call) =>
          call.service === service &&
          call.operation === operation &&
          call.fault?.split('+').includes(fault.kind),
      );
      if (isMet) return null;
      return {
        path: ['world', 'faults', index],
        message: `expected the reference or a violation to meet the fault ${fault.kind} of ${service} ${operation}; none does`,
        cure: 'Correct its operation, its call or its time, or call it in the reference.',
      };
    }),
  );
}

async function examineSlots(scenario: Scenario, pack: ScoringPack): Promise<Found> {
  const { injections } = scenario.world;
  if (injections.length === 0) return found([]);
  const plays = await Promise.all(
    scriptsOf(scenario).map((steps) => playSteps(steps, scenario, pack, { canaries: true })),
  );
  const seen = new Set(plays.flatMap(({ seenCanaries }) => seenCanaries));
  return found(
    injections.map(({ slot }, index) =>
      seen.has(slot)
        ? null
        : {
            path: ['world', 'injections', index],
            message: `expected an answer to carry the slot "${slot}"; none of the reference and the violations does`,
            cure: 'Let the reference read the row that holds it, or put it where the agent has to look.',
          },
    ),
  );
}

async function examineRepeat(scenario: Scenario, pack: ScoringPack): Promise<Found> {
  const print = async () => {
    const { record } = await playSteps(scenario.reference?.steps ?? [], scenario, pack);
    return canonicalJson(Json.parse(JSON.parse(JSON.stringify([record.journal, record.calls]))));
  };
  const [once, again] = [await print(), await print()];
  return found([
    once === again
      ? null
      : {
          path: ['reference', 'steps'],
          message: 'expected the same journal of the same steps; two runs differ',
          cure: 'Look for a service of the pack that draws or tells the time by itself instead of by its context.',
        },
  ]);
}
