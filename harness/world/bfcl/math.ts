import { z } from 'zod';
import { refuse } from '../tool-operation.ts';
import { type ApiFunction, apiClass, apiFunction } from './api-class.ts';

const number = z.number();
const Pair = z.strictObject({ a: number, b: number });
const List = z.strictObject({ numbers: z.array(number).min(1) });

function binary(name: string, run: (a: number, b: number) => number): ApiFunction {
  return apiFunction(name, Pair, ({ a, b }) => ({ result: finite(run(a, b)) }));
}

function ofList(name: string, run: (numbers: number[]) => number): ApiFunction {
  return apiFunction(name, List, ({ numbers }) => ({ result: finite(run(numbers)) }));
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : refuse('the result is no finite number');
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);
const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length;
const rounded = (value: number, places: number) => Number(value.toFixed(Math.min(Math.max(places, 0), 20)));

/** Meters, grams, litres and seconds in the usual steps; miles, pounds, gallons and their like in SI. */
const SI: Readonly<Record<string, number>> = { mm: 1e-3, cm: 1e-2, m: 1, km: 1e3, mg: 1e-6, g: 1e-3, kg: 1 };
const IMPERIAL: Readonly<Record<string, number>> = {
  km_to_miles: 0.621371,
  miles_to_km: 1.60934,
  kg_to_lb: 2.20462,
  lb_to_kg: 0.453592,
  cm_to_in: 0.393701,
  in_to_cm: 2.54,
  m_to_ft: 3.28084,
  ft_to_m: 0.3048,
};

const Conversion = z.strictObject({ value: number, unit_in: z.string(), unit_out: z.string() });

/** Arithmetic; it writes nothing. */
export const math = apiClass({
  name: 'MathAPI',
  service: 'math',
  tables: {},
  writes: [],
  harmless: [],
  rowsOf: () => ({}),
  functions: [
    binary('add', (a, b) => a + b),
    binary('subtract', (a, b) => a - b),
    binary('multiply', (a, b) => a * b),
    binary('divide', (a, b) => a / b),
    apiFunction('power', z.strictObject({ base: number, exponent: number }), ({ base, exponent }) => ({
      result: finite(base ** exponent),
    })),
    apiFunction('percentage', z.strictObject({ part: number, whole: number }), ({ part, whole }) => ({
      result: finite((part / whole) * 100),
    })),
    apiFunction('absolute_value', z.strictObject({ number }), (given) => ({
      result: Math.abs(given.number),
    })),
    apiFunction('round_number', z.strictObject({ number, decimal_places: z.int().default(0) }), (given) => ({
      result: rounded(given.number, given.decimal_places),
    })),
    apiFunction('square_root', z.strictObject({ number, precision: z.int() }), (given) => ({
      result: rounded(finite(Math.sqrt(given.number)), given.precision),
    })),
    apiFunction(
      'logarithm',
      z.strictObject({ value: number, base: number, precision: z.int() }),
      ({ value, base, precision }) => ({
        result: rounded(finite(Math.log(value) / Math.log(base)), precision),
      }),
    ),
    ofList('mean', mean),
    ofList('sum_values', sum),
    ofList('max_value', (numbers) => Math.max(...numbers)),
    ofList('min_value', (numbers) => Math.min(...numbers)),
    ofList('standard_deviation', (numbers) =>
      Math.sqrt(mean(numbers.map((value) => (value - mean(numbers)) ** 2))),
    ),
    apiFunction('si_unit_conversion', Conversion, ({ value, unit_in, unit_out }) => {
      const [from, to] = [SI[unit_in], SI[unit_out]];
      if (from === undefined || to === undefined)
        return refuse(`no conversion from ${unit_in} to ${unit_out}`);
      return { result: (value * from) / to };
    }),
    apiFunction('imperial_si_conversion', Conversion, ({ value, unit_in, unit_out }) => {
      const way = `${unit_in}_to_${unit_out}`;
      if (way === 'celsius_to_fahrenheit') return { result: (value * 9) / 5 + 32 };
      if (way === 'fahrenheit_to_celsius') return { result: ((value - 32) * 5) / 9 };
      return { result: value * (IMPERIAL[way] ?? refuse(`no conversion from ${unit_in} to ${unit_out}`)) };
    }),
  ],
});
