import type { Alerts } from '../alerts/watch-alerts.ts';
import { apiRoutes } from '../http/api-env.ts';

/** What is watched, where it stands, and what was told of it. */
export function alertRoutes({ alerts }: { alerts: Pick<Alerts, 'watched' | 'history'> }) {
  return apiRoutes().get('/', async (c) => {
    const { id } = c.var.project;
    return c.json({ rules: alerts.watched(id), history: await alerts.history(id) });
  });
}
