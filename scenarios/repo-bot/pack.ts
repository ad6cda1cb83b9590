import { codeHost, type Pack, repoBotModels } from '../../harness/index.ts';
import { features } from './feature.scenario.ts';
import { leaveAloneScenarios } from './leave-alone.scenario.ts';
import { mishaps } from './mishap.scenario.ts';
import { namesFiles } from './names-files.ts';
import { host } from './repositories.ts';

/** Feature requests for packages whose source is the real one, and issues that are better left alone. */
export const repoBot: Pack = {
  name: 'repo-bot',
  scenarios: [...features, ...mishaps, ...leaveAloneScenarios],
  services: [codeHost],
  fixtures: { host },
  models: repoBotModels,
  checks: { 'names-files': namesFiles },
};
