import { AppError } from '../domain/errors.ts';
import {
  type AskUpstream,
  CASSETTE_MODES,
  type Cassette,
  directUpstream,
  openCassette,
  type Upstream,
} from '../harness/index.ts';

/** Where real models are, and the cassette that stands between. */
export type Provider = {
  upstream: Upstream;
  ask: AskUpstream;
  cassette: Cassette | null;
  /** There is a key or an address, or nothing is asked for. */
  usable: boolean;
  userModelName: string | null;
  close(): Promise<void>;
};

const openaiUrl = 'https://api.openai.com/v1';

/** Variables that name a cassette: so the processes of one command share it. */
export const CASSETTE = 'REHEARSE_CASSETTE';
export const CASSETTE_MODE = 'REHEARSE_CASSETTE_MODE';

/**
 * Reads OPENAI_BASE_URL, OPENAI_API_KEY, REHEARSE_USER_MODEL, REHEARSE_CASSETTE and REHEARSE_CASSETTE_MODE. To be called
 * before any trial: what is asked for must not pass for a request of an agent.
 *
 * @throws AppError CASSETTE_UNREADABLE, USAGE
 */
export async function openProvider(environment: NodeJS.ProcessEnv): Promise<Provider> {
  const { OPENAI_BASE_URL: url, OPENAI_API_KEY: key, REHEARSE_USER_MODEL: userModelName } = environment;
  if (url && !URL.canParse(url)) throw new AppError('USAGE', `OPENAI_BASE_URL: expected a URL, got "${url}"`);
  const cassette = await openNamed(environment, key ? [key] : []);
  return {
    upstream: { url: url || openaiUrl, apiKey: key || null },
    ask: directUpstream(),
    cassette,
    usable: Boolean(key || url) || cassette?.mode === 'strict',
    userModelName: userModelName || null,
    close: async () => cassette?.close(),
  };
}

async function openNamed(
  environment: NodeJS.ProcessEnv,
  secrets: readonly string[],
): Promise<Cassette | null> {
  const path = environment[CASSETTE];
  const asked = environment[CASSETTE_MODE] || 'auto';
  if (!path || asked === 'off') return null;
  const mode = CASSETTE_MODES.find((one) => one === asked);
  if (!mode) {
    const modes = [...CASSETTE_MODES, 'off'].join(', ');
    throw new AppError('USAGE', `${CASSETTE_MODE}: expected one of ${modes}, got "${asked}"`);
  }
  return openCassette(path, { mode, secrets, now: () => new Date() });
}
