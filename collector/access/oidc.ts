import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import * as client from 'openid-client';
import { z } from 'zod';
import { Email } from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';

export type OidcOptions = {
  /** Of the provider: `https://accounts.example.com`. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where people reach the collector, as the provider knows it: `https://rehearse.example.com`. */
  publicUrl: string;
  /** On the button. Default: the host of the issuer. */
  name?: string;
};

/** Signing in at another's: the code flow of OpenID Connect, with PKCE. */
export type Oidc = {
  name: string;
  /** Where the browser is to be sent. Leaves a cookie that only the answer to this attempt will fit. */
  begin(c: Context): Promise<string>;
  /** The verified address of who signed in. @throws AppError SIGN_IN_REFUSED */
  finish(c: Context): Promise<string>;
};

const ATTEMPT_COOKIE = 'rehearse-sign-in';
const attemptSeconds = 600;

const Attempt = z.object({ verifier: z.string(), state: z.string(), nonce: z.string() });
const Claims = z.object({ email: Email, email_verified: z.boolean().optional() });

/** @param secret signs the cookies of attempts @param secureCookies whether they go over TLS alone */
export function openOidc(
  options: OidcOptions,
  { secret, secureCookies }: { secret: () => string; secureCookies: boolean },
): Oidc {
  const redirectUri = new URL('/api/session/oidc/callback', options.publicUrl).href;
  let discovered: Promise<client.Configuration> | null = null;
  /** At the first attempt, and again after one that failed: the provider may be away when the collector starts. */
  const discover = (): Promise<client.Configuration> => {
    discovered ??= client
      .discovery(new URL(options.issuer), options.clientId, options.clientSecret, undefined, {
        execute: options.issuer.startsWith('http://') ? [client.allowInsecureRequests] : [],
      })
      .catch((cause: unknown) => {
        discovered = null;
        throw new AppError('SIGN_IN_REFUSED', `expected an OpenID provider at ${options.issuer}`, { cause });
      });
    return discovered;
  };

  return {
    name: options.name ?? new URL(options.issuer).host,
    async begin(c) {
      const config = await discover();
      const verifier = client.randomPKCECodeVerifier();
      const attempt = { verifier, state: client.randomState(), nonce: client.randomNonce() };
      await setSignedCookie(c, ATTEMPT_COOKIE, JSON.stringify(attempt), secret(), {
        path: '/api/session/oidc',
        httpOnly: true,
        sameSite: 'Lax',
        secure: secureCookies,
        maxAge: attemptSeconds,
      });
      return client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: attempt.state,
        nonce: attempt.nonce,
      }).href;
    },
    async finish(c) {
      const config = await discover();
      const cookie = await getSignedCookie(c, secret(), ATTEMPT_COOKIE);
      deleteCookie(c, ATTEMPT_COOKIE, { path: '/api/session/oidc' });
      if (!cookie) throw new AppError('SIGN_IN_REFUSED', 'expected an attempt to sign in that began here');
      const { verifier, state, nonce } = Attempt.parse(JSON.parse(cookie));
      const answer = new URL(`${redirectUri}${new URL(c.req.url).search}`);
      const tokens = await client
        .authorizationCodeGrant(config, answer, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
        })
        .catch((cause: unknown) => {
          throw new AppError('SIGN_IN_REFUSED', 'the provider did not sign anybody in', { cause });
        });
      const claims = Claims.safeParse(tokens.claims());
      // A provider that lets people claim any address would let them in as anybody.
      if (!claims.success || claims.data.email_verified === false) {
        throw new AppError(
          'SIGN_IN_REFUSED',
          'expected a verified email address from the provider, got none',
        );
      }
      return claims.data.email;
    },
  };
}
