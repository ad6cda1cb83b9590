import { AppError } from '../../domain/errors.ts';
import type { ReferenceStep } from '../../domain/reference.ts';
import { AGENT } from '../world/principals.ts';
import type { Operation, Service } from '../world/service.ts';
import { unknown } from '../world/world-tables.ts';

/** The part of a reference that goes to the world. */
export type ReferenceCall = Extract<ReferenceStep, { call: unknown }>['call'];

/**
 * The HTTP request of a call by its operation's route. `environment` holds the addresses and the tokens of the world.
 *
 * @throws AppError FIXTURE_UNKNOWN for a service, an operation or a principal that is not there; SCENARIO_UNREADABLE
 * for a parameter of the path that the call leaves out.
 */
export function requestOf(
  call: ReferenceCall,
  services: readonly Service[],
  environment: Readonly<Record<string, string>>,
): Request {
  const operation = operationOf(call, services);
  const base = environment[variable(call.service, 'URL')];
  if (base === undefined) throw unknown('service of this world', call.service, addressed(environment));
  const url = new URL(base + pathOf(operation, call));
  for (const [name, value] of Object.entries(call.query)) url.searchParams.set(name, value);
  return new Request(url, {
    method: operation.method,
    headers: {
      ...(call.body === null ? {} : { 'content-type': 'application/json' }),
      ...authorization(call, environment),
      ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
    },
    ...(call.body === null ? {} : { body: JSON.stringify(call.body) }),
  });
}

function operationOf({ service, operation }: ReferenceCall, services: readonly Service[]): Operation {
  const serving = services.find(({ name }) => name === service);
  if (!serving) {
    throw unknown(
      'service',
      service,
      services.map(({ name }) => name),
    );
  }
  const found = serving.operations.find(({ id }) => id === operation);
  if (found) return found;
  throw unknown(
    `operation of ${service}`,
    operation,
    serving.operations.map(({ id }) => id),
  );
}

function pathOf({ path }: Operation, { service, operation, params }: ReferenceCall): string {
  return path.replace(/:([\w-]+)\+?/g, (_, name: string) => {
    const value = params[name];
    if (value !== undefined) return encodeURIComponent(value);
    throw new AppError(
      'SCENARIO_UNREADABLE',
      `expected the parameter "${name}" of ${service} ${operation} (${path}), got nothing`,
    );
  });
}

function authorization(
  { principal }: ReferenceCall,
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  const token = environment[variable(principal ?? AGENT, 'TOKEN')];
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (principal === undefined || principal === AGENT) return {};
  throw unknown('principal', principal, []);
}

function addressed(environment: Readonly<Record<string, string>>): string[] {
  return Object.keys(environment).filter((name) => name.endsWith('_URL'));
}

function variable(name: string, what: string): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_${what}`;
}
