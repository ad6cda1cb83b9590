import { type BinaryOperator, type Expression, type PythonNumber, parseExpression } from './expression.ts';
import { floatText } from './python-text.ts';
import { ToolError } from './tool-error.ts';

/** A larger power is refused: it would hold up every other trial, and no float can show it. */
const MAX_POWER_BITS = 1_000_000;

/**
 * What Python's `str(round(float(eval(expression)), 2))` gives for an arithmetic expression: `255.0`, `0.33`, `-0.0`.
 * Integers are exact, `/` rounds once. A power with a float operand may differ in its last digit.
 *
 * @throws ToolError with the text of Python's exception
 * @example calculate('(152 + 103) * 2') // '510.0'
 */
export function calculate(source: string): string {
  if (!/^[0-9+\-*/(). ]*$/.test(source)) throw new ToolError('invalid characters in expression');
  const value = evaluate(parseExpression(source));
  if (value === 'tuple') throw notReal('tuple');
  return floatText(roundToCents(toFloat(value)));
}

/** Rounds to two decimals from the exact binary value, ties to even, as Python's `round(value, 2)`. */
export function roundToCents(value: number): number {
  const magnitude = Math.abs(value);
  if (!(magnitude < 2 ** 53)) return value;
  const eighths = (magnitude % 1) * 8;
  const isTie = eighths === 1 || eighths === 3 || eighths === 5 || eighths === 7;
  const rounded = isTie ? evenTie(magnitude) : Number(magnitude.toFixed(2));
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}

function evenTie(magnitude: number): number {
  const whole = Math.floor(magnitude);
  const cents = Math.floor((magnitude - whole) * 100);
  return Number(`${whole}.${String(cents % 2 === 0 ? cents : cents + 1).padStart(2, '0')}`);
}

function evaluate(expression: Expression): PythonNumber | 'tuple' {
  switch (expression.is) {
    case 'number':
      return expression.value;
    case 'empty-tuple':
      return 'tuple';
    case 'positive':
      return operand(evaluate(expression.of));
    case 'negative':
      return -operand(evaluate(expression.of));
    case 'call': {
      const callee = evaluate(expression.callee);
      if (expression.argument) evaluate(expression.argument);
      throw new ToolError(`'${typeName(callee)}' object is not callable`);
    }
    case 'binary': {
      const left = evaluate(expression.left);
      return binary(expression.operator, operand(left), operand(evaluate(expression.right)));
    }
  }
}

function binary(operator: BinaryOperator, left: PythonNumber, right: PythonNumber): PythonNumber {
  if (typeof left === 'bigint' && typeof right === 'bigint') return ofIntegers(operator, left, right);
  return ofFloats(operator, toFloat(left), toFloat(right));
}

function ofIntegers(operator: BinaryOperator, left: bigint, right: bigint): PythonNumber {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return quotient(left, right);
    case '//': {
      if (right === 0n) throw new ToolError('integer division or modulo by zero');
      const truncated = left / right;
      return left % right !== 0n && left < 0n !== right < 0n ? truncated - 1n : truncated;
    }
    case '**':
      return right < 0n ? ofFloats('**', toFloat(left), toFloat(right)) : integerPower(left, right);
  }
}

function integerPower(base: bigint, exponent: bigint): bigint {
  if (BigInt(bits(base)) * exponent > MAX_POWER_BITS && base !== 0n && base !== 1n && base !== -1n) {
    throw new ToolError('int too large to convert to float');
  }
  return base ** exponent;
}

/** The exact quotient of two integers, rounded once. */
function quotient(left: bigint, right: bigint): number {
  if (right === 0n) throw new ToolError('division by zero');
  const magnitude = absolute(left);
  const divisor = absolute(right);
  const sign = left < 0n !== right < 0n ? -1 : 1;
  // At least 64 bits of quotient; the last one is set where a remainder is left, so that no false tie arises.
  const shift = Math.max(0, 64 - bits(magnitude) + bits(divisor));
  const scaled = magnitude << BigInt(shift);
  const sticky = scaled % divisor === 0n ? 0n : 1n;
  const result = scaledDown(Number((scaled / divisor) | sticky), shift);
  if (result === Number.POSITIVE_INFINITY) {
    throw new ToolError('integer division result too large for a float');
  }
  return sign * result;
}

/** `value` / 2^`shift`, in steps that are themselves floats. */
function scaledDown(value: number, shift: number): number {
  let result = value;
  for (let left = shift; left > 0; left -= 1000) result /= 2 ** Math.min(left, 1000);
  return result;
}

function ofFloats(operator: BinaryOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      if (right === 0) throw new ToolError('float division by zero');
      return left / right;
    case '//':
      if (right === 0) throw new ToolError('float floor division by zero');
      return floorQuotient(left, right);
    case '**':
      return floatPower(left, right);
  }
}

/** Python's float floor division: by way of the remainder, since the plain quotient may round up to a whole number. */
function floorQuotient(left: number, right: number): number {
  const remainder = left % right;
  const differs = remainder !== 0 && right < 0 !== remainder < 0;
  const exact = (left - remainder) / right - (differs ? 1 : 0);
  if (exact === 0) return left / right < 0 || Object.is(left / right, -0) ? -0 : 0;
  const floor = Math.floor(exact);
  return exact - floor > 0.5 ? floor + 1 : floor;
}

function floatPower(base: number, exponent: number): number {
  if (base === 0 && exponent < 0) throw new ToolError('0.0 cannot be raised to a negative power');
  if (base < 0 && !Number.isInteger(exponent) && Number.isFinite(exponent)) throw notReal('complex');
  const result = base ** exponent;
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) {
    throw new ToolError("(34, 'Numerical result out of range')");
  }
  return result;
}

function toFloat(value: PythonNumber): number {
  const float = Number(value);
  if (typeof value === 'bigint' && !Number.isFinite(float)) {
    throw new ToolError('int too large to convert to float');
  }
  return float;
}

function operand(value: PythonNumber | 'tuple'): PythonNumber {
  if (value === 'tuple') throw new ToolError("unsupported operand type: 'tuple'");
  return value;
}

function notReal(type: string): ToolError {
  return new ToolError(`float() argument must be a string or a real number, not '${type}'`);
}

function typeName(value: PythonNumber | 'tuple'): string {
  if (value === 'tuple') return value;
  return typeof value === 'bigint' ? 'int' : 'float';
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function bits(value: bigint): number {
  return absolute(value).toString(16).length * 4;
}
