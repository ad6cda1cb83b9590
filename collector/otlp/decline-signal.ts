import { AppError } from '../../domain/errors.ts';
import { exportResponse, type Rejected } from './answer.ts';
import type { Encoding } from './encoding.ts';
import { WireError, WireReader } from './wire-reader.ts';

/** A signal that is not stored: how deep its items lie, and what they are called. */
export type DeclinedSignal = {
  name: string;
  field: Rejected['field'];
  /** From the request down to the items, each step by its protobuf field numbers and JSON names. */
  path: readonly { fields: readonly number[]; names: readonly string[] }[];
};

export const LOGS: DeclinedSignal = {
  name: 'logs',
  field: 'rejectedLogRecords',
  path: [
    { fields: [1], names: ['resourceLogs'] },
    { fields: [2], names: ['scopeLogs'] },
    { fields: [2], names: ['logRecords'] },
  ],
};

export const METRICS: DeclinedSignal = {
  name: 'metrics',
  field: 'rejectedDataPoints',
  path: [
    { fields: [1], names: ['resourceMetrics'] },
    { fields: [2], names: ['scopeMetrics'] },
    { fields: [2], names: ['metrics'] },
    {
      fields: [5, 7, 9, 10, 11],
      names: ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'],
    },
    { fields: [1], names: ['dataPoints'] },
  ],
};

/**
 * Says of every item that it was not taken. An exporter that sends all three signals goes on, and warns its user: a
 * 404 would make some of them fail at shutdown, and a plain 200 would lose data in silence.
 *
 * @throws AppError BODY_UNDECODABLE
 */
export function declineSignal(signal: DeclinedSignal, body: Buffer, encoding: Encoding): Response {
  const count = countItems(signal, body, encoding);
  if (count === 0) return exportResponse(encoding, null);
  const message = `Rehearse stores spans only: these ${signal.name} were not stored`;
  return exportResponse(encoding, { field: signal.field, count, message });
}

function countItems({ path }: DeclinedSignal, body: Buffer, encoding: Encoding): number {
  try {
    if (encoding === 'protobuf') return countFields(new WireReader(body), path);
    return countMembers(body.length === 0 ? {} : JSON.parse(body.toString('utf8')), path);
  } catch (error) {
    if (!(error instanceof WireError) && !(error instanceof SyntaxError)) throw error;
    throw new AppError('BODY_UNDECODABLE', `expected ${encoding}: ${error.message}`, { cause: error });
  }
}

function countFields(reader: WireReader, [step, ...rest]: DeclinedSignal['path']): number {
  if (step === undefined) return 1;
  let count = 0;
  while (reader.next()) {
    if (reader.type === 2 && step.fields.includes(reader.field)) count += countFields(reader.message(), rest);
    else reader.skip();
  }
  return count;
}

function countMembers(value: unknown, [step, ...rest]: DeclinedSignal['path']): number {
  if (step === undefined) return 1;
  if (typeof value !== 'object' || value === null) return 0;
  const inner = step.names.flatMap((name) => (value as Record<string, unknown>)[name] ?? []);
  return inner.reduce<number>((count, item) => count + countMembers(item, rest), 0);
}
