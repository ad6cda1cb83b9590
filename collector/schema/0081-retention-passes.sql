-- When data past its age was last removed, and how much: a clock that has leapt since is noticed by it.
CREATE TABLE IF NOT EXISTS retention_passes {{on_cluster}} (
  at DateTime64(3, 'UTC'),
  rows UInt64,
  bytes UInt64
) ENGINE = {{replicated}}MergeTree
ORDER BY at
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';
