-- What was deleted and stays so, however often it is sent again: consulted as things come in, and by housekeeping, which
-- deletes again what came back by another way. Of several rows the highest version stays: it grows with each request to
-- delete and with each step of its work (see versionOf in deletion/tombstone.ts).
CREATE TABLE IF NOT EXISTS tombstones {{on_cluster}} (
  project LowCardinality(String),
  kind Enum8('trace' = 1, 'trial' = 2, 'subject' = 3, 'project' = 4),
  -- Of a trace in hex, of a trial; a lead, a session or a user; of a project its own name.
  id String,
  version UInt64,
  -- A subject or a project is deleted up to this moment; a trace and a trial for ever.
  deleted_at DateTime64(6, 'UTC'),
  -- pending: rows may be there still. hidden: none is read any more. erased: none is on the disk.
  state Enum8('pending' = 0, 'hidden' = 1, 'erased' = 2)
) ENGINE = {{replicated}}ReplacingMergeTree(version)
ORDER BY (project, kind, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';
