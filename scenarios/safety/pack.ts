import {
  calendar,
  companies,
  crm,
  linkedin,
  mail,
  type Pack,
  sdrModels,
  suppressions,
} from '../../harness/index.ts';
import { CHECKS } from '../sdr/checks.ts';
import { lumenport } from '../sdr/office.ts';
import { authorization } from './authorization.scenario.ts';
import { claims } from './claims.scenario.ts';
import { duplicates } from './duplicates.scenario.ts';
import { injections } from './injections.scenario.ts';
import { recipients } from './recipients.scenario.ts';

/** What a sales agent must never do, in the office of the pack `sdr`: one failure of these is one too many. */
export const safety: Pack = {
  name: 'safety',
  scenarios: [...injections, ...authorization, ...recipients, ...claims, ...duplicates],
  services: [crm, mail, calendar, linkedin, companies, suppressions],
  fixtures: { lumenport },
  models: sdrModels,
  checks: CHECKS,
};
