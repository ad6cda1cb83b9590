import { z } from 'zod';

/** The shape of every answer by which a world refuses a request. */
export const RefusalBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
