import { Hono } from 'hono';
import { z } from 'zod';
import { CommandRequest } from '../../domain/control.ts';
import { AppError } from '../../domain/errors.ts';
import { actorOf } from '../access/access.ts';
import type { AccessEnv } from '../access/guard.ts';
import { serveAgent } from '../control/agent-socket.ts';
import { apiRoutes } from '../http/api-env.ts';
import type { UpgradeBindings } from '../http/upgrades.ts';
import { validate } from '../http/validate.ts';
import type { ProjectOf } from '../project.ts';

/** `GET /v1/control`: the WebSocket of agents at work. */
export function controlIntake({ projectOf }: { projectOf: ProjectOf }) {
  return new Hono<AccessEnv & { Bindings: UpgradeBindings }>().get('/v1/control', (c) => {
    const { takeSocket } = c.env ?? {};
    if (!takeSocket) {
      c.header('upgrade', 'websocket');
      throw new AppError('UPGRADE_REQUIRED', 'expected a WebSocket, got a plain request');
    }
    const { control } = projectOf(c.var.access.project);
    takeSocket((socket) => serveAgent(socket, control, c.var.untilRefused));
    return c.body(null);
  });
}

const sessionParam = z.object({ session: z.string().min(1).max(64) });

/** What is asked of agents at work. */
export function controlRoutes() {
  return apiRoutes()
    .get('/', (c) => c.json({ agents: c.var.project.control.agents() }))
    .post('/:session/commands', validate('param', sessionParam), validate('json', CommandRequest), (c) => {
      const { session } = c.req.valid('param');
      const { principal } = c.var.access;
      const by = principal.kind === 'anyone' ? null : actorOf(principal);
      return c.json({ command: c.var.project.control.command(session, c.req.valid('json'), by) });
    });
}
