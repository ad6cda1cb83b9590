import { describe, expect, it } from 'vitest';
import { micros, nanoUsd } from '../../domain/units.ts';
import { PROSPECT_PARAMETERS } from '../../harness/index.ts';
import type { Comparison } from './compare.ts';
import { comparedSetting } from './comparison.ts';
import { comparisonPage } from './comparison-page.ts';
import { comparisonTable } from './comparison-table.ts';
import type { TrialMeasure } from './measure-trial.ts';

const setting = { agent: 'alice', version: '1', tools: 5, model: 'sim/sdr+confused=0.02' };

function measure(about: Partial<TrialMeasure>): TrialMeasure {
  return {
    cluster: 'a',
    right: true,
    looped: false,
    hitLimit: false,
    wasted: nanoUsd(0),
    cost: nanoUsd(1000),
    latency: micros(2_000_000),
    replies: [],
    ...about,
  };
}

describe('comparedSetting', () => {
  it('counts trials, leaves void ones out, and what is not known', () => {
    const compared = comparedSetting(setting, [
      measure({ cluster: 'a', cost: nanoUsd(1000), replies: [0.01, 0.03] }),
      measure({ cluster: 'b', cost: null, looped: true, wasted: nanoUsd(500), replies: [0.02] }),
      null,
    ]);
    expect(compared).toMatchObject({
      trials: 2,
      voided: 1,
      looped: { successes: 1, n: 2 },
      cost: { value: 1000, n: 1, low: null },
      wasted: { value: 250, n: 2, low: 0 },
      replyRate: { n: 3 },
    });
    expect(compared?.replyRate?.value).toBeCloseTo(0.02);
  });

  it('has no spread within one cluster, and says nothing without a trial', () => {
    const compared = comparedSetting(setting, [measure({}), measure({ latency: micros(4_000_000) })]);
    expect(compared?.latency).toEqual({ value: 3_000_000, low: null, high: null, n: 2 });
    expect(compared?.replyRate).toBeNull();
    expect(comparedSetting(setting, [null])).toBeNull();
  });
});

function comparison(about: Partial<Comparison> = {}): Comparison {
  const trials = [measure({ cluster: 'a', replies: [0.02] }), measure({ cluster: 'b', looped: true })];
  const settings = [5, 20].flatMap((tools) => {
    const compared = comparedSetting({ ...setting, agent: '<alice>', tools }, trials);
    return compared ? [compared] : [];
  });
  return {
    pack: 'sdr',
    scenarios: 2,
    trialsPerScenario: 1,
    seed: '1',
    simulated: true,
    prospects: PROSPECT_PARAMETERS,
    settings,
    ...about,
  };
}

describe('the table', () => {
  it('says first that it is simulated and by which parameters, then the figures with their intervals', () => {
    const table = comparisonTable(comparison());
    expect(table.split('\n')[0]).toMatch(/^SIMULATED\./);
    expect(table).toMatch(/sim\/sdr\+confused=0\.02: the policy sim\/sdr with confused 0\.02/);
    expect(table).toMatch(/Replies are simulated in any case: 2 % at middling relevance/);
    expect(table).toMatch(/<alice> +5 +2 +100 % +50 % +0 %/);
    expect(table).toMatch(/9 to 91/);
  });

  it('of real models speaks of the replies alone', () => {
    const table = comparisonTable(comparison({ simulated: false }));
    expect(table).not.toMatch(/SIMULATED/);
    expect(table).toMatch(/Replies are simulated in any case/);
  });
});

describe('the page', () => {
  const page = comparisonPage(comparison());

  it('says what the table says, escaped, and asks for nothing', () => {
    expect(page).toMatch(/SIMULATED\./);
    expect(page).not.toContain('<alice>');
    expect(page).toContain('&lt;alice&gt;');
    expect(page).not.toMatch(/(?:src|href)=|url\(|@import/);
  });

  it('draws each measure over the number of tools, without figures that are none', () => {
    expect(page.match(/<figure>/g)).toHaveLength(7);
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
    expect(page).toMatch(/aria-label="Trials that looped by number of tools; highest 50 %/);
  });
});
