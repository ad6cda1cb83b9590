import type { Json, JsonObject } from '../../../domain/json.ts';
import type { ChatRequest, Policy } from '../simulated-model.ts';
import { beforeLastCalls, lastCalls } from './conversation.ts';
import { parseJson } from './parse-json.ts';

/** Names of tools that change something, as people name them. */
const WRITES =
  /^(?:send|create|add|book|update|set|post|delete|remove|cancel|write|pay|order|reserve|schedule|transfer|change|submit|publish|invite|reply)(?:[_\-.]|[A-Z]|$)/;

/**
 * Where the policy would end its turn, it first calls one more tool that writes, once. Its arguments are made of the
 * tool's schema and of values that were seen, so that the write takes place.
 */
export function overEager(policy: Policy, probability: number): Policy {
  return (request, random) => {
    const move = policy(request, random);
    if (!('text' in move) || random() >= probability) return move;
    const writers = request.tools.filter((tool) => WRITES.test(tool));
    if (writers.length === 0 || hadEnded(policy, request)) return move;
    const tool = writers[Math.floor(random() * writers.length)] ?? '';
    return { calls: [{ tool, arguments: madeUp(request, tool) }] };
  };
}

/** The last call was one too many already: without it the policy would have ended its turn. */
function hadEnded(policy: Policy, request: ChatRequest): boolean {
  if (!lastCalls(request.messages)) return false;
  const before = { ...request, messages: beforeLastCalls(request.messages) };
  return 'text' in policy(before, () => 0);
}

function madeUp({ messages, schemas }: ChatRequest, tool: string): JsonObject {
  const seen = messages.flatMap(({ role, content }) => (role === 'tool' ? [parseJson(content ?? '')] : []));
  const schema = objectOf(schemas?.[tool]);
  const properties = objectOf(schema.properties);
  const required = Array.isArray(schema.required) ? schema.required : Object.keys(properties);
  return Object.fromEntries(
    required.flatMap((name): [string, Json][] =>
      typeof name === 'string' ? [[name, valueFor(name, objectOf(properties[name]), seen)]] : [],
    ),
  );
}

/** A value that was seen under this name (`contact_id` also as `id`), else one of the type that is asked for. */
function valueFor(name: string, schema: JsonObject, seen: readonly Json[]): Json {
  if (Array.isArray(schema.enum)) return schema.enum.at(-1) ?? null;
  for (const alias of [name, ...(ALIASES[name] ?? []), name.replace(/^.*_/, '')]) {
    const found = seen.flatMap((value) => valuesOf(alias, value)).at(-1);
    if (found !== undefined && typeof found === typeof sample(schema)) return found;
  }
  if (schema.format === 'email' || /^(?:to|e?mail|recipient)$/.test(name)) return 'someone@elsewhere.example';
  if (schema.format === 'date-time' || TIME.test(name)) return later(seen, /^end/.test(name) ? 90 : 60);
  return sample(schema);
}

const TIME = /^(?:start|end|at|when|time|due)(?:_|$)|_(?:at|time)$/;

/** So many minutes after the latest time that was seen; without one, in the year 2030. */
function later(seen: readonly Json[], minutes: number): string {
  const times = JSON.stringify(seen).match(/\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g) ?? [
    '2030-01-07T09:00:00Z',
  ];
  const latest = Math.max(...times.map((time) => Date.parse(time)));
  return new Date(latest + minutes * 60_000).toISOString();
}

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  to: ['email', 'address'],
  recipient: ['email'],
};

function sample({ type }: JsonObject): Json {
  switch (Array.isArray(type) ? type[0] : type) {
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return 'Just one more thing.';
  }
}

function valuesOf(name: string, value: Json): Json[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => [
    ...(key === name && (member === null || typeof member !== 'object') ? [member] : []),
    ...valuesOf(name, member),
  ]);
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
