import { runFromCommandLine } from '../genai/main.ts';
import { identity } from './identity.ts';
import { run } from './index.ts';

await runFromCommandLine({ identity, run });
