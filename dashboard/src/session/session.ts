import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Session } from '../../../domain/access.ts';
import { api, body } from '../api.ts';

/** Who is asking, and how people sign in here. */
export function sessionQuery() {
  return queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => body(api.session.$get({}, { init: { signal } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** `null` until it is known. */
export function useSession(): Session | null {
  return useQuery(sessionQuery()).data?.session ?? null;
}

/** Looks at another project from now on: everything on the page is that project's, so it is loaded anew. */
export function switchProject(project: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser; it grants nothing.
  document.cookie = `rehearse-project=${project}; path=/; max-age=31536000; samesite=lax`;
  location.assign('/');
}

export async function signOut(): Promise<void> {
  await body(api.session.$delete());
  location.assign('/');
}
