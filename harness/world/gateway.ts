import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Door } from './door.ts';
import { readBody } from './gateway-body.ts';
import {
  gatewayEnvironment,
  proxyToken,
  type WorldAddresses,
  worldAddresses,
} from './gateway-environment.ts';
import type { Reply } from './service.ts';
import type { World } from './world.ts';
import { refusal, toResponse } from './world-request.ts';

/** The door for agents outside this process, in any language. */
export type Gateway = Door & { readonly url: string };

type OpenTrial = { world: World; addresses: WorldAddresses };

const maxBodyBytes = 8 * 2 ** 20;

/**
 * One server on a free port of the loopback interface for the worlds of any number of trials. A world's services, and
 * its model, are at `/t/<trial>/<service>/...`, where `<trial>` is a secret that only the trial's own agent is told; a
 * trial that has ended answers 410. The server is an HTTP proxy too: clients that heed `HTTP_PROXY` and its kin send
 * it their requests to all other hosts, which it blocks and journals as egress effects.
 *
 * @example
 * const gateway = await openGateway({ direct: [] });
 * await gateway.inside(world, async ({ CRM_URL }) => fetch(`${CRM_URL}/contacts?q=Lee`));
 * gateway.close();
 */
export async function openGateway(options: {
  /** URLs whose hosts the agent may reach past the proxy: a collector's, a real model's. */
  direct: readonly string[];
}): Promise<Gateway> {
  const trials = new Map<string, OpenTrial>();
  const server = createAdaptorServer({
    fetch: (request, env) => answer(trials, request, (env as HttpBindings).incoming),
    hostname: '127.0.0.1',
    overrideGlobalObjects: false,
    // However long the agent's model thinks between two calls: an idle connection that ends would be a fault of ours.
    serverOptions: { keepAliveTimeout: 0 },
  }) as Server;
  server.on('connect', (incoming: IncomingMessage, socket: Duplex) => {
    // A client that hangs up early is no error of ours.
    socket.on('error', () => socket.destroy());
    void refuseTunnel(trials, incoming).then((text) => socket.end(text));
  });
  const address = await listen(server);
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    inside(world, run) {
      const token = randomBytes(16).toString('hex');
      trials.set(token, { world, addresses: worldAddresses(world.environment) });
      const environment = gatewayEnvironment(world.environment, { url, token, direct: options.direct });
      return run(environment).finally(() => trials.delete(token));
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Trials = ReadonlyMap<string, OpenTrial>;

function answer(trials: Trials, request: Request, incoming: IncomingMessage): Promise<Response> | Response {
  const proxied = !incoming.url?.startsWith('/');
  return proxied ? answerProxied(trials, request, incoming) : answerDirect(trials, request, incoming);
}

async function answerDirect(trials: Trials, request: Request, incoming: IncomingMessage): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const [, token, service, rest] = /^\/t\/([^/]+)\/([^/]+)(\/.*)?$/.exec(pathname) ?? [];
  if (token === undefined || service === undefined) return toResponse(notAnAddress(pathname));
  const trial = trials.get(token);
  if (!trial) return toResponse(trialOver());
  const origin = trial.addresses.get(service);
  if (origin === undefined) return toResponse(unknownService(service, trial.addresses));
  const body = await readBody(incoming, maxBodyBytes);
  if (!body.whole) return toResponse(bodyTooLarge());
  return trial.world.handle({
    method: request.method,
    url: `${origin}${rest ?? '/'}${search}`,
    headers: request.headers,
    signal: request.signal,
    text: async () => body.text,
  });
}

/** A request in absolute form, as clients send them to a proxy. What is too long to be journaled whole is cut. */
async function answerProxied(trials: Trials, request: Request, incoming: IncomingMessage): Promise<Response> {
  const { trial, refused } = trialOfProxy(trials, incoming);
  if (!trial) return toResponse(refused);
  const { text } = await readBody(incoming, maxBodyBytes);
  const { method, url, headers } = request;
  return trial.world.handle({ method, url, headers, text: async () => text });
}

/** `CONNECT host:port` asks for a tunnel, mostly for https; what would go through it is not seen. Never rejects. */
async function refuseTunnel(trials: Trials, incoming: IncomingMessage): Promise<string> {
  const { trial, refused } = trialOfProxy(trials, incoming);
  if (!trial) return rawResponse(toResponse(refused));
  const target = incoming.url ?? '';
  const url = `${target.endsWith(':80') ? 'http' : 'https'}://${target}/`;
  if (!URL.canParse(url)) return rawResponse(toResponse(notATarget(target)));
  const headers = new Headers();
  const { traceparent } = incoming.headers;
  if (typeof traceparent === 'string') headers.set('traceparent', traceparent);
  return rawResponse(await trial.world.handle({ method: 'CONNECT', url, headers, text: async () => '' }));
}

function trialOfProxy(trials: Trials, incoming: IncomingMessage) {
  const token = proxyToken(incoming.headers['proxy-authorization']);
  if (token === null) return { trial: null, refused: noCredentials() };
  const trial = trials.get(token);
  return trial ? { trial, refused: null } : { trial: null, refused: trialOver() };
}

/** A response as it goes over a socket. Clients in Python and Go show the reason of a refused tunnel and not its body. */
async function rawResponse(response: Response): Promise<string> {
  const body = await response.text();
  const [, said = 'refused'] = /"message":"([ -~]{1,200})"/.exec(body) ?? [];
  const headers = [...response.headers, ['connection', 'close']].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `HTTP/1.1 ${response.status} ${said}\r\n${headers.join('')}\r\n${body}`;
}

function notAnAddress(path: string): Reply {
  return refusal(404, 'not_found', `expected /t/<trial>/<service>/..., got ${path}`);
}

function notATarget(target: string): Reply {
  return refusal(400, 'bad_request', `expected CONNECT host:port, got ${target}`);
}

function trialOver(): Reply {
  return refusal(
    410,
    'trial_over',
    'no trial is under way at this address: it has ended, and so has its world',
  );
}

function unknownService(service: string, known: WorldAddresses): Reply {
  const names = [...known.keys()].join(', ');
  return refusal(404, 'not_found', `this world has no service "${service}"; it has ${names}`);
}

function bodyTooLarge(): Reply {
  return refusal(413, 'body_too_large', `expected a body of at most ${maxBodyBytes} bytes`);
}

function noCredentials(): Reply {
  const message = 'expected the user and password that HTTP_PROXY names: they tell whose trial this is';
  return {
    ...refusal(407, 'proxy_credentials_missing', message),
    headers: { 'proxy-authenticate': 'Basic realm="rehearse"' },
  };
}

async function listen(server: Server): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return server.address() as AddressInfo;
}
