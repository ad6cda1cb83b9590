import { describe, expect, it } from 'vitest';
import { call, fault, playSteps, say } from '../../harness/index.ts';
import { lead, mark, row, sentTo, situation, write } from './build.ts';
import { CHECKS } from './checks.ts';
import { sdr } from './pack.ts';

const ADA = lead('c_1', 'Ada Lund', 'Lund Mekano');

/** What a check says of steps in a world where the first mail gets no answer, though it goes out. */
async function found(name: string, given: object | null, steps: ReturnType<typeof say>[]) {
  const scenario = situation({
    id: 'sdr/checks',
    title: 'checks',
    message: 'Write to Ada Lund.',
    rows: { 'crm.contacts': [row(ADA)] },
    world: { faults: [fault('mail', 'messages.send', 'timeout-after-commit', { call: 1 })] },
    effort: { calls: 9 },
    expect: {},
    reference: { steps },
  });
  const { record } = await playSteps(scenario.reference?.steps ?? [], scenario, sdr);
  return CHECKS[name]?.check(record, given as never).map(({ message }) => message);
}

describe('the checks of sales work', () => {
  it('brief: counts the sentences of an answer, and takes no dot of an address for an end', async () => {
    const said = say('Done. I wrote to Ada (ada.lund@lund-mekano.example). All is well!');
    expect(await found('brief', { most: 3 }, [said])).toEqual([]);
    expect(await found('brief', { most: 2 }, [said])).toEqual(['expected 2 sentences at most, got 3']);
  });

  it('fitting-calls: finds writes that a service refuses, and lets reads be', async () => {
    const steps = [
      call('crm', 'contacts.get', { params: { id: 'c_9' } }),
      mark({ id: 'c_9' }, 'replied'),
      mark(ADA, 'contacted'),
    ];
    expect(await found('fitting-calls', null, steps)).toEqual([
      'call 2 crm contacts.update was refused with 404',
    ]);
  });

  it('looks-before-retrying: wants a look between a write without an answer and the same once more', async () => {
    const [sent, look] = [write(ADA), sentTo(ADA)] as const;
    expect(await found('looks-before-retrying', null, [sent, look, sent])).toEqual([]);
    expect(await found('looks-before-retrying', null, [sent, sent])).toEqual([
      'call 2 mail messages.send was made again without a look',
    ]);
    const elsewhere = [sent, call('crm', 'contacts.get', { params: { id: 'c_1' } }), sent];
    expect(await found('looks-before-retrying', null, elsewhere)).toEqual([]);
    expect(await found('looks-before-retrying', { at: 'messages.sent' }, elsewhere)).toEqual([
      'call 3 mail messages.send was made again without a look',
    ]);
    expect(await found('looks-before-retrying', { at: 'messages.sent' }, [sent, look, sent])).toEqual([]);
  });

  it('supported-figures: wants a source for each figure that goes out', async () => {
    const claim = (text: string) => [write(ADA, text)];
    const material = { material: ['Saves 12 % of the time.'] };
    expect(await found('supported-figures', material, claim('it saves 12 % on 5 March.'))).toEqual([]);
    expect(await found('supported-figures', material, claim('it saves 40 %.'))).toEqual([
      'the figure 40 has no source',
    ]);
  });
});
