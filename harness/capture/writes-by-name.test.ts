import { expect, it } from 'vitest';
import { writesByName } from './writes-by-name.ts';

it.each([
  ['send_email', true],
  ['crmUpdateContact', true],
  ['bookFlight', true],
  ['notes.add', true],
  ['get_updates', false],
  ['search_and_add', false],
  ['list_sent_mail', false],
  ['current_time', false],
  ['weather', false],
  ['settings', false],
])('guesses by its name that %s writes: %s', (tool, writes) => {
  expect(writesByName(tool)).toBe(writes);
});
