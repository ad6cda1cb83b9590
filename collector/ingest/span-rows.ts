import type { ProjectId } from '../../domain/ids.ts';
import type { PricedSpan } from '../../domain/price-call.ts';
import type { Canonical } from '../dialects/canonical.ts';
import type { Block } from '../segments/block.ts';
import type { BufferPool } from '../store/buffer-pool.ts';
import type { ByteSource } from '../store/byte-source.ts';
import { blockSize, type Column, encodeColumns } from '../store/column.ts';
import { KeyColumns } from './key-columns.ts';
import { PayloadColumns, type SpanContext } from './payload-columns.ts';
import { SpanColumns, type SpanSample } from './span-columns.ts';
import type { SpanScan } from './span-scan.ts';

/** What a span's rows are made of besides the span as it was sent. */
export type SpanFacts = {
  project: ProjectId;
  canonical: Canonical;
  priced: PricedSpan;
  context: SpanContext;
};

/** The rows of `spans` and of `span_payloads` that go to one shard. */
export class SpanRows {
  readonly #keys = new KeyColumns();
  readonly #spans = new SpanColumns(this.#keys);
  readonly #payloads = new PayloadColumns(this.#keys);
  readonly #all: ReadonlySet<Column> = new Set([...this.#spans.columns, ...this.#payloads.columns]);
  #rows = 0;
  #saved = 0;

  push(source: ByteSource, span: SpanScan, { project, canonical, priced, context }: SpanFacts): void {
    this.#keys.push(source, span, project);
    this.#spans.push(source, span, canonical, context.resource.facts.service, priced);
    this.#payloads.push(source, span, context);
    this.#rows++;
  }

  /** Two blocks, in the order in which they are to be inserted. None without rows. */
  encode(shard: number, pool: BufferPool): Block[] {
    const rows = this.#rows;
    if (rows === 0) return [];
    const block = (table: string, columns: readonly Column[]): Block => {
      const { bytes, giveBack } = pool.take(blockSize(columns, rows));
      return { table, shard, rows, bytes: encodeColumns(columns, rows, bytes), giveBack };
    };
    return [block('span_payloads', this.#payloads.columns), block('spans', this.#spans.columns)];
  }

  rowsOf(project: ProjectId): number[] {
    const rows: number[] = [];
    for (let row = 0; row < this.#rows; row++) if (this.#keys.project.textAt(row) === project) rows.push(row);
    return rows;
  }

  samples(rows: readonly number[]): SpanSample[] {
    return this.#spans.samples(rows);
  }

  save(): void {
    for (const column of this.#all) column.save();
    this.#saved = this.#rows;
  }

  restore(): void {
    for (const column of this.#all) column.restore();
    this.#payloads.forgetKeys();
    this.#rows = this.#saved;
  }

  clear(): void {
    for (const column of this.#all) column.clear();
    this.#payloads.forgetKeys();
    this.#rows = 0;
  }
}
