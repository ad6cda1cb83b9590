import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../../domain/run.ts';
import {
  choiceOf,
  comparePath,
  optionsOf,
  packsOf,
  runBefore,
  runsOf,
  settingsOf,
} from './compare-choice.ts';

const run = (id: string, about: { [name in keyof RunSummary]?: unknown } = {}) =>
  ({
    ...{ id, pack: 'sdr', agent: 'alice', agentVersion: '1', model: 'm', replayed: false, start: 0, end: 1 },
    ...about,
  }) as unknown as RunSummary;

const runs = [
  run('d', { start: 4, agentVersion: '2' }),
  run('c', { start: 3, pack: 'voice' }),
  run('r', { start: 3, replayed: true, agentVersion: '9' }),
  run('b', { start: 2 }),
  run('a', { start: 1 }),
];

describe('the address of a comparison', () => {
  it.each([
    '/compare',
    '/compare?baseline=a&candidate=b',
    '/compare?by=version&pack=sdr&baseline=alice+1&candidate=alice+2',
  ])('%s is read and written alike', (path) => {
    const [, search = ''] = path.split('?');
    expect(comparePath(choiceOf(new URLSearchParams(search)))).toBe(path);
  });
});

describe('the sides', () => {
  const version = choiceOf(new URLSearchParams('by=version&pack=sdr'));

  it('offers runs, or what they have in common, and no replays', () => {
    expect(optionsOf(choiceOf(new URLSearchParams()), runs)).toEqual(['d', 'c', 'b', 'a']);
    expect(optionsOf(version, runs)).toEqual(['alice 2', 'alice 1']);
    expect(packsOf(runs)).toEqual(['sdr', 'voice']);
  });

  it('are all runs of a version on the pack, or the runs that are named', () => {
    expect(runsOf(version, 'alice 1', runs)).toEqual(['b', 'a']);
    expect(runsOf(version, 'alice 7', runs)).toEqual([]);
    expect(runsOf(choiceOf(new URLSearchParams()), 'x,y', [])).toEqual(['x', 'y']);
    expect(runsOf(version, null, runs)).toEqual([]);
  });
});

describe('the run before', () => {
  it('is the newest earlier one of the same agent, model and pack that has ended', () => {
    expect(runBefore(run('d', { start: 4 }), runs)?.id).toBe('b');
    expect(runBefore(run('d', { start: 4 }), [run('z', { start: 3, end: null })])).toBeNull();
    expect(runBefore(run('a', { start: 1 }), runs)).toBeNull();
  });
});

describe('the settings of one command', () => {
  it('are in the order of agents, of their numbers of tools, and of models', () => {
    const group = { group: 'g' };
    const played = [
      run('1', { ...group, agent: 'alice, 20 tools' }),
      run('2', { ...group, agent: 'alice, 5 tools', model: 'n' }),
      run('3', { ...group, agent: 'alice, 5 tools' }),
      run('4', { group: 'h' }),
    ];
    expect(settingsOf('g', played).map(({ id }) => id)).toEqual(['3', '2', '1']);
  });
});
