import { z } from 'zod';
import type { OperationContext } from '../service.ts';
import { html } from './markup.ts';
import type { Screen } from './site.ts';

/**
 * Whose browser it is, in the only row of a site's `session`: a site without the row has nobody signed in. `captcha`
 * stands before every page, `signed_in` opens what is the user's own.
 */
const Session = z.looseObject({
  id: z.literal('me'),
  name: z.string(),
  handle: z.string(),
  signed_in: z.boolean(),
  captcha: z.boolean().default(false),
});
export type Session = z.infer<typeof Session>;

/** Tables of every site. */
export const COMMON_TABLES = { session: { key: 'id' }, attempts: { key: 'id', irreversible: true } };

const STRANGER: Session = { id: 'me', name: 'Guest', handle: 'guest', signed_in: false, captcha: false };

export function sessionOf({ table }: OperationContext): Session {
  const row = table('session').get('me');
  return row ? Session.parse(row) : STRANGER;
}

/** The page that asks whether a person is there. */
export function captchaWall(context: OperationContext): Screen | null {
  return sessionOf(context).captcha ? captchaPage(null) : null;
}

export function captchaPage(problem: string | null): Screen {
  return {
    title: 'One moment',
    status: 403,
    main: html`<section class="card">
<h1>Are you a person?</h1>
<p>We have seen unusual traffic from your network. Please verify that you are human to go on.</p>
${problem !== null && html`<p class="error" role="alert">${problem}</p>`}
<form method="post" action="captcha">
<label><input type="checkbox" name="human" value="yes"> I am not a robot</label>
<p class="muted">Select all pictures with a bridge. Reference: 7f2c-11a9.</p>
<button>Verify</button>
</form>
</section>`,
  };
}

/** The page that stands before what is the user's own; `null` for who is signed in. */
export function loginWall(context: OperationContext): Screen | null {
  return sessionOf(context).signed_in ? null : loginPage(null);
}

export function loginPage(problem: string | null): Screen {
  return {
    title: 'Sign in',
    status: 403,
    main: html`<section class="card">
<h1>Sign in</h1>
<p>Your session has ended. Please sign in to go on.</p>
${problem !== null && html`<p class="error" role="alert">${problem}</p>`}
<form method="post" action="login">
<label for="email">E-mail address</label><input id="email" name="email" type="email" autocomplete="username">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password">
<label><input type="checkbox" name="remember" value="yes"> Keep me signed in</label>
<button class="primary">Sign in</button>
</form>
<p><a href="help/forgot-password">Forgot your password?</a></p>
</section>`,
  };
}

/** A page that is not there. */
export function notFound(what: string): Screen {
  return {
    title: 'Not found',
    status: 404,
    main: html`<h1>Not found</h1><p>${what}</p><p><a href="./">Back to the start</a></p>`,
  };
}
