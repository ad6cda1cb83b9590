import { serviceAt } from './world-host.ts';

/** Where a world has its services: `http://crm.rehearse.test` by `crm`. */
export type WorldAddresses = ReadonlyMap<string, string>;

/** Of all services that the environment of a world names. */
export function worldAddresses(environment: Readonly<Record<string, string>>): WorldAddresses {
  return new Map(
    Object.values(environment).flatMap((value) => {
      const found = locate(value);
      return found ? [[found.service, `http://${found.url.host}`] as const] : [];
    }),
  );
}

/**
 * The environment of a world as an agent behind the gateway has it: each address of the world is one of the gateway's,
 * and the proxy variables name the gateway with the trial's token. They are there in both cases, since curl heeds
 * `http_proxy` only; Node heeds them where NODE_USE_ENV_PROXY says so.
 */
export function gatewayEnvironment(
  environment: Readonly<Record<string, string>>,
  gateway: { url: string; token: string; direct: readonly string[] },
): Record<string, string> {
  const { host } = new URL(gateway.url);
  const moved = Object.entries(environment).map(([name, value]) => {
    const found = locate(value);
    if (!found) return [name, value];
    const path = found.url.pathname.replace(/\/$/, '');
    return [name, `${found.url.protocol}//${host}/t/${gateway.token}/${found.service}${path}`];
  });
  return { ...Object.fromEntries(moved), ...proxyVariables(host, gateway) };
}

function proxyVariables(host: string, gateway: { token: string; direct: readonly string[] }) {
  const proxy = `http://${proxyUser}:${gateway.token}@${host}`;
  const direct = gateway.direct.map((url) => new URL(url).hostname);
  const past = [...new Set(['localhost', '127.0.0.1', '::1', ...direct])].join(',');
  const variables = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, ALL_PROXY: proxy, NO_PROXY: past };
  const lowerCase = Object.entries(variables).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...variables, ...Object.fromEntries(lowerCase), NODE_USE_ENV_PROXY: '1' };
}

const proxyUser = 'trial';

/** The token in the credentials that a client sends to a proxy; `null` without. */
export function proxyToken(header: string | undefined): string | null {
  const [, encoded] = /^basic (.+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  const [, password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return password || null;
}

/** The service that a variable's value is an address of. */
function locate(value: string): { url: URL; service: string } | null {
  const url = URL.parse(value);
  const service = url && serviceAt(url.hostname);
  return url && service ? { url, service } : null;
}
