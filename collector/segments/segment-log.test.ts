import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryBlockStore } from '../testing/memory-block-store.ts';
import type { Block } from './block.ts';
import { Segment } from './segment.ts';
import { openSegmentLog, type SegmentLog, type SegmentLogOptions } from './segment-log.ts';

let directory: string;
let lines: string[];
let opened: SegmentLog[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-segments-'));
  lines = [];
  opened = [];
});
afterEach(async () => {
  for (const log of opened) await log.close();
  rmSync(directory, { recursive: true, force: true });
});

async function openLog(store: SegmentLogOptions['store'], options: Partial<SegmentLogOptions> = {}) {
  const log = await openSegmentLog({
    directory,
    store,
    log: (_event, line) => lines.push(line),
    now: Date.now,
    shipEveryMillis: 5,
    closeMillis: 2000,
    ...options,
  });
  opened.push(log);
  return log;
}

const block = (text: string, table = 'spans'): Block => ({ table, rows: 1, bytes: Buffer.from(text) });
const filesIn = (folder: string) => readdirSync(join(directory, folder)).sort();
const segmentPath = () => join(directory, 'segments', filesIn('segments').at(-1) ?? '');

describe('the segment log', () => {
  it('stores what was appended, in order, and removes the files', async () => {
    const { store, inserts, blocks } = memoryBlockStore();
    const log = await openLog(store);
    const shipped: string[][] = [];
    const end = log.onShipped(({ rows }) => shipped.push([...rows.keys()]));
    await log.append([block('light 1'), block('logs 1', 'logs'), block('heavy 1', 'span_payloads')]);
    await log.settled();
    expect(inserts.map(({ table }) => table)).toEqual(['span_payloads', 'spans', 'logs']);
    expect(shipped).toEqual([['spans', 'logs', 'span_payloads']]);
    end();
    for (let number = 2; number < 20; number++) await log.append([block(`light ${number}`)]);
    await log.settled();
    const light = blocks().filter((text) => text.startsWith('light'));
    expect(light).toEqual(Array.from({ length: 19 }, (_, index) => `light ${index + 1}`));
    expect(shipped).toHaveLength(1);
    expect(filesIn('segments')).toEqual([]);
    expect(log.stats()).toMatchObject({ bytes: 0, segments: 0, quarantined: 0 });
  });

  it('gives the memory of blocks back once nobody reads them, and keeps off where a request broke off', async () => {
    const { store, state, blocks } = memoryBlockStore();
    const returned: string[] = [];
    const lent = (text: string): Block => {
      const one = block(text);
      const giveBack = () => {
        returned.push(text);
        one.bytes.fill(0);
      };
      return { ...one, giveBack };
    };
    const log = await openLog(store, { heldBytes: 40 });
    await log.append([lent('one'), lent('two')]);
    expect(returned).toEqual(['one', 'two']);
    state.away = true;
    await log.append([lent('three')]);
    await log.settled(AbortSignal.timeout(50)).catch(() => {});
    state.away = false;
    await log.settled();
    expect(returned).toEqual(['one', 'two']);
    await log.append([lent('four')]);
    expect(returned).toEqual(['one', 'two']);
    await log.settled();
    expect(returned).toEqual(['one', 'two', 'four']);
    expect(blocks()).toEqual(['one', 'two', 'three', 'four']);
  });

  it('reads from the file what it may not hold in memory', async () => {
    const { store, blocks } = memoryBlockStore();
    const log = await openLog(store, { heldBytes: 0 });
    await log.append([block('one'), block('two')]);
    await log.append([block('three')]);
    await log.settled();
    expect(blocks()).toEqual(['one', 'two', 'three']);
  });

  it('is settled only when what was appended before is stored, and lets go who has gone', async () => {
    const { store, state, blocks } = memoryBlockStore();
    const log = await openLog(store);
    await log.settled();
    state.away = true;
    await log.append([block('one')]);
    await expect(log.settled(AbortSignal.timeout(30))).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(log.settled(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    state.away = false;
    await log.settled();
    expect(blocks()).toEqual(['one']);
    expect(lines).toEqual(['spans wait on disk: ClickHouse does not answer', 'ClickHouse takes spans again']);
  });

  it('leaves for the next start what cannot be stored now, and does not wait for it', async () => {
    const { store, state, blocks } = memoryBlockStore();
    state.away = true;
    const first = await openLog(store, { closeMillis: 60_000 });
    for (const text of ['one', 'two', 'three']) await first.append([block(text)]);
    await first.close();
    await expect(first.append([block('late')])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    state.away = false;
    const second = await openLog(store);
    await second.append([block('four')]);
    await second.settled();
    expect(blocks()).toEqual(['one', 'two', 'three', 'four']);
  });

  it('stores at its close what is there', async () => {
    const { store, blocks } = memoryBlockStore();
    const log = await openLog(store, { shipEveryMillis: 60_000 });
    await log.append([block('one')]);
    await log.settled();
    await log.append([block('two')]);
    await log.close();
    expect(blocks()).toEqual(['one', 'two']);
    expect(filesIn('segments')).toEqual([]);
  });

  it('begins another file when one is large, while the store is away', async () => {
    const { store, state, blocks } = memoryBlockStore();
    state.away = true;
    const log = await openLog(store, { segmentBytes: 100 });
    const texts = Array.from({ length: 12 }, (_, index) => `block ${index} of 50 bytes`.padEnd(50, '.'));
    for (const text of texts) await log.append([block(text)]);
    expect(log.stats().segments).toBeGreaterThanOrEqual(6);
    state.away = false;
    await log.settled();
    expect(blocks()).toEqual(texts);
  });
});

describe('the token of an insert', () => {
  const attempt = async (runningSince: number) => {
    const { store, state, inserts } = memoryBlockStore();
    Object.assign(state, { silent: true, runningSince });
    const log = await openLog(store);
    await log.append([block('one')]);
    await log.settled();
    return inserts.map(({ token }) => token);
  };

  it('is the same again where the server has been running all the time', async () => {
    const [first, second, ...more] = await attempt(0);
    expect(first).toMatch(/^\d{13}-[0-9a-f]{8}\/spans$/);
    expect([second, more]).toEqual([first, []]);
  });

  it('is not relied on where the server may have lost what it noted', async () => {
    expect(await attempt(Date.now())).toEqual([expect.any(String), null]);
  });
});

describe('a log that is full', () => {
  it('refuses before it writes, and takes more when there is room', async () => {
    const { store, state, blocks } = memoryBlockStore();
    state.away = true;
    const log = await openLog(store, { maxBytes: 400 });
    const taken: string[] = [];
    const fill = async () => {
      for (let number = 0; ; number++) {
        const text = `block ${number}`.padEnd(175, '.');
        await log.append([block(text)]);
        taken.push(text);
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'INGEST_FULL', status: 503 });
    expect(taken).toHaveLength(2);
    expect(log.stats()).toMatchObject({ bytes: 400, accepting: false });
    const size = filesIn('segments').reduce(
      (sum, file) => sum + readFileSync(join(directory, 'segments', file)).length,
      0,
    );
    expect(size).toBe(400);
    state.away = false;
    await log.settled();
    expect(log.stats().accepting).toBe(true);
    await log.append([block('after')]);
    await log.settled();
    expect(blocks()).toEqual([...taken, 'after']);
  });
});

describe('a disk that fails', () => {
  /** Opens files whose next write takes some bytes and then fails. */
  function failingDisk() {
    const state: { code: string | null } = { code: null };
    const openFile: typeof open = async (...args) => {
      const file = await open(...args);
      const writev = file.writev.bind(file);
      file.writev = async (buffers, position) => {
        if (state.code === null) return writev(buffers, position);
        const [first] = buffers;
        if (first) await writev([Buffer.from(first.buffer, first.byteOffset, 5)], position);
        throw Object.assign(new Error(state.code), { code: state.code });
      };
      return file;
    };
    return { state, openFile };
  }

  it('because it is full acknowledges nothing, keeps nothing of it, and goes on when there is room', async () => {
    const { store, state, blocks } = memoryBlockStore();
    state.away = true;
    const disk = failingDisk();
    const log = await openLog(store, { openFile: disk.openFile });
    await log.append([block('one')]);
    const before = readFileSync(segmentPath());
    disk.state.code = 'ENOSPC';
    await expect(log.append([block('two')])).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(readFileSync(segmentPath())).toEqual(before);
    await expect(log.append([block('two')])).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(lines.filter((line) => line.startsWith('what comes is refused'))).toEqual([
      'what comes is refused: expected room on the disk for what was received',
    ]);
    disk.state.code = null;
    await log.append([block('three')]);
    state.away = false;
    await log.settled();
    expect(blocks()).toEqual(['one', 'three']);
  });

  it('in another way is given up file by file: what was acknowledged stays', async () => {
    const { store, state, blocks } = memoryBlockStore();
    state.away = true;
    const disk = failingDisk();
    const log = await openLog(store, { openFile: disk.openFile });
    await log.append([block('one')]);
    disk.state.code = 'EIO';
    await expect(log.append([block('two')])).rejects.toThrow('EIO');
    disk.state.code = null;
    await log.append([block('three')]);
    expect(filesIn('segments')).toHaveLength(2);
    state.away = false;
    await log.settled();
    expect(blocks()).toEqual(['one', 'three']);
  });
});

describe('what is found on start', () => {
  /** A file with an append for each text, as an earlier process may leave it. */
  async function leave(...appends: (string | Block[])[]) {
    const segments = join(directory, 'segments');
    mkdirSync(segments);
    const id = '1795348800000-0a1b2c3d';
    const segment = await Segment.create({ directory: segments, id, created: 0 });
    for (const one of appends) await segment.append(typeof one === 'string' ? [block(one)] : one, false);
    await segment.close();
  }

  it('is cut where writing was cut off', async () => {
    await leave('one', 'two');
    const whole = readFileSync(segmentPath());
    writeFileSync(segmentPath(), whole.subarray(0, -1));
    const { store, blocks } = memoryBlockStore();
    const log = await openLog(store);
    await log.settled();
    expect(blocks()).toEqual(['one']);
    expect(lines[0]).toMatch(/^cut 27 bytes off .*\.segment: /);
    expect(log.stats().quarantined).toBe(0);
  });

  it('of an append that was cut off is nothing', async () => {
    await leave('one', [block('heavy', 'span_payloads'), block('light')]);
    const whole = readFileSync(segmentPath());
    writeFileSync(segmentPath(), whole.subarray(0, -2));
    const { store, blocks } = memoryBlockStore();
    await (await openLog(store)).settled();
    expect(blocks()).toEqual(['one']);
  });

  it('is set aside where the disk has changed it, and kept around that', async () => {
    await leave('one', 'two', 'three');
    const bytes = readFileSync(segmentPath());
    const place = bytes.indexOf('two');
    bytes.write('TWO', place);
    writeFileSync(segmentPath(), bytes);
    const { store, blocks } = memoryBlockStore();
    const log = await openLog(store);
    await log.settled();
    expect(blocks()).toEqual(['one', 'three']);
    expect(log.stats().quarantined).toBe(1);
    const [damaged = '', reason = ''] = filesIn('quarantine');
    expect(readFileSync(join(directory, 'quarantine', damaged)).includes('TWO')).toBe(true);
    expect(readFileSync(join(directory, 'quarantine', reason), 'utf8')).toMatch(/checksum does not hold/);
    expect(lines.join()).toMatch(/set aside .*\.damaged: /);
  });

  it('may be an empty file, and nothing comes of it', async () => {
    const { store, inserts } = memoryBlockStore();
    await (await openLog(store)).close();
    writeFileSync(join(directory, 'segments', '0000000000001-00000000.segment'), '');
    await (await openLog(store)).settled();
    expect([inserts, filesIn('segments')]).toEqual([[], []]);
  });
});

describe('a block that the store refuses', () => {
  it('is set aside alone, and can be brought back', async () => {
    const { store, state, blocks } = memoryBlockStore();
    state.away = true;
    const log = await openLog(store);
    for (const text of ['one', 'poison', 'three']) {
      await log.append([block(`heavy ${text}`, 'span_payloads'), block(text)]);
    }
    state.away = false;
    await log.settled();
    expect(blocks().toSorted()).toEqual(['heavy one', 'heavy three', 'one', 'three']);
    expect(log.stats()).toMatchObject({ segments: 0, quarantined: 2 });
    await log.append([block('four')]);
    await log.close();

    const aside = filesIn('quarantine');
    const reasons = aside.filter((file) => file.endsWith('.reason.txt'));
    expect(readFileSync(join(directory, 'quarantine', reasons[0] ?? ''), 'utf8')).toMatch(/Unknown element/);
    for (const file of aside.filter((name) => name.endsWith('.segment'))) {
      renameSync(join(directory, 'quarantine', file), join(directory, 'segments', file));
    }
    state.poison = 'nothing any more';
    const next = await openLog(store);
    await next.settled();
    expect(blocks()).toEqual(expect.arrayContaining(['heavy poison', 'poison', 'four']));
    expect(next.stats()).toMatchObject({ segments: 0, quarantined: 0, bytes: 0 });
  });
});
