import { queryOptions } from '@tanstack/react-query';
import { isPending } from '../../../../domain/control-command.ts';
import { api, body } from '../../api.ts';

const restMillis = 2000;
const pendingMillis = 500;

/** The agents that can be commanded, with what was asked of them. */
export const controlQuery = queryOptions({
  queryKey: ['control'],
  queryFn: ({ signal }) => body(api.control.$get({}, { init: { signal } })),
  refetchInterval: ({ state }) =>
    state.data?.agents.some(({ commands }) => commands.some(isPending)) ? pendingMillis : restMillis,
});
