import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError, messageOf } from '../domain/errors.ts';
import { schemaProblem } from '../domain/field-problem.ts';
import { AlertsConfig } from './alerts/alerts-config.ts';
import { RedactionConfig } from './redaction/redaction-config.ts';
import { RetentionConfig } from './retention/retention-config.ts';

/** What a collector reads from its configuration file. What is left out has its default. */
export const CollectorConfig = z.strictObject({
  /** What is taken out of spans before they are stored. Default `off`. */
  redaction: RedactionConfig,
  /** How long data is kept, by class and project. Default: for ever. */
  retention: RetentionConfig,
  /** What is watched, and who is told. Default: nothing. */
  alerts: AlertsConfig.prefault({}),
  /** The policy of the gate, which `rehearse ci` and `rehearse gate` read. */
  gate: z.unknown().optional(),
});
export type CollectorConfig = z.output<typeof CollectorConfig>;

/** The file that is read from the working directory where no other is named. */
export const CONFIG_FILE = 'rehearse.config.json';

/**
 * Reads a configuration file.
 *
 * @param path a file that must be there; left out, `rehearse.config.json` if it is there.
 * @throws AppError CONFIG_UNREADABLE
 */
export function loadConfig(path?: string): CollectorConfig {
  if (path === undefined && !existsSync(CONFIG_FILE)) return CollectorConfig.parse({});
  const file = path ?? CONFIG_FILE;
  const content = readJson(file);
  const parsed = CollectorConfig.safeParse(content);
  if (parsed.success) return parsed.data;
  throw unreadable(`${file}: ${schemaProblem(parsed.error, content)}`);
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(`${file}: expected a file to read: ${messageOf(error)}`, error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(`${file}: expected JSON: ${messageOf(error)}`, error);
  }
}

function unreadable(message: string, cause?: unknown): AppError {
  return new AppError('CONFIG_UNREADABLE', message, { cause });
}
