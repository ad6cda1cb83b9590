/**
 * Whether anything that was acknowledged is lost or doubled when the collector and its ClickHouse are killed at random
 * moments under load: `npm run bench -- crash [--rounds 50] [--seed 1]`.
 */
import { crashRounds } from '../collector/testing/crash-rounds.ts';
import { benchOptions, report } from './report.ts';

const options = benchOptions(process.argv);
const rounds = options.number('rounds') ?? (options.short ? 3 : 50);
const seed = options.number('seed') ?? 1;

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

report('crash', [
  { name: 'lost', value: result.lost, unit: 'spans', bar: 0 },
  { name: 'doubled', value: result.doubled, unit: 'spans', bar: 0 },
]);
if (result.lost + result.doubled > 0) process.exitCode = 1;
