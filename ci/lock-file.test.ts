import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completeLock, LockFile, missingOptionals } from './lock-file.ts';

describe('the lock file', () => {
  it('has an entry for every optional package, so that npm ci takes it (else: npm run lock)', () => {
    const text = readFileSync(`${import.meta.dirname}/../package-lock.json`, 'utf8');
    expect(missingOptionals(LockFile.parse(JSON.parse(text)))).toEqual([]);
  });

  it('gets the entries that a registry could not give', () => {
    const lock = LockFile.parse({
      lockfileVersion: 3,
      packages: {
        '': { optionalDependencies: { 'tool-linux-arm64-musl': '1.2.3' } },
        'node_modules/tool': { version: '1.2.3', optionalDependencies: { 'tool-win32-x64': '1.2.3' } },
      },
    });
    expect(missingOptionals(lock).map(({ name }) => name)).toEqual([
      'tool-linux-arm64-musl',
      'tool-win32-x64',
    ]);
    const completed = completeLock(lock);
    expect(completed.packages['node_modules/tool-linux-arm64-musl']).toEqual({
      version: '1.2.3',
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
      optional: true,
    });
    expect(missingOptionals(completed)).toEqual([]);
  });

  it('refuses a package whose platform cannot be told', () => {
    const lock = LockFile.parse({ packages: { '': { optionalDependencies: { thing: '1.0.0' } } } });
    expect(() => completeLock(lock)).toThrow(/platform in the name/);
  });
});
