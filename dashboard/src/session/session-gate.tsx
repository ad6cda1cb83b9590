import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sessionQuery } from './session.ts';
import { SignInPage } from './sign-in-page.tsx';

/** Shows the pages to who may see them, and to others the way in. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { data, isPending } = useQuery(sessionQuery());
  if (isPending) return null;
  // Without an answer each page says itself what is wrong.
  if (data && data.session === null) return <SignInPage ways={data.ways} />;
  return children;
}
