import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOfPack, type Imported } from '../harness/index.ts';

/** What is shown of the tasks that were left out; their ids are in the order of the files. */
const EXAMPLES = 3;

/**
 * Turns a third party's tasks into pack files and says what became of them. Always 0: what cannot be a scenario is
 * named, not failed.
 */
export async function importTasks(options: {
  read(directory: string): Promise<Imported[]>;
  directory: string;
  /** Where `<pack>.pack.json` go. */
  out: string;
}): Promise<number> {
  const all = await options.read(options.directory);
  await mkdir(options.out, { recursive: true });
  for (const imported of all) {
    const { pack, calls, refused } = imported;
    console.log(`${pack.name}: ${pack.scenarios.length} scenarios of ${taskCount(imported)} tasks`);
    console.log(`  reference calls  ${calls} played, ${refused} refused by the world`);
    console.log(`  nothing to do    ${pack.scenarios.filter(writesNothing).length} scenarios`);
    for (const line of reasonsOf(imported)) console.log(`  left out         ${line}`);
    if (pack.scenarios.length === 0) continue;
    const file = join(options.out, `${pack.name}.pack.json`);
    await writeFile(file, `${JSON.stringify(fileOfPack(pack))}\n`);
    console.log(`  pack             ${file}`);
  }
  return 0;
}

function taskCount({ pack, leftOut }: Imported): number {
  return pack.scenarios.length + leftOut.length;
}

function writesNothing({ expect }: Imported['pack']['scenarios'][number]): boolean {
  return expect.effects.length === 0;
}

/** `12: it uses TradingBot (bfcl-base/multi_turn_base_100, ...)` */
function reasonsOf({ leftOut }: Imported): string[] {
  return [...Map.groupBy(leftOut, ({ reason }) => reason)].map(([reason, tasks]) => {
    const ids = tasks.slice(0, EXAMPLES).map(({ id }) => id);
    const more = tasks.length > EXAMPLES ? ', ...' : '';
    return `${tasks.length}: ${reason} (${ids.join(', ')}${more})`;
  });
}
