import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteSource } from './byte-source.ts';
import { ByteWriter } from './byte-writer.ts';

const written = (write: (out: ByteWriter) => void) => {
  const out = new ByteWriter();
  write(out);
  return Buffer.from(out.bytes());
};

describe('textOf', () => {
  it('copies UTF-8 of any length as it is', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat({ max: 600 }).map((n) => 'ä'.repeat(n)),
    );
    fc.assert(
      fc.property(texts, fc.string(), (text, around) => {
        const source = new ByteSource(Buffer.from(around + text + around));
        const start = Buffer.byteLength(around);
        const end = start + Buffer.byteLength(text);
        expect(written((out) => out.textOf(source, start, end))).toEqual(written((out) => out.text(text)));
      }),
    );
  });

  it('makes what is not UTF-8 into it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400, size: 'max' }), (noise) => {
        const source = new ByteSource(Buffer.from(noise));
        const text = source.bytes.toString('utf8');
        expect(written((out) => out.textOf(source, 0, noise.length))).toEqual(
          written((out) => out.text(text)),
        );
      }),
    );
  });
});

describe('text', () => {
  it('writes length and UTF-8 for short and long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const utf8 = Buffer.from(text);
        expect(written((out) => out.text(text))).toEqual(
          Buffer.concat([written((out) => out.varint(utf8.length)), utf8]),
        );
      }),
    );
  });
});

describe('measured', () => {
  it.each([0, 1, 127, 128, 255, 16_383, 16_384, 100_000])('puts the length before %i bytes', (length) => {
    const content = Buffer.alloc(length, 'content');
    const nested = written((out) => {
      out.byte(1);
      out.measured((inner) => inner.raw(content));
      out.byte(2);
    });
    const head = written((out) => {
      out.byte(1);
      out.varint(length);
    });
    expect(nested).toEqual(Buffer.concat([head, content, Buffer.from([2])]));
  });
});
