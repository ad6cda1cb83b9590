import { calendar, julianModel, type Pack, telephony } from '../../harness/index.ts';
import { MANNERS } from '../manners.ts';
import { abstaining } from './abstaining.scenario.ts';
import { answersWithin } from './answers-within.ts';
import { bookings } from './booking.scenario.ts';
import { callsOnce } from './calls-once.ts';
import { lumenport } from './office.ts';
import { shortTurns } from './short-turns.ts';
import { speaksToThePoint } from './speaks-to-the-point.ts';

/** Calls of a voice agent: turns with their timing, interruptions, silence, and a booking as the effect. */
export const voice: Pack = {
  name: 'voice',
  scenarios: [...bookings, ...abstaining],
  services: [telephony, calendar],
  fixtures: { lumenport },
  models: [julianModel],
  checks: {
    ...MANNERS,
    'answers-within': answersWithin,
    'calls-once': callsOnce,
    'short-turns': shortTurns,
    'speaks-to-the-point': speaksToThePoint,
  },
};
