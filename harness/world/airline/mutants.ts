import type { Json, JsonObject } from '../../../domain/json.ts';
import { isObject } from './python-operations.ts';
import type { Action } from './reference.ts';

export type MutationKind = 'drop' | 'double' | 'alter' | 'reorder' | 'read';
export type Mutant = { kind: MutationKind; name: string; actions: Action[] };

const WRITES: readonly string[] = [
  'book_reservation',
  'cancel_reservation',
  'send_certificate',
  'update_reservation_baggages',
  'update_reservation_flights',
  'update_reservation_passengers',
];

/** What an agent looks up on the way: none of it may count. */
const READS: readonly Action[] = [
  { name: 'list_all_airports', kwargs: {} },
  { name: 'get_user_details', kwargs: { user_id: 'mia_li_3668' } },
  { name: 'calculate', kwargs: { expression: '1/0' } },
  { name: 'think', kwargs: { thought: '' } },
];

/** Every way to leave out, repeat, alter (in one value), swap with the next, or read before, a single write. */
export function mutantsOf(actions: readonly Action[]): Mutant[] {
  const places = actions.flatMap(({ name }, place) => (WRITES.includes(name) ? [place] : []));
  return places.flatMap((place, number): Mutant[] => {
    const action = actions[place];
    if (!action) return [];
    const at = (kind: MutationKind, inserted: readonly Action[], detail = ''): Mutant => ({
      kind,
      name: `${kind} ${place} ${action.name}${detail}`,
      actions: actions.toSpliced(place, 1, ...inserted),
    });
    const altered = alterations(action.kwargs).map(({ path, value }) =>
      at('alter', [{ ...action, kwargs: value as JsonObject }], ` at ${path}`),
    );
    const next = places[number + 1];
    const other = next === undefined ? undefined : actions[next];
    const swapped: Mutant[] =
      next === undefined || !other
        ? []
        : [
            {
              kind: 'reorder',
              name: `reorder ${place} and ${next}`,
              actions: actions.with(place, other).with(next, action),
            },
          ];
    return [
      at('drop', []),
      at('double', [action, action]),
      at('read', [...READS, action]),
      ...altered,
      ...swapped,
    ];
  });
}

/** The value with one of its leaves changed: a number by one, a text by a letter, a list by its last item. */
function alterations(value: Json, path = '$'): { path: string; value: Json }[] {
  if (typeof value === 'number') return [{ path, value: value + 1 }];
  if (typeof value === 'string') return [{ path, value: `${value}x` }];
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
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    alterations(item, `${path}.${name}`).map((altered) => ({
      ...altered,
      value: { ...value, [name]: altered.value },
    })),
  );
}
