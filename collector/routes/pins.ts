import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { PinId, PinNote } from '../../domain/pin.ts';
import { micros } from '../../domain/units.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';

const ofTrace = validate('param', z.object({ traceId: TraceId }));
const onePin = validate('param', z.object({ traceId: TraceId, pinId: PinId }));

/** Notes of people on the spans of a trace. */
export function pinRoutes({ now }: { now: () => number }) {
  return apiRoutes()
    .get('/:traceId', ofTrace, async (c) => {
      return c.json({ pins: await c.var.project.annotations.pins(c.req.valid('param').traceId) });
    })
    .put('/:traceId/:pinId', onePin, validate('json', PinNote), async (c) => {
      const { traceId, pinId } = c.req.valid('param');
      const pinnedAt = micros(now() * 1000);
      await c.var.project.annotations.putPin({ ...c.req.valid('json'), id: pinId, traceId, pinnedAt });
      return c.json({ stored: 1 });
    })
    .delete('/:traceId/:pinId', onePin, async (c) => {
      const { traceId, pinId } = c.req.valid('param');
      await c.var.project.annotations.removePin(traceId, pinId);
      return c.json({ removed: 1 });
    });
}
