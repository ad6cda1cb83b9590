import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { FetchInterceptor } from '@mswjs/interceptors/fetch/web';
import { HttpRequestInterceptor } from '@mswjs/interceptors/http';
import { http, passthrough } from 'msw';
import { defineNetwork, InterceptorSource } from 'msw/experimental';
import type { Door } from './door.ts';

/** What a trial answers a request with; `null` lets it through. */
type Respond = (request: Request) => Promise<Response | null>;

/**
 * Intercepts the HTTP requests of this process, whatever client makes them. One door a process: the interception is
 * global, and trials are kept apart by async context. Outside any trial, requests pass untouched. An agent that is left
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
  const trials = new AsyncLocalStorage<Respond>();
  const close = intercept(async (request) => (await trials.getStore()?.(request)) ?? null);
  return {
    inside(world, run) {
      let over = false;
      const channel = world.environment.USER_URL;
      const open = channel === undefined ? passing : [...passing, new URL(channel.replace(/^ws/, 'http'))];
      const respond: Respond = async (request) => {
        const url = new URL(request.url);
        if (liesBelow(telemetry, url) || (!over && liesBelow(open, url))) return null;
        const response = over ? Response.error() : await world.handle(request);
        await nextTurn();
        return response;
      };
      return trials
        .run(respond, async () => run(world.environment))
        .finally(() => {
          over = true;
        });
    },
    close,
  };
}

/**
 * `fetch` is answered where it is called, by msw's interceptor for browsers: the one for Node emulates a socket and
 * parses the answer again, at many times the price. That way is left to the clients that need it: `node:http`, undici's
 * own, the handshake of a `WebSocket`. Returns what takes both away.
 */
function intercept(respond: Respond): () => void {
  const calls = new FetchInterceptor();
  calls.apply();
  calls.on('request', async ({ request, controller }) => {
    const response = await respond(request);
    if (response) controller.respondWith(response);
  });
  const sockets = defineNetwork({
    sources: [new InterceptorSource({ interceptors: [new HttpRequestInterceptor()] })],
    handlers: [http.all('*', async ({ request }) => (await respond(request)) ?? passthrough())],
    onUnhandledFrame: 'bypass',
    context: { quiet: true },
  });
  sockets.enable();
  // Else `import { get } from 'node:http'` would keep the function from before.
  syncBuiltinESMExports();
  return () => {
    calls.dispose();
    sockets.disable();
    syncBuiltinESMExports();
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
