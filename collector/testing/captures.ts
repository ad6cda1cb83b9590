import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Encoding } from '../otlp/encoding.ts';
import { SIGNALS, type Signal } from '../otlp/signal.ts';

/** Requests as real clients sent them, with facts about them; they lie beside the repository. */
const CAPTURES = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'otlp-captures');

export const capturesPresent = existsSync(join(CAPTURES, 'facts.json'));

const facts = z.record(
  z.string(),
  z.object({
    spans: z.int(),
    traces: z.int(),
    roots: z.int(),
    statusError: z.int(),
    otherErrorSignal: z.int(),
  }),
);

export type Capture = {
  name: string;
  facts: z.output<typeof facts>[string];
  body: Buffer;
  contentType: string;
};

/** The trace request of every capture. */
export function readCaptures(): Capture[] {
  if (!capturesPresent) return [];
  const known = facts.parse(JSON.parse(readFileSync(join(CAPTURES, 'facts.json'), 'utf8')));
  return Object.entries(known).map(([name, about]) => {
    const directory = join(CAPTURES, name);
    const file = readdirSync(directory).find((entry) => /-traces\.(pb|json)$/.test(entry)) ?? '';
    return {
      name,
      facts: about,
      body: readFileSync(join(directory, file)),
      contentType: file.endsWith('.pb') ? 'application/x-protobuf' : 'application/json',
    };
  });
}

/** Every request of every capture, of any signal. */
export function readAllCaptures(): { signal: Signal; encoding: Encoding; body: Buffer }[] {
  return globSync('*/*-{traces,logs,metrics}.{pb,json}', { cwd: CAPTURES }).flatMap((file) => {
    const signal = SIGNALS.find((name) => file.includes(`-${name}.`));
    const encoding = file.endsWith('.pb') ? ('protobuf' as const) : ('json' as const);
    return signal === undefined ? [] : [{ signal, encoding, body: readFileSync(join(CAPTURES, file)) }];
  });
}
