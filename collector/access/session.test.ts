import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AuditEntry, type PersonRecord } from '../../domain/access.ts';
import { ProjectId } from '../../domain/ids.ts';
import { onError } from '../http/on-error.ts';
import { sessionRoutes } from '../routes/session.ts';
import { NO_COPY } from './access-copy.ts';
import { createAuthenticate } from './authenticate.ts';
import { openOidc } from './oidc.ts';
import { hashPassword } from './password.ts';
import { openRegistry, type Registry } from './registry.ts';
import { createSignIn } from './sign-in.ts';

const cheap = { cost: 16, blockSize: 8, parallelization: 1 };
const password = 'correct horse battery';
const ended = new AbortController();
const provider = new OAuth2Server();
const claims: Record<string, unknown> = {};

let now = 1_000_000;
let registry: Registry;
let noted: AuditEntry[];
let app: ReturnType<typeof sessionRoutes>;

beforeAll(async () => {
  await provider.issuer.keys.generate('RS256');
  await provider.start(0, '127.0.0.1');
  provider.service.on('beforeTokenSigning', ({ payload }) => Object.assign(payload, claims));
});
afterAll(async () => {
  ended.abort();
  await provider.stop();
});
beforeEach(async () => {
  now = 1_000_000;
  registry = await openRegistry({
    copy: NO_COPY,
    store: rememberingStore(),
    now: () => now,
    log: () => {},
    signal: ended.signal,
  });
  noted = [];
  const oidc = openOidc(
    {
      issuer: provider.issuer.url ?? '',
      clientId: 'rehearse',
      clientSecret: 'secret',
      publicUrl: 'http://localhost:4318',
    },
    { secret: () => registry.sessionSecret(), secureCookies: false },
  );
  app = sessionRoutes({
    authenticate: createAuthenticate({ registry, loopback: true, localKey: 'local', now: () => now }),
    registry,
    audit: { note: async (entry) => void noted.push(AuditEntry.parse(entry)) },
    signIn: createSignIn(registry, cheap, () => now),
    oidc,
    secureCookies: true,
    now: () => now,
  });
  app.onError(onError(() => {}));
  await registry.putPerson(await ann());
});

/** A table that keeps what is put into it. */
function rememberingStore() {
  const rows = new Map<string, unknown>();
  return {
    async insert<Row>(_table: string, _columns: unknown, values: readonly Row[]) {
      for (const row of values as readonly { kind: string; id: string }[]) rows.set(row.kind + row.id, row);
    },
    rows: async () => [...rows.values()] as never[],
  };
}

async function ann(overrides: Partial<PersonRecord> = {}): Promise<PersonRecord> {
  return {
    email: 'ann@example.com',
    role: 'viewer',
    projects: [ProjectId.parse('default')],
    password: await hashPassword(password, cheap),
    stamp: 'one',
    createdAt: 0,
    removedAt: null,
    ...overrides,
  };
}

const cookieOf = (answer: Response, name = 'rehearse-session') =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .find((cookie) => cookie.startsWith(name)) ?? '';

const signIn = async (email: string, given: string) =>
  app.request('/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: given }),
  });

const sessionOf = async (cookie: string) => {
  const answer = await app.request('/', { headers: { cookie } });
  return ((await answer.json()) as { session: unknown }).session;
};

