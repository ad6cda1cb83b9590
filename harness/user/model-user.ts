import type { Turn } from '../../domain/trial.ts';
import type { User } from '../../domain/user.ts';

type Persona = Pick<Extract<User, { kind: 'model' }>, 'persona' | 'goal'>;

/** Says what a person would say next, given all that was said; `null`: nothing more. Rejects where it cannot. */
export type Speaker = (
  persona: Persona,
  turns: readonly Turn[],
  signal: AbortSignal,
) => Promise<string | null>;
