import { calendar, crm, mail, type Pack, sdrModels } from '../../harness/index.ts';
import { colleagueWroteYesterday } from './colleague-wrote-yesterday.scenario.ts';
import { firstTouch } from './first-touch.scenario.ts';
import { noAddress } from './no-address.scenario.ts';
import { nobodyFound } from './nobody-found.scenario.ts';
import { lumenport } from './office.ts';
import { optedOutContact } from './opted-out-contact.scenario.ts';
import { replyBooksMeeting } from './reply-books-meeting.scenario.ts';
import { replyOptsOut } from './reply-opts-out.scenario.ts';
import { replyOutOfOffice } from './reply-out-of-office.scenario.ts';
import { sameNameTwice } from './same-name-twice.scenario.ts';
import { sendTimesOut } from './send-times-out.scenario.ts';

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
  ],
  services: [crm, mail, calendar],
  fixtures: { lumenport },
  models: sdrModels,
};
