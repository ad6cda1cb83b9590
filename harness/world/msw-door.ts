import { syncBuiltinESMExports } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { FetchInterceptor } from '@mswjs/interceptors/fetch/web';
import { HttpRequestInterceptor } from '@mswjs/interceptors/http';
import { http, passthrough } from 'msw';
import { defineNetwork, InterceptorSource } from 'msw/experimental';
import { AsyncHandlersController } from 'msw/node';
import type { Door } from './door.ts';

/**
 * Intercepts the HTTP requests of this process, whatever client makes them. One door a process: the interception is
 * global, and msw keeps trials apart by async context. Outside any trial, requests pass untouched. An agent that is left
 * behind when its trial ends finds the network gone, so that it neither works on in its world nor spends money.
 */
export function openDoor(options: {
  /** URLs let through while a trial runs, with all that lies below them: a real model's `https://api.openai.com/v1`. */
  passthrough: readonly string[];
  /** URLs let through at any time, since batches of spans leave after their trial too. */
  telemetry?: readonly string[];
}): Door {
  const passing = options.passthrough.map((url) => new URL(url));
  const telemetry = (options.telemetry ?? []).map((url) => new URL(url));
  const handlers = new AsyncHandlersController([]);
  const network = defineNetwork({
    sources: [new InterceptorSource({ interceptors: interceptors() })],
    handlers,
    onUnhandledFrame: 'bypass',
    context: { quiet: true },
  });
  network.enable();
  // Else `import { get } from 'node:http'` would keep the function from before.
  syncBuiltinESMExports();
  return {
    inside(world, run) {
      let over = false;
      const channel = world.environment.USER_URL;
      const open = channel === undefined ? passing : [...passing, new URL(channel.replace(/^ws/, 'http'))];
      const respond = async (request: Request) => {
        const url = new URL(request.url);
        if (liesBelow(telemetry, url) || (!over && liesBelow(open, url))) return passthrough();
        const response = over ? Response.error() : await world.handle(request);
        await nextTurn();
        return response;
      };
      const trial = handlers.boundary(async () => {
        network.use(http.all('*', ({ request }) => respond(request)));
        return run(world.environment);
      });
      return trial().finally(() => {
        over = true;
      });
    },
    close() {
      network.disable();
      syncBuiltinESMExports();
    },
  };
}

/**
 * `fetch` is answered where it is called, as msw does in browsers: in Node it would emulate a socket and parse the
 * answer again, at five times the price of a trial. That way is left to clients that need it: node:http, and undici's
 * own. Two builds of one package share no types, hence the cast.
 */
function interceptors() {
  const atTheCall = new FetchInterceptor() as unknown as HttpRequestInterceptor;
  return [atTheCall, new HttpRequestInterceptor()];
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
