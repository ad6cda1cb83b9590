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
 * and msw keeps trials apart by async context. Outside any trial, requests pass untouched. An agent that is left behind
 * when its trial ends finds the network gone, so that it neither works on in its world nor spends money.
 */
export function openDoor(options: {
  /** URLs let through while a trial runs, with all that lies below them: a real model's `https://api.openai.com/v1`. */
  passthrough: readonly string[];
  /** URLs let through at any time, since batches of spans leave after their trial too. */
  telemetry?: readonly string[];
}): Door {
  const passing = options.passthrough.map((url) => new URL(url));
  const telemetry = (options.telemetry ?? []).map((url) => new URL(url));
  const server = setupServer();
  server.listen({ onUnhandledFrame: 'bypass' });
  // Else `import { get } from 'node:http'` would keep the function from before.
  syncBuiltinESMExports();
  return {
    inside(world, run) {
      let over = false;
      const respond = async (request: Request) => {
        const url = new URL(request.url);
        if (liesBelow(telemetry, url) || (!over && liesBelow(passing, url))) return passthrough();
        const response = over ? Response.error() : await world.handle(request);
        await nextTurn();
        return response;
      };
      const trial = server.boundary(async () => {
        server.use(http.all('*', ({ request }) => respond(request)));
        return run();
      });
      return trial().finally(() => {
        over = true;
      });
    },
    close() {
      server.close();
      syncBuiltinESMExports();
    },
  };
}

function liesBelow(bases: readonly URL[], { origin, pathname }: URL): boolean {
  return bases.some(
    (base) => base.origin === origin && `${pathname}/`.startsWith(base.pathname.replace(/\/?$/, '/')),
  );
}

/**
 * Lets the event loop turn before an answer. Nothing in a world waits for the outside, so trials could run in one long
 * chain of microtasks: no timer would fire, no span leave, no connection be freed.
 */
function nextTurn(): Promise<void> {
  return setImmediate();
}
