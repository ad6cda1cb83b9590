import type { Json } from '../../domain/json.ts';
import { type AnyValue, plainJson } from '../otlp/any-value.ts';

/** Greater numbers in a key are no places of a list, but an attack on whoever fills the gaps. */
const MAX_INDEX = 10_000;
const MAX_SEGMENTS = 12;

type Node = Map<string, Node | AnyValue>;

/**
 * The list that keys such as `llm.input_messages.1.message.role` spell out, one attribute a leaf. They arrive in any
 * order and may leave numbers out: the list is sorted by number, and what is missing is not made up. `null` where no key
 * begins with the prefix.
 *
 * @param prefix with its dot: `llm.input_messages.`
 */
export function indexedList(attributes: ReadonlyMap<string, AnyValue>, prefix: string): Json[] | null {
  const root: Node = new Map();
  for (const [key, value] of attributes) {
    if (!key.startsWith(prefix)) continue;
    const path = key.slice(prefix.length).split('.');
    if (path.length <= MAX_SEGMENTS && isIndex(path[0] ?? '')) insert(root, path, value);
  }
  const list = toJson(root);
  return Array.isArray(list) && list.length > 0 ? list : null;
}

function insert(root: Node, path: readonly string[], value: AnyValue): void {
  let node = root;
  for (const segment of path.slice(0, -1)) {
    const next = node.get(segment);
    if (next instanceof Map) {
      node = next;
      continue;
    }
    const made: Node = new Map();
    node.set(segment, made);
    node = made;
  }
  const last = path.at(-1) ?? '';
  // A key that is also the beginning of others keeps the others.
  if (!(node.get(last) instanceof Map)) node.set(last, value);
}

function toJson(node: Node | AnyValue): Json {
  if (!(node instanceof Map)) return plainJson(node);
  const entries = [...node];
  if (!entries.every(([segment]) => /^\d+$/.test(segment))) {
    return Object.fromEntries(entries.map(([segment, child]) => [segment, toJson(child)]));
  }
  return entries
    .filter(([segment]) => isIndex(segment))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => toJson(child));
}

function isIndex(segment: string): boolean {
  return /^\d{1,5}$/.test(segment) && Number(segment) <= MAX_INDEX;
}
