import {
  assistantModel,
  autogptModel,
  calendar,
  contacts,
  mail,
  type Pack,
  sms,
  webSearch,
} from '../../harness/index.ts';
import { MANNERS } from '../manners.ts';
import { acknowledgesFirst } from './acknowledges-first.ts';
import { changes } from './change.scenario.ts';
import { feedback } from './feedback.scenario.ts';
import { nora } from './office.ts';
import { people } from './people.scenario.ts';
import { scheduling } from './schedule.scenario.ts';
import { freeTimes } from './schedule-free-time.scenario.ts';
import { sameNames } from './schedule-same-name.scenario.ts';
import { several } from './several.scenario.ts';
import { texting } from './texting.scenario.ts';

/** The day of a personal assistant: calendar, texts, people, and a user who changes her mind while it works. */
export const assistant: Pack = {
  name: 'assistant',
  scenarios: [
    ...scheduling,
    ...freeTimes,
    ...sameNames,
    ...changes,
    ...texting,
    ...feedback,
    ...people,
    ...several,
  ],
  services: [calendar, contacts, sms, mail, webSearch],
  fixtures: { nora },
  models: [assistantModel, autogptModel],
  checks: { ...MANNERS, 'acknowledges-first': acknowledgesFirst },
};
