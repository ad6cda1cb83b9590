import { Hono } from 'hono';
import { AppError } from '../../domain/errors.ts';
import { expectJson } from '../http/expect-json.ts';
import { onError } from '../http/on-error.ts';
import type { OtlpDeps, OtlpEnv } from '../otlp/otlp-routes.ts';
import { readBody } from '../otlp/read-body.ts';
import { type OutcomeDeps, receiveOutcomes } from '../outcomes/receive-outcomes.ts';

export type OutcomeIntakeDeps = Pick<OtlpDeps, 'bodies' | 'maxBodyBytes' | 'log'> & {
  outcomes: OutcomeDeps;
};

/** `POST /v1/outcomes`: business events, JSON, plain or gzipped. 200 means that those accepted are on disk. */
export function outcomeIntake({ outcomes, bodies, maxBodyBytes, log }: OutcomeIntakeDeps) {
  const app = new Hono<OtlpEnv>();
  app.all('/v1/outcomes', async (c) => {
    if (c.req.method !== 'POST') {
      c.header('allow', 'POST');
      throw new AppError('METHOD_NOT_ALLOWED', `expected POST, got ${c.req.method}`);
    }
    // A page of another origin cannot send this type without asking first, and there are no CORS headers.
    expectJson(c.req.header('content-type'));
    const lease = bodies.lease();
    try {
      const body = await readBody(c.req.raw, c.env?.incoming, maxBodyBytes, lease);
      return c.json(await receiveOutcomes(c.var.access.project, body, outcomes));
    } finally {
      lease.release();
    }
  });
  app.onError(onError(log));
  return app;
}
