import { type Context, Hono } from 'hono';
import { deleteCookie, setSignedCookie } from 'hono/cookie';
import { z } from 'zod';
import type { PersonRecord, Session, SignInWays } from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';
import { DEFAULT_PROJECT } from '../../domain/ids.ts';
import type { Access, Authenticate } from '../access/access.ts';
import type { Audit } from '../access/audit.ts';
import { everyProject, projectsOf } from '../access/authenticate.ts';
import type { Oidc } from '../access/oidc.ts';
import type { Registry } from '../access/registry.ts';
import { SESSION_COOKIE, SESSION_SECONDS, sessionValue } from '../access/session.ts';
import type { SignIn } from '../access/sign-in.ts';
import { validate } from '../http/validate.ts';

export type SessionDeps = {
  authenticate: Authenticate;
  registry: Registry;
  audit: Pick<Audit, 'note'>;
  signIn: SignIn;
  /** `null`: nobody signs in by OpenID Connect. */
  oidc: Oidc | null;
  /** Cookies go over TLS alone; not on loopback. */
  secureCookies: boolean;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** What the provider sends back is read by the library that asked for it. */
const anyQuery = validate('query', z.looseObject({}));

const credentials = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().max(1024),
});

/** Where a person is told that the provider's word does not let them in: what they came from is a browser, which shows no JSON. */
const REFUSED_PAGE = '/?refused=oidc';

function nobodyIfRefused(error: unknown): null {
  if (error instanceof AppError && error.code === 'SIGN_IN_REFUSED') return null;
  throw error;
}

/** Signing in and out. Public: who comes here is nobody yet. */
export function sessionRoutes(deps: SessionDeps) {
  const { registry, oidc } = deps;

  async function begin(c: Context, person: PersonRecord): Promise<void> {
    await setSignedCookie(c, SESSION_COOKIE, sessionValue(person, deps.now()), registry.sessionSecret(), {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: deps.secureCookies,
      maxAge: SESSION_SECONDS,
    });
  }
  const noteSignIn = (email: string, status: number) =>
    deps.audit
      .note({
        at: deps.now(),
        project: DEFAULT_PROJECT,
        actor: `person:${email}`,
        action: 'sign-in',
        subject: email,
        status,
      })
      .catch(() => {});

  return new Hono()
    .get('/', async (c) => {
      const access = await deps.authenticate(c.req.raw.headers).catch(() => null);
      const ways: SignInWays = {
        password: registry.people().some(({ password }) => password !== null),
        oidc: oidc?.name ?? null,
      };
      c.header('cache-control', 'no-store');
      return c.json({ session: access && sessionOf(access, registry), ways });
    })
    .post('/', validate('json', credentials), async (c) => {
      const { email, password } = c.req.valid('json');
      try {
        const person = await deps.signIn(email, password);
        await begin(c, person);
      } catch (error) {
        if (error instanceof AppError) await noteSignIn(email, error.status);
        throw error;
      }
      await noteSignIn(email, 200);
      return c.json({ signedIn: true });
    })
    .delete('/', (c) => {
      deleteCookie(c, SESSION_COOKIE, { path: '/' });
      return c.json({ signedIn: false });
    })
    .get('/oidc', async (c) => {
      if (oidc === null) throw new AppError('NOT_FOUND', 'nobody signs in by OpenID Connect here');
      return c.redirect(await oidc.begin(c));
    })
    .get('/oidc/callback', anyQuery, async (c) => {
      if (oidc === null) throw new AppError('NOT_FOUND', 'nobody signs in by OpenID Connect here');
      const email = await oidc.finish(c).catch(nobodyIfRefused);
      if (email === null) return c.redirect(REFUSED_PAGE);
      const person = registry.person(email);
      await noteSignIn(email, person ? 200 : 403);
      if (person === null) return c.redirect(REFUSED_PAGE);
      await begin(c, person);
      return c.redirect('/');
    });
}

function sessionOf({ principal, project, scopes }: Access, registry: Registry): Session {
  const person = principal.kind === 'person' ? registry.person(principal.email) : null;
  const all = principal.kind === 'key' ? [project] : everyProject(registry);
  return {
    person: person && { email: person.email, role: person.role },
    project,
    projects: person ? projectsOf(person, registry) : all,
    scopes: [...scopes],
  };
}
