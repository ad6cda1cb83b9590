import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../gate-policy.ts';
import { HOSTILE, sampleReport } from './sample-report.ts';
import { VerdictFile, verdictFile, verdictSchema } from './verdict-file.ts';

const schemaFile = resolve(import.meta.dirname, '../../docs/reference/verdict.schema.json');

describe('verdict.json', () => {
  it('holds the verdict with its evidence, the policy, and the trials that did not pass', () => {
    const file = JSON.parse(JSON.stringify(verdictFile(sampleReport(), DEFAULT_POLICY, 1)));
    expect(VerdictFile.parse(file)).toEqual(file);
    expect(file).toMatchObject({
      version: 1,
      exitCode: 1,
      verdict: { kind: 'fail', evidence: { firstLook: 3 } },
    });
    expect(file.troubled).toHaveLength(9);
    const first = file.troubled.find(
      ({ scenarioId }: { scenarioId: string }) => scenarioId === 'sdr/opt-out',
    );
    expect(first).toMatchObject({
      outcome: { explanation: HOSTILE },
      url: expect.stringMatching(/^https:\/\/rehearse\.example\/trials\//),
    });
  });

  it('has no exit code of an error', () => {
    expect(() => verdictFile(sampleReport(), DEFAULT_POLICY, 2)).toThrow();
  });

  it('is as the published schema says (npm run schema writes it anew)', () => {
    expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(verdictSchema());
  });
});
