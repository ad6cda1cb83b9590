import type { Json } from '../../domain/json.ts';
import { WorldSpec } from '../../domain/world-spec.ts';
import { notes, post, twoNotes } from './example-services.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

/** A small world and a way to call it, for the tests of the engine. */

export const ITEMS = 'http://notes.rehearse.test/items';
export const LETTERS = 'http://post.rehearse.test/letters';

export function exampleWorld(
  spec: Partial<Omit<WorldSpec, 'grants'>> & { grants?: unknown } = {},
  options: Partial<WorldOptions> = {},
): World {
  return createWorld({
    spec: WorldSpec.parse({
      now: '2026-03-02T09:00:00Z',
      services: ['notes', 'post'],
      fixtures: ['two'],
      ...spec,
    }),
    services: [notes, post],
    fixtures: { two: twoNotes },
    seed: 'a seed',
    ...options,
  });
}

export async function call(target: World, method: string, url: string, body?: Json, headers = {}) {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await target.handle(new Request(url, { method, headers, ...init }));
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

/** `null` for what is no JSON. */
function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
