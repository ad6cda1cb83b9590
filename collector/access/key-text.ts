import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * The text of a key: `rhk_`, 8 signs by which it is listed, 43 signs of secret (256 bits), and 6 signs of checksum, all of
 * base 62: `/rhk_[0-9A-Za-z]{57}/` with the checksum right is a key and nothing else, so that scanners of secrets
 * raise no false alarm.
 */
export type KeyText = { id: string; text: string; digest: string };

const PREFIX = 'rhk_';
const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const idLength = 8;
const secretLength = 43;
const checksumLength = 6;
const SHAPE = /^rhk_([0-9A-Za-z]{8})[0-9A-Za-z]{49}$/;

/** Draws a key. */
export function drawKey(): KeyText {
  const id = drawSigns(idLength);
  const body = PREFIX + id + drawSigns(secretLength);
  const text = body + checksumOf(body);
  return { id, text, digest: digestOf(text) };
}

/** The id of a text that is a key by its form and checksum, `null` of any other. */
export function keyIdOf(text: string): string | null {
  const id = SHAPE.exec(text)?.[1];
  if (id === undefined) return null;
  const body = text.slice(0, -checksumLength);
  return text.endsWith(checksumOf(body)) ? id : null;
}

/**
 * What is stored of a key. A fast digest is right here: a secret of 256 random bits cannot be guessed however fast a guess
 * is tried, and each request pays for it. Passwords, which people choose, are hashed slowly: see `hashPassword`.
 */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Signs of 62 that are each as likely: bytes from 248 on would favour the first ones and are passed over. */
function drawSigns(count: number): string {
  let signs = '';
  while (signs.length < count) {
    for (const byte of randomBytes(count * 2)) {
      if (byte < 248 && signs.length < count) signs += SIGNS[byte % SIGNS.length];
    }
  }
  return signs;
}

function checksumOf(body: string): string {
  let rest = crc32(body);
  let signs = '';
  for (let place = 0; place < checksumLength; place++) {
    signs = SIGNS[rest % SIGNS.length] + signs;
    rest = Math.floor(rest / SIGNS.length);
  }
  return signs;
}
