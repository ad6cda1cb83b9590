import { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { LoopFinding } from '../../domain/loop.ts';
import type { TraceSummary } from '../../domain/trace.ts';
import { troublesOf } from '../../domain/trace-loops.ts';
import type { Micros } from '../../domain/units.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';
import type { LoopBatch, Window } from '../reads.ts';
import { filterText, readWindow, windowQuery } from './window-query.ts';

const loopQuery = z.object({
  ...windowQuery.shape,
  agent: filterText,
  /** Steps without progress from which on a stretch is a loop; fewer than two bring nothing to tell. */
  minSteps: z.coerce.number().int().min(2).max(1_000_000).default(4),
});

/** A line of the answer. */
export type LoopLine =
  /** A trace that looped, its loops first. `whole`: all of its spans were judged. */
  | { kind: 'looped'; trace: TraceSummary; findings: LoopFinding[]; whole: boolean }
  /** How far it is: traces that were looked at, and of them those that cannot be judged. Everything down to `from` is told. */
  | { kind: 'progress'; traces: number; looped: number; unknown: number; from: Micros }
  | { kind: 'done'; traces: number; looped: number; unknown: number; window: Window }
  | { kind: 'failed'; code: ErrorCode; message: string };

/** `GET /api/loops`: the traces of a window that looped, newest first, a line of JSON each, as they are found. */
export function loopRoutes({ now }: { now: () => number }) {
  return apiRoutes().get('/', validate('query', loopQuery), async (c) => {
    const { from, to, agent, minSteps } = c.req.valid('query');
    const window = readWindow({ from, to }, now());
    const batches = c.var.project.reads.eachLoops({ ...window, agent });
    const lines = Readable.toWeb(Readable.from(linesOf(batches, window, minSteps - 1), { highWaterMark: 1 }));
    return c.body(lines as ReadableStream, 200, { 'content-type': 'application/x-ndjson' });
  });
}

async function* linesOf(batches: AsyncIterable<LoopBatch>, window: Window, allowed: number) {
  const line = (value: LoopLine) => `${JSON.stringify(value)}\n`;
  const sum = { traces: 0, looped: 0, unknown: 0 };
  try {
    for await (const { traces, from } of batches) {
      for (const { trace, judged } of traces) {
        const findings = judged ? troublesOf(judged.report, allowed) : [];
        sum.traces++;
        if (findings.length > 0) {
          sum.looped++;
          yield line({ kind: 'looped', trace, findings, whole: judged?.whole ?? false });
        } else if (!judged?.whole || judged.report.calls === null) sum.unknown++;
      }
      yield line({ kind: 'progress', ...sum, from });
    }
    yield line({ kind: 'done', ...sum, window });
  } catch (error) {
    const { code, message } =
      error instanceof AppError ? error : new AppError('INTERNAL', 'the work broke off', { cause: error });
    yield line({ kind: 'failed', code, message });
  }
}
