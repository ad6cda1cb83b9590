-- What people left on a span: a note. The row of the highest version stays; one that was taken off stays taken off.
CREATE TABLE IF NOT EXISTS pins {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  trace_id FixedString(16),
  pin_id String,
  span_id FixedString(8),
  note String CODEC(ZSTD(1)),
  author String,
  pinned_at DateTime64(6, 'UTC'),
  removed Bool,
  version UInt64
) ENGINE = {{replicated}}ReplacingMergeTree(version)
ORDER BY (project, trace_id, pin_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';

-- Filters of a page under a name, for everybody of the project. The last word on a name holds.
CREATE TABLE IF NOT EXISTS saved_views {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  page LowCardinality(String),
  name String,
  search String,
  removed Bool,
  saved_at DateTime64(6, 'UTC')
) ENGINE = {{replicated}}ReplacingMergeTree(saved_at)
ORDER BY (project, page, name)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';
