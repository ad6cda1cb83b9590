import type { Json } from '../../../domain/json.ts';

/*
 * Text as Python writes it, for the airline's tools must answer byte for byte as the recorded ones did.
 *
 * JSON carries no mark that tells 50.0 from 50 once it is parsed, and rows are plain JSON. So a whole number always
 * prints as an integer here, where Python would print `50.0` for an argument that was written so. No recorded
 * argument and no number of the airline's data is written so; an agent that does it would see `50`.
 */

const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;

/** `json.dumps(value)` with its defaults: one line, `", "` and `": "`, everything but ASCII escaped. */
export function pythonJson(value: Json): string {
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (value === null || typeof value === 'boolean') return String(value);
  const members = Object.entries(value).map(([key, item]) => `${jsonString(key)}: ${pythonJson(item)}`);
  return `{${members.join(', ')}}`;
}

/** `repr(value)`: `None`, `True`, `['a']`, `{'a': 1}`. */
export function pythonRepr(value: Json): string {
  if (typeof value === 'string') return stringRepr(value);
  if (typeof value === 'number') return numberText(value);
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  const members = Object.entries(value).map(([key, item]) => `${stringRepr(key)}: ${pythonRepr(item)}`);
  return `{${members.join(', ')}}`;
}

/** `str(value)`: a text stands as it is, all else as `repr` has it. */
export function pythonStr(value: Json): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** A number whose kind is not known: digits when it is whole, else as a float. */
export function numberText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : floatText(value);
}

/** `repr` of a float: the shortest digits that read back, `55.0`, `0.33`, `1e+16`, `1e-05`, `-0.0`, `inf`, `nan`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  if (magnitude === Number.POSITIVE_INFINITY) return `${sign}inf`;
  const [mantissa = '0', exponentText = '0'] = magnitude.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (exponent >= 16 || exponent < -4) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
    return `${sign}${digits[0]}${fraction}e${power}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

function jsonString(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
}

function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `${quote}${[...text].map((character) => escaped(character, quote)).join('')}${quote}`;
}

function escaped(character: string, quote: string): string {
  if (character === quote || character === '\\') return `\\${character}`;
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  if (character === ' ' || !UNPRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}