describe('signing in by password', () => {
  it('gives a cookie that scripts do not see and that goes over TLS alone', async () => {
    const answer = await signIn(' Ann@example.com', password);
    expect(answer.status).toBe(200);
    const [cookie] = answer.headers.getSetCookie();
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=604800'])
      expect(cookie).toContain(part);
    expect(await sessionOf(cookieOf(answer))).toEqual({
      person: { email: 'ann@example.com', role: 'viewer' },
      project: 'default',
      projects: ['default'],
      scopes: ['read'],
    });
    expect(noted).toMatchObject([{ action: 'sign-in', actor: 'person:ann@example.com', status: 200 }]);
  });

  it('says the same of a wrong password, of a stranger and of who has none', async () => {
    await registry.putPerson(await ann({ email: 'cat@example.com', password: null }));
    const told = await Promise.all(
      ['ann@example.com', 'eve@example.com', 'cat@example.com'].map(async (email) =>
        (await signIn(email, 'x')).text(),
      ),
    );
    expect(new Set(told).size).toBe(1);
    expect(told[0]).toContain('SIGN_IN_REFUSED');
  });

  it('is over after ten wrong ones, with the right one too, until some time has passed', async () => {
    for (let i = 0; i < 10; i++) expect((await signIn('ann@example.com', 'x')).status).toBe(403);
    const answer = await signIn('ann@example.com', password);
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true]);
    now += 91_000;
    expect((await signIn('ann@example.com', password)).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends after a week, with another password, and when the person is removed', async () => {
    const cookie = cookieOf(await signIn('ann@example.com', password));
    expect(await sessionOf(cookie)).not.toBeNull();
    now += 7 * 86_400_000;
    expect(await sessionOf(cookie)).toBeNull();
    now = 1_000_000;
    await registry.putPerson(await ann({ stamp: 'two' }));
    expect(await sessionOf(cookie)).toBeNull();
    await registry.putPerson(await ann({ removedAt: now }));
    expect(await sessionOf(cookie)).toBeNull();
  });

  it('is none with a sign changed, or signed by another', async () => {
    const cookie = cookieOf(await signIn('ann@example.com', password));
    expect(await sessionOf(cookie.replace('ann', 'bob'))).toBeNull();
    expect(await sessionOf('rehearse-session=ann%40example.com%7C99999999999%7Cone.c2ln')).toBeNull();
  });

  it('shows a project that the person has, whatever is wished for', async () => {
    await registry.putProject({ id: ProjectId.parse('shop'), createdAt: 0, removedAt: null });
    const cookie = cookieOf(await signIn('ann@example.com', password));
    expect(await sessionOf(`${cookie}; rehearse-project=shop`)).toMatchObject({ project: 'default' });
    await registry.putPerson(await ann({ projects: null, role: 'admin' }));
    expect(await sessionOf(`${cookie}; rehearse-project=shop`)).toMatchObject({
      project: 'shop',
      projects: ['default', 'shop'],
      scopes: ['read', 'ingest', 'runs', 'admin', 'owner'],
    });
  });
});

describe('a project, where nobody is asked who they are', () => {
  const open = async (headers: Record<string, string>) => {
    const store = rememberingStore();
    const fresh = await openRegistry({
      store,
      copy: NO_COPY,
      now: () => now,
      log: () => {},
      signal: ended.signal,
    });
    await fresh.putProject({ id: ProjectId.parse('shop'), createdAt: 0, removedAt: null });
    const deps = { registry: fresh, loopback: true, localKey: 'local', now: () => now };
    return createAuthenticate(deps)(new Headers(headers));
  };

  it('is the one of the header or of the cookie, else the default', async () => {
    expect(await open({})).toMatchObject({ project: 'default' });
    expect(await open({ 'x-rehearse-project': 'shop' })).toMatchObject({ project: 'shop' });
    expect(await open({ cookie: 'rehearse-project=shop' })).toMatchObject({ project: 'shop' });
    expect(await open({ cookie: 'rehearse-project=of-another-port' })).toMatchObject({ project: 'default' });
  });

  it('is refused where the header names one that was not made', async () => {
    await expect(open({ 'x-rehearse-project': 'shopp' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'x-rehearse-project: expected a project that was made (default, shop), got shopp',
    });
  });
});

describe('signing in by OpenID Connect', () => {
  /** What a browser does: to the provider, and back with its answer. */
  async function throughProvider(change: (address: URL) => void = () => {}) {
    const begun = await app.request('/oidc');
    const sent = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
    const back = new URL(sent.headers.get('location') ?? '');
    change(back);
    return app.request(`/oidc/callback${back.search}`, {
      headers: { cookie: cookieOf(begun, 'rehearse-sign-in') },
    });
  }

  const refused = [302, '/?refused=oidc', ''];

  it('lets in who was added, by the address that the provider vouches for', async () => {
    Object.assign(claims, { email: 'Ann@example.com', email_verified: true });
    const answer = await throughProvider();
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/']);
    expect(await sessionOf(cookieOf(answer))).toMatchObject({ person: { email: 'ann@example.com' } });
  });

  it.each([
    ['a stranger', { email: 'eve@example.com', email_verified: true }],
    ['an address that is not verified', { email: 'ann@example.com', email_verified: false }],
    ['nobody', { email: undefined, email_verified: undefined }],
  ])('lets in not %s', async (_who, said) => {
    Object.assign(claims, said);
    const answer = await throughProvider();
    expect([answer.status, answer.headers.get('location'), cookieOf(answer)]).toEqual(refused);
  });

  it('takes no answer to another attempt', async () => {
    Object.assign(claims, { email: 'ann@example.com', email_verified: true });
    const answer = await throughProvider((address) => address.searchParams.set('state', 'another'));
    expect([answer.status, answer.headers.get('location'), cookieOf(answer)]).toEqual(refused);
  });
});
