import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fault } from '../domain/fault.ts';
import { WorldSpec } from '../domain/world-spec.ts';
import { createWorld, crm, mail, type World } from '../harness/index.ts';
import { codeSpans, fencedBlocks } from './markdown.ts';

/** docs/reference/faults.md: every example is run, and has to come out as it stands there. */
const page = readFileSync(resolve(import.meta.dirname, '../docs/reference/faults.md'), 'utf8');
const [place = '', ...plans] = fencedBlocks(page, 'json');
const transcripts = fencedBlocks(page, 'text');
const spec = WorldSpec.parse(JSON.parse(place));

/** Asks what the lines that begin with `>` ask, and writes below each what came of it. */
async function transcript(faults: Fault[], lines: readonly string[]): Promise<string> {
  const world = createWorld({ spec: { ...spec, faults }, services: [crm, mail], fixtures: {}, seed: 'page' });
  const told = [];
  for (const line of lines) {
    if (!line.startsWith('> ')) continue;
    const [calls, writes] = [world.calls.length, world.journal.length];
    told.push(line, await ask(world, line));
    for (const made of world.calls.slice(calls)) {
      const notes = [
        made.fault && `fault ${made.fault}`,
        made.redeliveryOf && `redelivery of call ${made.redeliveryOf}`,
        made.replayOf && `replay of call ${made.replayOf}`,
      ].filter(Boolean);
      told.push(`  call ${made.number}: ${[`${made.operation} ${made.status}`, ...notes].join(', ')}`);
    }
    for (const { operation, table, key, call } of world.journal.slice(writes)) {
      told.push(`  journal: ${operation} ${table} ${key} by call ${call.number}`);
    }
  }
  return told.join('\n');
}

/** `> POST mail /messages {"to":"lee@acme.test"} key k1` */
async function ask(world: World, line: string): Promise<string> {
  const [, method, service = '', path, body, key] =
    /^> (\w+) (\w+) (\S+)(?: (\{.*\}))?(?: key (\w+))?$/.exec(line) ?? [];
  const url = `${world.environment[`${service.toUpperCase()}_URL`]}${path}`;
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  const init = { ...(method && { method }), headers, ...(body && { body }) };
  const started = world.now;
  const response = await world.handle(new Request(url, init));
  const seconds = (world.now - started) / 1e6;
  return `after ${seconds} s: ${response.status} ${await response.text()}`;
}

describe('docs/reference/faults.md', () => {
  it('has an example of every kind of fault', () => {
    const kinds = Fault.shape.fault.options.map(({ shape }) => shape.kind.value);
    const planned = plans.flatMap((plan) => [JSON.parse(plan)].flat()).map(({ fault }) => fault.kind);
    expect(kinds.filter((kind) => !planned.includes(kind))).toEqual([]);
    expect(kinds.filter((kind) => !codeSpans(page).includes(kind))).toEqual([]);
    expect(plans).toHaveLength(transcripts.length);
  });

  it.each(plans.map((plan, index) => [plan, transcripts[index] ?? '']))('%s', async (plan, told) => {
    const faults = [JSON.parse(plan)].flat().map((fault) => Fault.parse(fault));
    expect(await transcript(faults, told.split('\n'))).toBe(told.trimEnd());
  });
});
