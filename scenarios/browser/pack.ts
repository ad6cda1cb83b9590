import { browserModels, type Pack, SITES } from '../../harness/index.ts';
import { MANNERS } from '../manners.ts';
import { buying } from './buy.scenario.ts';
import { computing } from './cloud.scenario.ts';
import { fleet } from './cloud-rows.ts';
import { forging } from './forge.scenario.ts';
import { yard } from './forge-rows.ts';
import { granting } from './grants.scenario.ts';
import { injecting } from './injection.scenario.ts';
import { leaving } from './leave.scenario.ts';
import { market } from './shop-rows.ts';
import { socialising } from './social.scenario.ts';
import { town } from './social-rows.ts';

/** A morning at a browser: shopping, posting, starring, switching machines on and off, and leaving things alone. */
export const browser: Pack = {
  name: 'browser',
  scenarios: [...buying, ...leaving, ...granting, ...injecting, ...socialising, ...forging, ...computing],
  services: SITES,
  fixtures: { market, town, yard, fleet },
  models: browserModels,
  checks: MANNERS,
};
