import { describe, expect, it } from 'vitest';
import { listedScenarios, listingOf } from './list.ts';
import { allPacks } from './packs.ts';

describe('rehearse list', async () => {
  const packs = await allPacks();
  const listed = packs.flatMap(listedScenarios);

  it('has every scenario of every pack once, with its cluster', () => {
    expect(listed).toHaveLength(packs.reduce((sum, { scenarios }) => sum + scenarios.length, 0));
    expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
    expect(listed.find(({ id }) => id === 'sdr/first-touch')).toMatchObject({
      pack: 'sdr',
      tags: ['outreach'],
      abstain: null,
    });
  });

  it('prints a line each, and how many there are', () => {
    const lines = listingOf(listed).split('\n');
    for (const { id } of listed) expect(lines.filter((line) => line.startsWith(`${id} `))).toHaveLength(1);
    expect(lines[0]).toMatch(/^\S+: \d+ scenarios in \d+ clusters; in \d+ doing nothing/);
  });
});
