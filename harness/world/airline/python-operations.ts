import type { Json, JsonObject } from '../../../domain/json.ts';
import { pythonRepr } from './python-text.ts';
import { ToolError } from './tool-error.ts';

/*
 * The tools check little, so a caller's mistakes surface where Python's operators meet them. These are those operators
 * on JSON values, with the exceptions (as ToolError) that a caller can provoke.
 */

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `container[name]` */
export function member(container: Json, name: string): Json {
  if (!isObject(container)) throw new ToolError(`'${typeName(container)}' object is not subscriptable`);
  const found = Object.hasOwn(container, name) ? container[name] : undefined;
  if (found === undefined) throw new ToolError(pythonRepr(name));
  return found;
}

/** `container[key]` with a key that may be of any type. */
export function element(container: Json, key: Json): Json {
  const found = find(container, key);
  if (found === undefined) throw new ToolError(pythonRepr(key));
  return found;
}

/** `container.get(key)`; `undefined` where there is none. */
export function find(container: Json, key: Json): Json | undefined {
  const name = keyOf(key);
  if (!isObject(container)) throw new ToolError(`'${typeName(container)}' object is not subscriptable`);
  return name !== null && Object.hasOwn(container, name) ? container[name] : undefined;
}

/** The name under which `key` may be found: `null` for a number, boolean or null, which no key of the world equals. */
export function keyOf(key: Json): string | null {
  if (typeof key === 'object' && key !== null) throw new ToolError(`unhashable type: '${typeName(key)}'`);
  return typeof key === 'string' ? key : null;
}

/** `for item in value`; what is empty has no items, whatever it is. Text and objects yield texts, which no tool takes. */
export function itemsOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [...value];
  if (isObject(value)) return Object.keys(value);
  throw new ToolError(`'${typeName(value)}' object is not iterable`);
}

/** `len(value)` */
export function lengthOf(value: Json): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw new ToolError(`object of type '${typeName(value)}' has no len()`);
}

/** An operand of arithmetic or of a comparison; `True` acts as 1. */
export function numberOf(value: Json): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new ToolError(`unsupported operand type(s): '${typeName(value)}'`);
}

/** `list.append` */
export function appended(list: Json, ...items: Json[]): Json[] {
  if (!Array.isArray(list)) throw new ToolError(`'${typeName(list)}' object has no attribute 'append'`);
  return [...list, ...items];
}

function typeName(value: Json): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'str' : 'dict';
}
