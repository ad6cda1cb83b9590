/**
 * Keeps what a release makes of its data, for the tests of later ones: the checksums of its migrations, every row of its
 * tables, and what its readers are told. Run once, on the commit of the release:
 *
 *   npm run keep:release
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEFAULT_PROJECT } from '../../domain/ids.ts';
import { rebuildHours } from '../housekeeping/rebuild-hours.ts';
import { ownVersion } from '../own-version.ts';
import { startEmbeddedClickHouse } from '../store/embedded-clickhouse.ts';
import { knownMigrations, openDatabase } from '../store/open-database.ts';
import { tablesThat } from '../store/tables.ts';
import { storeReads } from '../store-reads.ts';
import { readReleaseData, storeReleaseData } from './release-data.ts';

const version = ownVersion();
const checksums = join(import.meta.dirname, `../schema/released/${version}.json`);
if (!existsSync(checksums)) {
  const all = Object.fromEntries(knownMigrations().map(({ name, checksum }) => [name, checksum]));
  writeFileSync(checksums, `${JSON.stringify(all, null, 2)}\n`);
}
const released = Object.keys(JSON.parse(readFileSync(checksums, 'utf8')));
const data = mkdtempSync(join(tmpdir(), 'rehearse-release-'));
const server = await startEmbeddedClickHouse({
  directory: data,
  onCrash: (line) => process.stderr.write(`${line}\n`),
});
const store = await openDatabase(
  server.url,
  knownMigrations().filter(({ name }) => released.includes(name)),
);
try {
  await storeReleaseData(store);
  await rebuildHours({ store, graceSeconds: 0 });
  const directory = join(import.meta.dirname, 'releases', version);
  mkdirSync(directory, { recursive: true });
  for (const table of tablesThat(({ role }) => role !== 'ledger')) {
    const answer = await fetch(`${server.url}/?database=rehearse`, {
      method: 'POST',
      body: `SELECT * FROM ${table} FORMAT Native`,
    });
    // A table of a later time.
    if (!answer.ok) continue;
    const rows = Buffer.from(await answer.arrayBuffer());
    if (rows.length > 0) writeFileSync(join(directory, `${table}.native.gz`), gzipSync(rows, { level: 9 }));
  }
  const told = await readReleaseData(storeReads(store, DEFAULT_PROJECT));
  writeFileSync(join(directory, 'reads.json.gz'), gzipSync(JSON.stringify(told), { level: 9 }));
} finally {
  await store.close();
  await server.close();
  rmSync(data, { recursive: true, force: true });
}
