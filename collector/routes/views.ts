import { z } from 'zod';
import { SavedView } from '../../domain/saved-view.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';

const ofPage = validate('param', SavedView.pick({ page: true }));
const oneView = validate('param', SavedView.pick({ page: true, name: true }));

/** Filters of a page under a name, for everybody of the project. */
export function viewRoutes() {
  return apiRoutes()
    .get('/:page', ofPage, async (c) => {
      return c.json({ views: await c.var.project.annotations.views(c.req.valid('param').page) });
    })
    .put(
      '/:page/:name',
      oneView,
      validate('json', z.object({ search: SavedView.shape.search })),
      async (c) => {
        await c.var.project.annotations.putView({ ...c.req.valid('param'), ...c.req.valid('json') });
        return c.json({ stored: 1 });
      },
    )
    .delete('/:page/:name', oneView, async (c) => {
      const { page, name } = c.req.valid('param');
      await c.var.project.annotations.removeView(page, name);
      return c.json({ removed: 1 });
    });
}
