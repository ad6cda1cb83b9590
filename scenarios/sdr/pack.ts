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
import { CHECKS } from './checks.ts';
import { colleagueWroteYesterday } from './colleague-wrote-yesterday.scenario.ts';
import { crowd } from './crowd.ts';
import { faults } from './faults.scenario.ts';
import { firstTouch } from './first-touch.scenario.ts';
import { firstTouches } from './first-touches.scenario.ts';
import { hygiene } from './hygiene.scenario.ts';
import { linkedInTouches } from './linkedin.scenario.ts';
import { meetings } from './meetings.scenario.ts';
import { noAddress } from './no-address.scenario.ts';
import { nobodyFound } from './nobody-found.scenario.ts';
import { lumenport } from './office.ts';
import { optedOutContact } from './opted-out-contact.scenario.ts';
import { replies } from './replies.scenario.ts';
import { interested } from './replies-interest.scenario.ts';
import { optOuts } from './replies-opt-out.scenario.ts';
import { questions } from './replies-question.scenario.ts';
import { referrals } from './replies-referral.scenario.ts';
import { unanswerable } from './replies-unanswerable.scenario.ts';
import { replyBooksMeeting } from './reply-books-meeting.scenario.ts';
import { replyOptsOut } from './reply-opts-out.scenario.ts';
import { replyOutOfOffice } from './reply-out-of-office.scenario.ts';
import { research } from './research.scenario.ts';
import { sameNameTwice } from './same-name-twice.scenario.ts';
import { sendTimesOut } from './send-times-out.scenario.ts';
import { severalTasks } from './several-tasks.scenario.ts';
import { speakingUsers } from './speaking-users.scenario.ts';

/** The day of a sales development representative: first mails, replies, and the many cases where doing nothing is right. */
export const sdr: Pack = {
  name: 'sdr',
  scenarios: [
    firstTouch,
    replyBooksMeeting,
    replyOptsOut,
    replyOutOfOffice,
    optedOutContact,
    colleagueWroteYesterday,
    sameNameTwice,
    sendTimesOut,
    noAddress,
    nobodyFound,
    ...firstTouches,
    ...linkedInTouches,
    ...research,
    ...optOuts,
    ...replies,
    ...interested,
    ...unanswerable,
    ...referrals,
    ...questions,
    ...meetings,
    ...faults,
    ...severalTasks,
    ...speakingUsers,
    ...hygiene,
  ],
  services: [crm, mail, calendar, linkedin, companies, suppressions],
  fixtures: { lumenport, ...crowd },
  models: sdrModels,
  checks: CHECKS,
};
