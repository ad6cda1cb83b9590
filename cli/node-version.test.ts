import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeObstacle } from './node-version.ts';

describe('nodeObstacle', () => {
  it.each(['22.18.0', '22.19.1', '24.0.0', '24.21.0', '26.1.0'])('lets %s pass', (version) => {
    expect(nodeObstacle(version)).toBeNull();
  });

  it.each(['20.20.2', '22.17.1', '23.11.1', '16.0.0'])('stops %s, and says what to do', (version) => {
    expect(nodeObstacle(version)).toMatch(new RegExp(`expected Node 22.18 .*, got ${version}\n.*nodejs.org`));
  });

  it('says what the manifest says', () => {
    const manifest = JSON.parse(readFileSync(`${import.meta.dirname}/../package.json`, 'utf8'));
    expect(manifest.engines.node).toBe('^22.18.0 || >=24');
  });
});
