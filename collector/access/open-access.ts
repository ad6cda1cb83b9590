import { AppError } from '../../domain/errors.ts';
import type { Log } from '../observe/log.ts';
import type { Store } from '../store/store.ts';
import type { Authenticate } from './access.ts';
import { type AccessCopy, NO_COPY } from './access-copy.ts';
import { type Audit, openAudit } from './audit.ts';
import { createAuthenticate } from './authenticate.ts';
import { type Oidc, type OidcOptions, openOidc } from './oidc.ts';
import { SCRYPT, type ScryptParameters } from './password.ts';
import { openRegistry, type Registry } from './registry.ts';
import { createSignIn, type SignIn } from './sign-in.ts';

export type AccessOptions = {
  store: Pick<Store, 'rows' | 'insert'>;
  /** Default: none. */
  copy?: AccessCopy;
  /** The address that is listened on. */
  host: string;
  /** That of commands which can read the data directory. */
  localKey: string;
  /** Default: that of OWASP. */
  scrypt?: ScryptParameters;
  /** Left out: nobody signs in by OpenID Connect. */
  oidc?: OidcOptions;
  log: Log;
  /** Ends what is read again and again. */
  signal: AbortSignal;
};

/** Who may do what, as the parts of the server ask it. */
export type OpenAccess = {
  registry: Registry;
  audit: Audit;
  authenticate: Authenticate;
  signIn: SignIn;
  oidc: Oidc | null;
  scrypt: ScryptParameters;
  secureCookies: boolean;
};

const loopbackHosts = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return loopbackHosts.has(host);
}

/** @throws AppError BIND_REFUSED where others reach the address and nobody would have to say who they are */
export async function openAccess(options: AccessOptions): Promise<OpenAccess> {
  const { store, copy = NO_COPY, host, localKey, scrypt = SCRYPT, log, signal } = options;
  const loopback = isLoopback(host);
  const now = Date.now;
  const registry = await openRegistry({ store, copy, now, log, signal });
  if (!loopback && !registry.guarded()) {
    throw new AppError(
      'BIND_REFUSED',
      `expected a key or a person before ${host} is listened on, found none`,
    );
  }
  const secureCookies = !loopback;
  const secret = () => registry.sessionSecret();
  return {
    registry,
    audit: openAudit(store),
    authenticate: createAuthenticate({ registry, loopback, localKey, now }),
    signIn: createSignIn(registry, scrypt, () => performance.now()),
    oidc: options.oidc ? openOidc(options.oidc, { secret, secureCookies }) : null,
    scrypt,
    secureCookies,
  };
}
