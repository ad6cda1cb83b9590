import type { ProjectId } from '../../domain/ids.ts';
import type { ByteSource } from '../store/byte-source.ts';
import { FixedBytesColumn, Int64Column, Uint32Column } from '../store/fixed-columns.ts';
import { LowCardinalityColumn } from '../store/low-cardinality-columns.ts';
import type { SpanScan } from './span-scan.ts';
import { bucketOf, microsOf, secondsOf } from './span-time.ts';
import { versionHigh, versionLow } from './span-version.ts';

/** What both tables know a span by: written once, sent with both. */
export class KeyColumns {
  readonly project = new LowCardinalityColumn('project');
  readonly bucket = new Uint32Column('bucket', "DateTime('UTC')");
  readonly traceId = new FixedBytesColumn('trace_id', 16);
  readonly spanId = new FixedBytesColumn('span_id', 8);
  readonly version = new Int64Column('version', 'UInt64');

  push(source: ByteSource, span: SpanScan, project: ProjectId): void {
    this.project.push(project);
    this.bucket.push(bucketOf(secondsOf(span.startHigh, span.startLow)));
    this.traceId.push(source, span.traceId.start);
    this.spanId.push(source, span.spanId.start);
    const ended = microsOf(span.endHigh, span.endLow);
    const details = span.attributes.count + span.events.length + span.links.length;
    this.version.push(versionHigh(ended), versionLow(ended, details));
  }
}
