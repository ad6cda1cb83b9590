import { WireReader } from '../otlp/wire-reader.ts';

export type ReadStatus = { code: number; message: string; details: string[] };

/** A `google.rpc.Status` in protobuf; of its details the names of their types. */
export function readStatus(body: Buffer): ReadStatus {
  const reader = new WireReader(body);
  const status: ReadStatus = { code: 0, message: '', details: [] };
  while (reader.next()) {
    if (reader.is(1, 0)) status.code = reader.int32();
    else if (reader.is(2, 2)) status.message = reader.text();
    else if (reader.is(3, 2)) status.details.push(typeOf(reader.message()));
    else throw new Error(`a status has no field ${reader.field} of type ${reader.type}`);
  }
  return status;
}

function typeOf(any: WireReader): string {
  let url = '';
  while (any.next()) {
    if (any.is(1, 2)) url = any.text();
    else any.skip();
  }
  return url.replace('type.googleapis.com/', '');
}

/** The partial success of an Export*ServiceResponse in protobuf; `null` where there is none. */
export function readPartial(body: Buffer): { rejected: number; message: string } | null {
  if (body.length === 0) return null;
  const response = new WireReader(body);
  if (!response.next() || !response.is(1, 2)) throw new Error('expected a partial success');
  const { code, message } = readStatus(response.bytes());
  return { rejected: code, message };
}
