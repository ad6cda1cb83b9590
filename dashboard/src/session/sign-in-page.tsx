import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect } from 'react';
import type { SignInWays } from '../../../domain/access.ts';
import { ApiError, api, body } from '../api.ts';
import { Icon } from '../ui/icon.tsx';

/** The way in, by password or at the provider of OpenID Connect. */
export function SignInPage({ ways }: { ways: SignInWays }) {
  useEffect(() => {
    document.title = 'Sign in · Rehearse';
  }, []);
  return (
    <main id="content" className="sign-in">
      <h1>Sign in to Rehearse</h1>
      {ways.password && <PasswordForm />}
      {ways.oidc !== null && refusedByProvider() && (
        <p role="alert" className="sign-in-refusal">
          <Icon name="warning" className="fail" /> {ways.oidc} did not let you in here. Try again; if it stays
          so, ask whoever runs Rehearse to add your email, and whether {ways.oidc} has verified it.
        </p>
      )}
      {ways.oidc !== null && (
        <a className="sign-in-elsewhere" href="/api/session/oidc">
          Sign in with {ways.oidc}
        </a>
      )}
      {!ways.password && ways.oidc === null && (
        <p>
          Nobody can sign in yet. Where the collector runs, <code>rehearse person add &lt;email&gt;</code>{' '}
          lets somebody in.
        </p>
      )}
      {!isSecureContext && (
        <p className="muted">This address is not encrypted: browsers keep a session here over https alone.</p>
      )}
    </main>
  );
}

/** The collector sends a browser back so: see the reference of its API. */
function refusedByProvider(): boolean {
  return new URLSearchParams(location.search).get('refused') === 'oidc';
}

function PasswordForm() {
  const signIn = useMutation({
    mutationFn: (json: { email: string; password: string }) => body(api.session.$post({ json })),
    // What was refused before is asked for anew.
    onSuccess: () => location.reload(),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    signIn.mutate({ email: String(fields.get('email')), password: String(fields.get('password')) });
  };
  return (
    <form onSubmit={submit}>
      <label>
        Email
        <input name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      {signIn.error && (
        <p role="alert" className="sign-in-refusal">
          <Icon name="warning" className="fail" /> {refusalWords(signIn.error)}
        </p>
      )}
      <button type="submit" className="button primary" disabled={signIn.isPending || signIn.isSuccess}>
        Sign in
      </button>
    </form>
  );
}

/** What happened and what to do, to a person who wants to get in. */
function refusalWords(error: Error): string {
  const code = error instanceof ApiError ? error.code : null;
  if (code === 'SIGN_IN_REFUSED') {
    return 'This email and this password do not belong together. Type both again, or ask whoever runs Rehearse to give you a new password.';
  }
  if (code === 'RATE_LIMITED')
    return 'There were too many attempts with this email. Wait two minutes, then try again.';
  return error instanceof ApiError ? `${error.message}. ${error.hint}` : error.message;
}
