import { alignedLines } from '../ci/aligned-lines.ts';
import type { Pack } from '../harness/index.ts';
import { allPacks, loadPack } from './packs.ts';

/** A scenario as `rehearse list --json` has it. */
export type ListedScenario = {
  pack: string;
  id: string;
  /** Variants of one situation share it. */
  cluster: string;
  title: string;
  tags: string[];
  /** Doing nothing, asking or handing over is right. */
  abstain: string | null;
};

/** Prints every scenario of a pack, or of all. */
export async function list({
  pack,
  json = false,
}: {
  pack?: string | undefined;
  json?: boolean;
}): Promise<number> {
  const packs = pack === undefined ? await allPacks() : [await loadPack(pack)];
  const listed = packs.flatMap(listedScenarios);
  console.log(json ? JSON.stringify(listed, null, 2) : listingOf(listed));
  return 0;
}

export function listedScenarios({ name, scenarios }: Pick<Pack, 'name' | 'scenarios'>): ListedScenario[] {
  return scenarios.map(({ id, cluster, title, tags, expect }) => ({
    pack: name,
    id,
    cluster: cluster ?? id,
    title,
    tags,
    abstain: expect.abstain,
  }));
}

/** A table a pack, and how many there are of what. */
export function listingOf(listed: readonly ListedScenario[]): string {
  return [...Map.groupBy(listed, ({ pack }) => pack)]
    .map(([pack, own]) => `${summaryOf(pack, own)}\n\n${tableOf(own)}`)
    .join('\n\n');
}

function summaryOf(pack: string, own: readonly ListedScenario[]): string {
  const clusters = new Set(own.map(({ cluster }) => cluster)).size;
  const abstaining = own.filter(({ abstain }) => abstain !== null).length;
  return `${pack}: ${own.length} scenarios in ${clusters} clusters; in ${abstaining} doing nothing, asking or handing over is right`;
}

function tableOf(own: readonly ListedScenario[]): string {
  const header = ['scenario', 'cluster', 'tags', 'title'];
  const rows = own.map(({ id, cluster, tags, title }) => [
    id,
    cluster === id ? '' : cluster,
    tags.join(' '),
    title,
  ]);
  return alignedLines([header, ...rows], () => true).join('\n');
}
