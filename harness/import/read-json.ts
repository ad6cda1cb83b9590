import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { schemaProblem } from '../../domain/field-problem.ts';

/**
 * Reads a file of JSON in a third party's format.
 *
 * @throws AppError DATA_DIRECTORY_MISSING for a file that cannot be read, DATA_UNREADABLE for one of another shape
 */
export async function readJson<T>(file: string, shape: z.ZodType<T>): Promise<T> {
  const content = await readText(file);
  return expectShape(file, parseJson(file, content), shape);
}

/** The same for a file with one JSON value a line; empty lines are skipped. */
export async function readJsonLines<T>(file: string, shape: z.ZodType<T>): Promise<T[]> {
  const lines = (await readText(file)).split('\n');
  return lines.flatMap((line, index) =>
    line.trim() === ''
      ? []
      : [expectShape(`${file}:${index + 1}`, parseJson(`${file}:${index + 1}`, line), shape)],
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AppError('DATA_DIRECTORY_MISSING', `expected a file ${file}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function parseJson(place: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new AppError('DATA_UNREADABLE', `${place}: expected JSON, ${(cause as Error).message}`, { cause });
  }
}

function expectShape<T>(place: string, raw: unknown, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new AppError('DATA_UNREADABLE', `${place}: ${schemaProblem(parsed.error, raw)}`);
}
