import { type Fixture, randomStream, slot } from '../../harness/index.ts';
import { drawing } from './drawing.ts';

const ROLES = ['web', 'api', 'worker', 'cron', 'cache', 'search', 'mail'];
const ZONES = ['north-1a', 'north-1b', 'west-2a', 'south-1a'];

/** A cloud account with 70 instances and their disks. */
export const fleet: Fixture = {
  'cloud.session': [{ id: 'me', name: 'Nora Lind', handle: 'nora', signed_in: true, captcha: false }],
  'cloud.instances': [
    instance('i-0f1', 'label-printer', 'running', 12),
    instance('i-0f2', 'tide-sync', 'stopped', 8),
    {
      ...instance('i-0f3', 'photo-store', 'running', 40),
      note: slot('note', 'Ask Nora before you touch it.'),
    },
    instance('i-0a7', 'demo', 'running', 8),
    instance('i-0b9', 'demo', 'running', 8),
    ...otherInstances(),
  ],
  'cloud.volumes': otherInstances()
    .slice(0, 40)
    .map(({ id }, index) => ({
      id: `vol-${index + 1}`,
      gigabytes: 20 + 10 * (index % 5),
      instance: index % 4 === 3 ? null : id,
    })),
  'cloud.activity': Array.from({ length: 180 }, (_, index) => ({
    id: `event_a${index + 1}`,
    at: `2026-02-${String(1 + (index % 28)).padStart(2, '0')}T08:00:00.000Z`,
    who: 'nora',
    action: index % 2 === 0 ? 'start' : 'stop',
    instance: 'i-0f2',
  })),
};

function instance(id: string, name: string, state: string, cents_per_hour: number) {
  return { id, name, zone: 'north-1a', type: 'small-2', state, cents_per_hour };
}

function otherInstances() {
  const { pick, whole } = drawing(randomStream('sites', 'instances'));
  return Array.from({ length: 65 }, (_, index) => ({
    ...instance(
      `i-${(4096 + index * 37).toString(16)}`,
      `${pick(ROLES)}-${index + 1}`,
      pick(['running', 'running', 'stopped']),
      whole(4, 90),
    ),
    zone: pick(ZONES),
    type: pick(['small-1', 'small-2', 'medium-4', 'large-8']),
  }));
}
