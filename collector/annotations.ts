import type { TraceId } from '../domain/ids.ts';
import type { Pin, PinId } from '../domain/pin.ts';
import type { SavedView } from '../domain/saved-view.ts';
import { savedViews } from './queries/saved-views.ts';
import { tracePins } from './queries/trace-pins.ts';
import { boolean, hexBytes, type NativeColumn, nanoTime, text, uint64, words } from './store/native-block.ts';
import type { Store } from './store/store.ts';

/** What people leave behind: notes on spans, and views under a name. The same thing sent again changes nothing. */
export type Annotations = {
  /** The oldest first. */
  pins(traceId: TraceId): Promise<Pin[]>;
  /** Keeps the moment at which a pin was first set. */
  putPin(pin: Pin): Promise<void>;
  /** For good: a pin that arrives after it was taken off does not come back. */
  removePin(traceId: TraceId, pinId: PinId): Promise<void>;
  views(page: SavedView['page']): Promise<SavedView[]>;
  putView(view: SavedView): Promise<void>;
  removeView(page: SavedView['page'], name: string): Promise<void>;
};

export type AnnotationDeps = {
  store: Pick<Store, 'rows' | 'insert'>;
  project: string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** Higher than any moment in microseconds. */
const removedVersion = 2n ** 63n;
const noSpan = '0'.repeat(16);

export function openAnnotations({ store, project, now }: AnnotationDeps): Annotations {
  const pins = async (traceId: TraceId): Promise<Pin[]> => {
    const found = await store.rows(tracePins, { project, traceId });
    return found.map((pin) => ({ ...pin, traceId }));
  };
  const storeView = (view: SavedView, removed: boolean) =>
    store.insert('saved_views', VIEW_COLUMNS, [{ ...view, project, removed, savedAt: now() }]);
  return {
    pins,
    async putPin(pin) {
      const known = (await pins(pin.traceId)).find(({ id }) => id === pin.id);
      const pinnedAt = known?.pinnedAt ?? pin.pinnedAt;
      const version = BigInt(now()) * 1000n;
      await store.insert('pins', PIN_COLUMNS, [{ ...pin, pinnedAt, project, removed: false, version }]);
    },
    async removePin(traceId, id) {
      // What takes a pin off ages with it: it may not go first.
      const pinnedAt = (await pins(traceId)).find((pin) => pin.id === id)?.pinnedAt ?? now() * 1000;
      await store.insert('pins', PIN_COLUMNS, [
        {
          id,
          traceId,
          spanId: noSpan,
          note: '',
          author: '',
          pinnedAt,
          project,
          removed: true,
          version: removedVersion,
        },
      ]);
    },
    async views(page) {
      const found = await store.rows(savedViews, { project, page });
      return found.map((view) => ({ page, ...view }));
    },
    putView: (view) => storeView(view, false),
    removeView: (page, name) => storeView({ page, name, search: '' }, true),
  };
}

type PinRow = Record<'id' | 'traceId' | 'spanId' | 'note' | 'author' | 'project', string> & {
  /** Microseconds since the epoch. */
  pinnedAt: number;
  removed: boolean;
  version: bigint;
};

const PIN_COLUMNS: readonly NativeColumn<PinRow>[] = [
  words('project', ({ project }) => project),
  hexBytes('trace_id', 16, ({ traceId }) => traceId),
  text('pin_id', ({ id }) => id),
  hexBytes('span_id', 8, ({ spanId }) => spanId),
  text('note', ({ note }) => note),
  text('author', ({ author }) => author),
  nanoTime('pinned_at', ({ pinnedAt }) => BigInt(pinnedAt) * 1000n),
  boolean('removed', ({ removed }) => removed),
  uint64('version', ({ version }) => version),
];

type ViewRow = SavedView & {
  project: string;
  removed: boolean;
  /** Milliseconds since the epoch. */
  savedAt: number;
};

const VIEW_COLUMNS: readonly NativeColumn<ViewRow>[] = [
  words('project', ({ project }) => project),
  words('page', ({ page }) => page),
  text('name', ({ name }) => name),
  text('search', ({ search }) => search),
  boolean('removed', ({ removed }) => removed),
  nanoTime('saved_at', ({ savedAt }) => BigInt(savedAt) * 1_000_000n),
];
