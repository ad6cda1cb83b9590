import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertReading, AlertRule, type AlertState, STREAK, stepAlert } from './alert.ts';
import { describeAlert } from './alert-metric.ts';

const rule = AlertRule.parse({ name: 'errors', on: 'error-rate', above: 0.1 });
const value = (of: number): AlertReading => ({ kind: 'value', value: of, sample: 50 });
const unknown: AlertReading = { kind: 'unknown', sample: 1, reason: 'too few' };

/** What is told of readings in a row. */
function tell(readings: readonly AlertReading[]) {
  let state: AlertState = { firing: false, streak: 0 };
  return readings.map((reading) => {
    const step = stepAlert(state, reading, rule);
    state = step.state;
    return step.news;
  });
}

describe('stepAlert', () => {
  it('fires once, and resolves once below a lower bound', () => {
    const told = tell([0.2, 0.2, 0.3, 0.09, 0.09, 0.09, 0.07, 0.07, 0.01].map(value));
    expect(told).toEqual([null, 'fired', null, null, null, null, null, 'resolved', null]);
  });

  it('takes no blip for an alert, and what is not known for nothing', () => {
    expect(tell([0.2, 0.1, 0.2, 0.05].map(value))).toEqual([null, null, null, null]);
    expect(tell([value(0.2), unknown, value(0.2), unknown, value(0), unknown, value(0)])).toEqual([
      null,
      null,
      'fired',
      null,
      null,
      null,
      'resolved',
    ]);
  });

  it('fires and resolves in turn, each after readings in a row beyond its bound', () => {
    const reading = fc.oneof(fc.constant(unknown), fc.double({ min: 0, max: 0.2, noNaN: true }).map(value));
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 60 }), (readings) => {
        const told = tell(readings);
        const news = told.filter((one) => one !== null);
        expect(news.every((one, at) => one === (at % 2 === 0 ? 'fired' : 'resolved'))).toBe(true);
        for (const [at, one] of told.entries()) {
          if (one === null) continue;
          const known = readings
            .slice(0, at + 1)
            .flatMap((found) => (found.kind === 'value' ? [found.value] : []));
          const last = known.slice(-STREAK);
          expect(last).toHaveLength(STREAK);
          expect(last.every((found) => (one === 'fired' ? found > 0.1 : found < rule.resolveBelow))).toBe(
            true,
          );
        }
      }),
    );
  });
});

describe('AlertRule', () => {
  it('has defaults by its metric', () => {
    expect(rule).toMatchObject({ minutes: 15, minimum: 20, agent: null, project: 'default' });
    expect(rule.resolveBelow).toBeCloseTo(0.08);
    expect(AlertRule.parse({ name: 'quiet', on: 'silence', above: 1000 }).minutes).toBe(2000);
  });

  it.each([
    [{ on: 'error-rate', above: 5 }, 'above: expected a ratio below 1 for error-rate, got 5'],
    [{ on: 'error-rate', above: 0.1, resolveBelow: 0.2 }, 'resolveBelow: expected at most 0.1'],
    [{ on: 'silence', above: 60, minutes: 30 }, 'minutes: expected more than the 60 minutes of silence'],
    [{ on: 'reply-rate-drop', above: 0.3, agent: 'a' }, 'agent: expected none'],
    [{ on: 'mood', above: 1 }, 'on: Invalid option'],
    [{ on: 'silence', above: 0 }, 'above: Too small'],
    [{ on: 'silence', above: 9, over: 9 }, ': Unrecognized key: "over"'],
  ])('says what is wrong with %j', (part, message) => {
    const issue = AlertRule.safeParse({ name: 'a', ...part }).error?.issues[0];
    expect(`${issue?.path.join('.')}: ${issue?.message}`).toContain(message);
  });

  it('is told in a sentence', () => {
    expect(describeAlert(rule, 'fired', 0.25, 40)).toBe(
      'Firing: errors: traces with errors 25 %, above 10 %, of 40 traces in 15 min',
    );
  });
});
