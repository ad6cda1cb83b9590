/**
 * Whether anything that was acknowledged is lost or doubled when the collector and its ClickHouse are killed at random
 * moments under load: `node bench/crash.ts [rounds] [seed]`. Also `--rounds 50 --seed 1`.
 */
import { parseArgs } from 'node:util';
import { crashRounds } from '../collector/testing/crash-rounds.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, seed: { type: 'string' } },
});
const rounds = Number(values.rounds ?? positionals[0] ?? 5);
const seed = Number(values.seed ?? positionals[1] ?? 1);

const result = await crashRounds({ rounds, seed, onRound: (line) => console.error(line) });
const rows: [string, number][] = [
  ['kill -9 of the collector', result.collectorKills],
  ['kill -9 of ClickHouse', result.clickHouseKills],
  ['requests', result.requests],
  ['sent again', result.again],
  ['spans acknowledged', result.acknowledged],
  ['lost', result.lost],
  ['doubled', result.doubled],
  ['copies that wait for a merge', result.unmerged],
  ['files in quarantine', result.quarantined],
];
console.log(`${rounds} rounds, seed ${seed}\n`);
console.log('| what | number |\n|---|---|');
for (const [what, number] of rows) console.log(`| ${what} | ${number} |`);

const figures = [
  { name: 'lost', value: result.lost, unit: 'spans', bar: 0, ok: result.lost === 0 },
  { name: 'doubled', value: result.doubled, unit: 'spans', bar: 0, ok: result.doubled === 0 },
];
console.log(JSON.stringify({ bench: 'crash', figures }));
if (figures.some(({ ok }) => !ok)) process.exitCode = 1;
