import { describe, expect, it } from 'vitest';
import { type Entry, found, idOf } from './entries.ts';

const entry = (kind: string, label: string, detail = ''): Entry => ({
  id: `${kind} ${label}`,
  kind,
  label,
  detail,
  act: () => {},
});
const entries = [
  entry('do', 'Go to runs'),
  entry('run', 'sdr, alice-react', 'sdr-2026-11-22'),
  entry('agent', 'Alice'),
  entry('scenario', 'A lead asks for alice', 'sdr/named'),
];
const labels = (text: string) => found(entries, text).map(({ label }) => label);

describe('found', () => {
  it('is everything as long as nothing is typed', () => {
    expect(labels('  ')).toEqual(entries.map(({ label }) => label));
  });

  it('holds every word, whatever its case and place, and puts what begins so first', () => {
    expect(labels('ALICE')).toEqual(['Alice', 'sdr, alice-react', 'A lead asks for alice']);
    expect(labels('alice sdr')).toEqual(['sdr, alice-react', 'A lead asks for alice']);
    expect(labels('run 11-22')).toEqual(['sdr, alice-react']);
    expect(labels('nothing')).toEqual([]);
  });
});

describe('idOf', () => {
  it('knows the ids of traces and trials, as they are pasted', () => {
    expect(idOf(` ${'AB'.repeat(16)} `)).toEqual({ kind: 'trace', id: 'ab'.repeat(16) });
    expect(idOf('0'.repeat(24))).toEqual({ kind: 'trial', id: '0'.repeat(24) });
    expect(idOf('ab'.repeat(15))).toBeNull();
  });
});
