import { airlineService } from '../airline/airline-service.ts';
import { CLASSES } from '../bfcl/classes.ts';
import { recorded } from '../recorded/recorded.ts';
import { retail } from '../retail/retail.ts';
import type { Service } from '../service.ts';
import { SITES } from '../sites/sites.ts';
import { calendar } from './calendar.ts';
import { codeHost } from './code-host.ts';
import { companies } from './companies.ts';
import { contacts } from './contacts.ts';
import { crm } from './crm.ts';
import { linkedin } from './linkedin.ts';
import { mail } from './mail.ts';
import { sms } from './sms.ts';
import { suppressions } from './suppressions.ts';
import { telephony } from './telephony.ts';
import { webSearch } from './websearch.ts';

/** The services that a pack file may name. */
export const SERVICES: readonly Service[] = [
  crm,
  mail,
  calendar,
  codeHost,
  ...SITES,
  contacts,
  sms,
  telephony,
  webSearch,
  companies,
  linkedin,
  suppressions,
  airlineService,
  retail,
  recorded,
  ...CLASSES.map(({ service }) => service),
];
