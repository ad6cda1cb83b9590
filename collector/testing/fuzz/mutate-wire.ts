import fc from 'fast-check';
import { WireReader } from '../../otlp/wire-reader.ts';
import { ByteWriter } from '../../store/byte-writer.ts';

/** A field of a message that was taken apart; `fields` where its bytes may be a message themselves. */
type Part = { field: number; type: number; raw: Buffer; fields: Part[] | null };

const LENGTH = 2;

/**
 * A protobuf message with fields left out, repeated, swapped, renumbered or replaced at any depth, and with its lengths
 * right again: what a decoder sees of it is not its envelope's fault.
 */
export function rearranged(base: Buffer): fc.Arbitrary<Buffer> {
  const steps = fc.array(
    fc.record({
      path: fc.array(fc.nat(), { minLength: 1, maxLength: 7 }),
      change: fc.constantFrom('drop', 'repeat', 'renumber', 'replace', 'empty', 'wrap'),
      number: fc.integer({ min: 1, max: 20 }),
      bytes: fc.uint8Array({ maxLength: 20 }),
    }),
    { minLength: 1, maxLength: 4 },
  );
  return steps.map((changes) => {
    const parts = takeApart(base, 0) ?? [];
    for (const { path, change, number, bytes } of changes) {
      alter(parts, path, (siblings, at) => {
        const part = siblings[at];
        if (part === undefined) return;
        const raw = Buffer.from(bytes);
        if (change === 'drop') siblings.splice(at, 1);
        else if (change === 'repeat') siblings.splice(at, 0, ...Array<Part>(number).fill(part));
        else if (change === 'renumber') part.field = number;
        else if (change === 'empty')
          siblings[at] = { ...part, type: LENGTH, raw: Buffer.alloc(0), fields: null };
        else if (change === 'wrap')
          siblings[at] = { field: number, type: LENGTH, raw: part.raw, fields: [part] };
        else siblings[at] = { field: part.field, type: LENGTH, raw, fields: null };
      });
    }
    return put(parts);
  });
}

/** Goes down the path as far as there are fields, each step modulo their number. */
function alter(
  parts: Part[],
  [step = 0, ...rest]: readonly number[],
  change: (siblings: Part[], at: number) => void,
) {
  if (parts.length === 0) return;
  const at = step % parts.length;
  const inner = parts[at]?.fields;
  if (rest.length > 0 && inner) alter(inner, rest, change);
  else change(parts, at);
}

const deepest = 12;

/** `null` where the bytes are no message. */
function takeApart(bytes: Buffer, depth: number): Part[] | null {
  const parts: Part[] = [];
  try {
    const reader = new WireReader(bytes);
    while (reader.next()) {
      const { field, type } = reader;
      if (type === LENGTH) {
        const raw = reader.bytes();
        const fields = depth < deepest && raw.length > 1 ? takeApart(raw, depth + 1) : null;
        parts.push({ field, type, raw, fields });
      } else if (type === 0) parts.push({ field, type, raw: varint(reader.varint()), fields: null });
      else if (type === 1) parts.push({ field, type, raw: fixed(reader.fixed64(), 8), fields: null });
      else if (type === 5) parts.push({ field, type, raw: fixed(BigInt(reader.fixed32()), 4), fields: null });
      else return null;
    }
    return parts;
  } catch {
    return null;
  }
}

function put(parts: readonly Part[]): Buffer {
  const out = new ByteWriter();
  for (const { field, type, raw, fields } of parts) {
    const content = fields === null ? raw : put(fields);
    out.varint(field * 8 + type);
    if (type === LENGTH) out.varint(content.length);
    out.raw(content);
  }
  return Buffer.from(out.bytes());
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

function fixed(value: bigint, length: 4 | 8): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes.subarray(0, length);
}
