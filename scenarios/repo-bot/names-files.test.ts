import { describe, expect, it } from 'vitest';
import { ReferenceStep } from '../../domain/reference.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { call, playSteps, scoreTrial } from '../../harness/index.ts';
import { namedFiles, precisionAt, recallAt } from './names-files.ts';
import { repoBot } from './pack.ts';

// Its files are dist/helper/cookie/index.js and dist/utils/cookie.js.
const scenario = repoBot.scenarios.find(
  ({ id }) => id === 'repo-bot/feature/signed-cookie-rotation',
) as Scenario;
const [HELPER, UTILS] = ['dist/helper/cookie/index.js', 'dist/utils/cookie.js'];

/** What is said of a comment with this list. */
async function judged(paths: readonly string[]) {
  const body = paths.map((path, place) => `${place + 1}. \`${path}\``).join('\n');
  const params = { owner: 'honojs', repo: 'hono', number: '112' };
  const step = ReferenceStep.parse(call('code-host', 'comments.add', { params, body: { body } }));
  const { record } = await playSteps([step], scenario, repoBot);
  const checks = scoreTrial(record, repoBot).scores.find(({ scorer }) => scorer === 'checks');
  if (checks?.kind !== 'scored') throw new Error('expected the checks to be scored');
  return {
    named: namedFiles(record, 'honojs/hono#112'),
    findings: checks.findings.map(({ message }) => message),
    notes: checks.notes?.map(({ message }) => message),
  };
}

describe('recall and precision at k', () => {
  it('count the true files among the first k', () => {
    const named = ['a', 'x', 'b', 'y'];
    expect(recallAt(1, named, ['a', 'b'])).toBe(0.5);
    expect(recallAt(3, named, ['a', 'b'])).toBe(1);
    expect(precisionAt(3, named, ['a', 'b'])).toBeCloseTo(2 / 3);
    expect(precisionAt(10, named, ['a', 'b'])).toBe(0.5);
    expect(precisionAt(10, [], ['a'])).toBe(0);
  });
});

describe('the check of the files that a comment names', () => {
  it('passes what helps, and tells recall and precision', async () => {
    expect(await judged([UTILS, 'src/x.js', HELPER])).toEqual({
      named: [UTILS, 'src/x.js', HELPER],
      findings: [],
      notes: ['at 5: recall 100 % (2 of 2), precision 67 %', 'at 10: recall 100 % (2 of 2), precision 67 %'],
    });
    expect((await judged([UTILS])).notes?.[0]).toBe('at 5: recall 50 % (1 of 2), precision 100 %');
  });

  it('fails what misses, what comes late, and what names everything', async () => {
    expect((await judged(['src/x.js'])).findings).toEqual([
      'names-files: recall at 10 is 0 %, expected 50 %',
      'names-files: none of the first 5 files is one that the change touches',
    ]);
    const others = Array.from({ length: 10 }, (_, place) => `src/${place}.js`);
    expect((await judged([...others.slice(0, 5), UTILS])).findings).toEqual([
      'names-files: none of the first 5 files is one that the change touches',
    ]);
    expect((await judged([UTILS, HELPER, ...others])).findings).toEqual([
      'names-files: 12 files are named, expected 10 at most',
    ]);
  });
});
