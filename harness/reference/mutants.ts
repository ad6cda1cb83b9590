import { parseIsoTime } from '../../domain/iso-time.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { ReferenceStep } from '../../domain/reference.ts';
import type { ReferenceCall } from './step-request.ts';

/** What is done to a reference: the first three make it wrong, the last two leave it right. */
export const MUTATIONS = ['drop', 'double', 'alter', 'reorder', 'read'] as const;
export type Mutation = (typeof MUTATIONS)[number];

/** A reference with one thing done to it. */
export type Mutant = {
  kind: Mutation;
  /** `alter step 3 mail messages.send at body.to` */
  name: string;
  /** The step it was done to, from 0. */
  place: number;
  steps: readonly ReferenceStep[];
};

/**
 * Every way to leave out, repeat, alter in one value, or swap with the next, a single write, and to read before it.
 *
 * @param writes places of the steps that write
 * @param reads steps that only read
 */
export function mutantsOf(
  steps: readonly ReferenceStep[],
  writes: readonly number[],
  reads: readonly ReferenceStep[],
): Mutant[] {
  return writes.flatMap((place, number): Mutant[] => {
    const step = steps[place];
    if (!step || !('call' in step)) return [];
    const at = (kind: Mutation, put: readonly ReferenceStep[], where = ''): Mutant => ({
      kind,
      name: `${kind} step ${place + 1} ${step.call.service} ${step.call.operation}${where}`,
      place,
      steps: steps.toSpliced(place, 1, ...put),
    });
    const altered = (['params', 'query', 'body'] as const).flatMap((part) =>
      alterations(step.call[part], part).map(({ path, value }) =>
        at('alter', [{ call: { ...step.call, [part]: value } }], ` at ${path}`),
      ),
    );
    return [
      at('drop', []),
      at('double', [step, withoutKey(step.call)]),
      ...altered,
      ...swapped(steps, place, writes[number + 1]),
      ...(reads.length > 0 ? [at('read', [...reads, step])] : []),
    ];
  });
}

/** Under its idempotency key a call that is made again is not done again. */
function withoutKey({ idempotencyKey, ...call }: ReferenceCall): ReferenceStep {
  return { call };
}

function swapped(steps: readonly ReferenceStep[], place: number, next: number | undefined): Mutant[] {
  const [step, other] = [steps[place], steps[next ?? -1]];
  if (!step || !other || next === undefined) return [];
  return [
    {
      kind: 'reorder',
      name: `reorder steps ${place + 1} and ${next + 1}`,
      place,
      steps: steps.with(place, other).with(next, step),
    },
  ];
}

/** The value with one of its leaves changed to another of its kind, or with a list cut by its last item. */
function alterations(value: Json, path: string): { path: string; value: Json }[] {
  if (typeof value === 'number') return [{ path, value: value + 1 }];
  if (typeof value === 'boolean') return [{ path, value: !value }];
  if (typeof value === 'string') return value === '' ? [] : [{ path, value: anotherText(value) }];
  if (Array.isArray(value)) {
    const shorter = value.length > 1 ? [{ path: `${path}[-1]`, value: value.slice(0, -1) }] : [];
    const inside = value.flatMap((item, place) =>
      alterations(item, `${path}[${place}]`).map((altered) => ({
        ...altered,
        value: value.with(place, altered.value),
      })),
    );
    return [...shorter, ...inside];
  }
  return value === null ? [] : memberAlterations(value, path);
}

function memberAlterations(value: JsonObject, path: string): { path: string; value: Json }[] {
  return Object.entries(value).flatMap(([name, item]) =>
    alterations(item, `${path}.${name}`).map((altered) => ({
      ...altered,
      value: { ...value, [name]: altered.value },
    })),
  );
}

/** A time a day later; of any other text each letter and digit is the next one, so that it keeps its shape. */
function anotherText(text: string): string {
  const time = parseIsoTime(text);
  if (time !== null) return new Date(time + 86_400_000).toISOString();
  return text.replace(/[a-z0-9]/gi, (character) => {
    if (character === 'z' || character === 'Z') return character === 'z' ? 'a' : 'A';
    return character === '9' ? '0' : String.fromCharCode(character.charCodeAt(0) + 1);
  });
}
