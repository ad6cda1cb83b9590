import { alignedLines } from '../ci/aligned-lines.ts';
import { planRows, smallestEnough, WANTED_CHANCE } from '../ci/plan.ts';
import { formatCost, formatPercent } from '../domain/format.ts';
import { loadGatePolicy } from './gate-config.ts';
import { readPool } from './read-pool.ts';

export type PlanOptions = { files: readonly string[]; config?: string; margin?: number; maxUsd?: number };

const sizes = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 30];
const margins = [0.05, 0.1, 0.15, 0.2];

/** Prints what runs of different sizes would show, and which is the smallest that is enough. */
export async function plan({ files, config, margin, maxUsd }: PlanOptions): Promise<number> {
  const policy = await loadGatePolicy(config);
  const pool = await readPool(files);
  const wanted = margin ?? policy.margin;
  const money = maxUsd ?? policy.maxUsd;
  const shown = [...new Set([...margins, wanted])].sort((a, b) => a - b);
  const rows = planRows(pool, sizes, shown);
  const scenarios = Object.values(pool.scenarios);
  const depths = scenarios.map(({ trials }) => trials.length).sort((a, b) => a - b);
  console.log(
    `${pool.pack}: ${pool.agent} on ${pool.model}, ${scenarios.length} scenarios, ${depths[0]} to ${depths.at(-1)} trials of each in the baseline\n`,
  );
  const header = [
    'trials',
    'price',
    'drop seen with 80 %',
    ...shown.map((one) => `passes at margin ${formatPercent(one)}`),
  ];
  const cells = rows.map(({ trials, cost, drop, passes }) => [
    String(trials),
    formatCost(cost),
    drop === null ? 'none' : `${(drop * 100).toFixed(1)} points`,
    ...passes.map(({ chance }) => formatPercent(chance)),
  ]);
  console.log(alignedLines([header, ...cells]).join('\n'));
  console.log(
    '\n"passes": how often an agent that did not change passes at the first look; else the gate asks for more trials.',
  );
  const enough = smallestEnough(rows, wanted, money);
  const bought = money === null ? '' : ` and $${money}`;
  console.log(
    enough
      ? `enough for a margin of ${formatPercent(wanted)}${bought}: ${enough.trials} trials of each scenario (${formatCost(enough.cost)})`
      : `nothing here lets an unchanged agent pass in ${formatPercent(WANTED_CHANCE)} of runs at a margin of ${formatPercent(wanted)}${bought}: bless more runs, add scenarios, or take a wider margin`,
  );
  return 0;
}
