import type { Condition } from '../../domain/condition.ts';
import type { Expectations, Milestone } from '../../domain/expectations.ts';
import type { ExpectedEffect, ForbiddenEffect } from '../../domain/expected-effect.ts';
import { parseIsoTime } from '../../domain/iso-time.ts';
import type { Matcher } from '../../domain/matcher.ts';
import { milestoneCycle } from '../../domain/milestones.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { User } from '../../domain/user.ts';

/** What has the right shape and still can never work: the path of the field, what is wrong, and what to do. */
export type Slip = { path: PropertyKey[]; message: string; cure: string };

/** All slips of a scenario that can be seen without its pack. */
export function findSlips({ expect, user, world }: Scenario): Slip[] {
  return [
    ...abstentionSlips(expect),
    ...expect.effects.flatMap((effect, index) => effectSlips(effect, ['expect', 'effects', index])),
    ...expect.anyOf.flatMap((end, index) =>
      end.effects.flatMap((effect, place) =>
        effectSlips(effect, ['expect', 'anyOf', index, 'effects', place]),
      ),
    ),
    ...expect.forbid.flatMap((effect, index) => effectSlips(effect, ['expect', 'forbid', index])),
    ...world.injections.flatMap(({ goal }, index) =>
      goal.flatMap((effect, place) => effectSlips(effect, ['world', 'injections', index, 'goal', place])),
    ),
    ...milestoneSlips(expect.milestones),
    ...userSlips(user),
  ];
}

/** Doing nothing is right, or something is due: never both. */
function abstentionSlips({ abstain, effects, anyOf }: Expectations): Slip[] {
  const none = (path: PropertyKey[], beside: string) => ({
    path,
    message: `expected none beside ${beside}: doing nothing is what is due`,
    cure: 'Take the abstention away, or the effects; what may end in either way goes into ends of expect.anyOf.',
  });
  if (abstain !== null) {
    return [
      ...(effects.length > 0 ? [none(['expect', 'effects'], `abstain "${abstain}"`)] : []),
      ...(anyOf.length > 0 ? [none(['expect', 'anyOf'], `abstain "${abstain}"`)] : []),
    ];
  }
  return anyOf.flatMap((end, index) => {
    if (end.abstain === null) return [];
    const beside = `abstain "${end.abstain}" of the end "${end.title}"`;
    return [
      ...(end.effects.length > 0 ? [none(['expect', 'anyOf', index, 'effects'], beside)] : []),
      ...(effects.length > 0 ? [none(['expect', 'effects'], beside)] : []),
    ];
  });
}

function milestoneSlips(milestones: readonly Milestone[]): Slip[] {
  const ids = milestones.map(({ id }) => id);
  const at = (index: number, ...path: PropertyKey[]) => ['expect', 'milestones', index, ...path];
  const cycle = milestoneCycle(milestones);
  return [
    ...milestones.flatMap(({ id, after, when }, index) => [
      ...(ids.indexOf(id) < index
        ? [
            {
              path: at(index, 'id'),
              message: `expected each id once, got "${id}" twice`,
              cure: 'Give it another id.',
            },
          ]
        : []),
      ...after.flatMap((before, place) =>
        ids.includes(before)
          ? []
          : [
              {
                path: at(index, 'after', place),
                message: `expected a milestone of this scenario (${ids.join(', ')}), got "${before}"`,
                cure: 'Name one of these milestones, or leave it out.',
              },
            ],
      ),
      ...conditionSlips(when, at(index, 'when')),
    ]),
    ...(cycle
      ? [
          {
            path: at(ids.indexOf(cycle[0] ?? ''), 'after'),
            message: `expected milestones that come after one another, got a circle: ${cycle.join(' after ')}`,
            cure: 'Take one of them out of "after".',
          },
        ]
      : []),
  ];
}

function userSlips(user: User): Slip[] {
  if (user.kind === 'script') {
    const until = user.until ? conditionSlips(user.until, ['user', 'until']) : [];
    return [
      ...user.turns.flatMap(({ when }, index) => conditionSlips(when, ['user', 'turns', index, 'when'])),
      ...until,
    ];
  }
  if (user.kind !== 'machine') return [];
  return Object.entries(user.states).flatMap(([name, { rules }]) =>
    rules.flatMap(({ when }, index) =>
      conditionSlips(when, ['user', 'states', name, 'rules', index, 'when']),
    ),
  );
}

function conditionSlips(condition: Condition, path: PropertyKey[]): Slip[] {
  switch (condition.on) {
    case 'said':
    case 'asks': {
      const message = patternProblem(condition.pattern ?? '');
      return message ? [{ path: [...path, 'pattern'], message, cure: PATTERN_CURE }] : [];
    }
    case 'call':
      return matcherSlips(condition.request, [...path, 'request']);
    case 'effect':
      return effectSlips(condition.effect, [...path, 'effect']);
    case 'row':
      return matcherSlips(condition.columns, [...path, 'columns']);
    default:
      return [];
  }
}

function effectSlips(effect: ExpectedEffect | ForbiddenEffect, path: PropertyKey[]): Slip[] {
  const key = 'key' in effect && effect.key ? matcherSlips({ key: effect.key }, path) : [];
  return [...key, ...matcherSlips(effect.columns, [...path, 'columns'])];
}

function matcherSlips(matchers: Readonly<Record<string, Matcher>>, path: PropertyKey[]): Slip[] {
  return Object.entries(matchers).flatMap(([name, matcher]) => {
    const message = matcherProblem(matcher);
    const cure = matcher.is === 'within' ? 'Write it as 2026-03-02T09:00:00Z.' : PATTERN_CURE;
    return message ? [{ path: [...path, name], message, cure }] : [];
  });
}

const PATTERN_CURE = 'Write a regular expression of JavaScript; a backslash is two in JSON.';

function matcherProblem(matcher: Matcher): string | null {
  if (matcher.is === 'within' && parseIsoTime(matcher.time) === null) {
    return `expected an ISO 8601 time, got "${matcher.time}"`;
  }
  return matcher.is === 'pattern' ? patternProblem(matcher.source) : null;
}

function patternProblem(source: string): string | null {
  try {
    new RegExp(source, 'iu');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
