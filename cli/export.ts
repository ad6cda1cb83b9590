import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { sha256Of } from '../collector/backup/make-backup.ts';
import { ownVersion } from '../collector/own-version.ts';
import type { CollectorAddress } from '../collector/running-collector.ts';
import type { TransferFormat } from '../collector/transfer/transfer.ts';
import { AppError } from '../domain/errors.ts';
import { formatBytes } from '../domain/format.ts';
import { EXPORT_MANIFEST, ExportManifest } from './export-manifest.ts';
import { askCollector, type StoreOptions, withStore } from './store-access.ts';

export type ExportOptions = StoreOptions & {
  /** Seconds since the epoch. */
  from?: number;
  to?: number;
  /** Default: all that hold what was received. */
  tables?: string[];
  format: TransferFormat;
  /** A new directory. */
  out: string;
  signal: AbortSignal;
};

type Holdings = Pick<ExportManifest, 'schema' | 'project'> & { tables: string[] };
const lastSecond = 2 ** 32 - 1;

/** Writes what a project holds to files, one a table, with a manifest. */
export async function exportData(options: ExportOptions): Promise<number> {
  const { from = 0, to = lastSecond, format, signal } = options;
  const out = resolve(options.out);
  if (existsSync(out) && (await readdir(out)).length > 0) {
    throw new AppError('USAGE', `expected an empty directory for the export, or a new one, got ${out}`);
  }
  return withStore(options, async (collector) => {
    const { schema, project, tables: all } = await holdingsOf(collector, signal);
    const stray = options.tables?.find((table) => !all.includes(table));
    if (stray !== undefined)
      throw new AppError('USAGE', `expected tables of ${all.join(', ')}, got ${stray}`);
    await mkdir(out, { recursive: true });
    const tables: ExportManifest['tables'] = [];
    for (const table of all.filter((one) => options.tables?.includes(one) ?? true)) {
      const query = new URLSearchParams({ format, from: String(from), to: String(to) });
      const rows = await askCollector(collector, `/api/export/${table}?${query}`, { signal });
      const file = `${table}.${format}`;
      const written = await writeHashed(rows, join(out, file));
      tables.push({ table, file, ...written });
      console.log(`${table.padEnd(16)} ${formatBytes(written.bytes).padStart(10)}`);
    }
    const manifest: ExportManifest = {
      kind: 'rehearse-export',
      version: 1,
      rehearse: ownVersion(),
      schema,
      project,
      from,
      to,
      format,
      tables,
    };
    await writeFile(join(out, EXPORT_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    return 0;
  });
}

export type ImportOptions = StoreOptions & { directory: string; signal: AbortSignal };

/** Stores an export. Doing it again changes nothing; what was deleted in this store stays deleted. */
export async function importData({ directory, signal, ...options }: ImportOptions): Promise<number> {
  const manifest = await readExport(directory);
  return withStore(options, async (collector) => {
    const { schema } = await holdingsOf(collector, signal);
    if (manifest.schema > schema) {
      throw new AppError(
        'SCHEMA_MISMATCH',
        `the export has schema version ${manifest.schema}, made by Rehearse ${manifest.rehearse}, but this one knows up to ${schema}`,
      );
    }
    for (const { table, file, bytes } of manifest.tables) {
      const rows = createReadStream(join(directory, file));
      const answer = await askCollector(collector, `/api/import/${table}?format=${manifest.format}`, {
        stream: rows,
        signal,
      });
      await text(Readable.from(answer));
      console.log(`${table.padEnd(16)} ${formatBytes(bytes).padStart(10)}`);
    }
    return 0;
  });
}

/** Every file is checked before any is stored. @throws AppError DATA_UNREADABLE */
async function readExport(directory: string): Promise<ExportManifest> {
  const path = join(directory, EXPORT_MANIFEST);
  const json = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('DATA_DIRECTORY_MISSING', `expected an export in ${directory}, with ${path}`, {
      cause,
    });
  });
  let manifest: ExportManifest;
  try {
    manifest = ExportManifest.parse(JSON.parse(json));
  } catch (cause) {
    throw new AppError('DATA_UNREADABLE', `${path}: expected the manifest of an export`, { cause });
  }
  for (const { file, sha256 } of manifest.tables) {
    const found = await sha256Of(join(directory, file)).catch(() => 'none');
    if (found !== sha256) {
      throw new AppError(
        'DATA_UNREADABLE',
        `${join(directory, file)}: expected the checksum ${sha256}, got ${found}`,
      );
    }
  }
  return manifest;
}

async function holdingsOf(collector: CollectorAddress, signal: AbortSignal): Promise<Holdings> {
  const answer = await askCollector(collector, '/api/export', { signal });
  return JSON.parse(await text(Readable.from(answer))) as Holdings;
}

async function writeHashed(
  rows: AsyncIterable<Uint8Array>,
  path: string,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    rows,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(path),
  );
  return { bytes, sha256: hash.digest('hex') };
}
