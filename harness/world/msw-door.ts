import { syncBuiltinESMExports } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { http, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import type { World } from './world.ts';

/** The way from an agent in this process into its world. */
export type Door = {
  /** Runs a trial: every HTTP request made in `run`, however deep, goes to `world`. Trials may overlap. */
  inside<T>(world: World, run: () => Promise<T>): Promise<T>;
  /** Takes the interception away. */
  close(): void;
};

/**
 * Intercepts the HTTP requests of this process (fetch and node:http). One door a process: the interception is global,
 * and msw keeps trials apart by async context. Outside any trial, requests pass untouched.
 */
export function openDoor(options: {
  /** Origins let through in a trial, such as the collector's: `http://127.0.0.1:4318`. */
  passthrough: readonly string[];
}): Door {
  const origins = new Set(options.passthrough.map((origin) => new URL(origin).origin));
  const server = setupServer();
  server.listen({ onUnhandledFrame: 'bypass' });
  // Else `import { get } from 'node:http'` would keep the function from before.
  syncBuiltinESMExports();
  return {
    inside(world, run) {
      const trial = server.boundary(async () => {
        server.use(
          http.all('*', ({ request }) =>
            origins.has(new URL(request.url).origin) ? passthrough() : answer(world, request),
          ),
        );
        return run();
      });
      return trial();
    },
    close() {
      server.close();
      syncBuiltinESMExports();
    },
  };
}

/**
 * Lets the event loop turn before the answer. Nothing in a world waits for the outside, so trials could run in one long
 * chain of microtasks: no timer would fire, no span leave, no connection be freed.
 */
async function answer(world: World, request: Request): Promise<Response> {
  const response = await world.handle(request);
  await setImmediate();
  return response;
}
