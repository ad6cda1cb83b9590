import { describe, expect, it } from 'vitest';
import { readTask } from './task.ts';

describe('readTask', () => {
  it.each([
    [
      'New lead from the web form: Priya Nair, Head of Operations at Ferrostack. Please send her our first mail.',
      { kind: 'first-touch', email: null, name: 'Priya Nair', company: 'Ferrostack' },
    ],
    [
      'Write to Marta Kowalska about the spring offer.',
      { kind: 'first-touch', email: null, name: 'Marta Kowalska', company: null },
    ],
    [
      'Could you get in touch with Élodie Marchand from Atelier & Fils?',
      { kind: 'first-touch', email: null, name: 'Élodie Marchand', company: 'Atelier & Fils' },
    ],
    [
      'Please introduce us to rafael.duarte@serra-foods.example.',
      { kind: 'first-touch', email: 'rafael.duarte@serra-foods.example', name: null, company: null },
    ],
  ])('finds whom to write to: %s', (request, task) => {
    expect(readTask(request)).toMatchObject(task);
  });

  it.each([
    ['A reply came in on thread th_204. Please take care of it.', 'th_204', null],
    ['Jonas Weber answered. See to it.', null, 'Jonas Weber'],
    ['Lee Okafor wrote back, could you look?', null, 'Lee Okafor'],
  ])('knows a reply: %s', (request, threadId, name) => {
    expect(readTask(request)).toMatchObject({ kind: 'reply', threadId, email: null, name });
  });
});
