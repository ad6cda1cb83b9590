-- The partitions of a table: rows that can be read, rows on the disk with those that are masked, and bytes.
SELECT
  stored.partition AS partition,
  readable.rows AS rows,
  stored.rows AS rows_stored,
  stored.bytes AS bytes,
  stored.masked AS masked
FROM (
  SELECT partition_id AS partition, sum(rows) AS rows, sum(bytes_on_disk) AS bytes, max(has_lightweight_delete) AS masked
  FROM system.parts
  WHERE database = currentDatabase() AND table = {table:String} AND active
  GROUP BY partition_id
) AS stored
LEFT JOIN (
  SELECT _partition_id AS partition, count() AS rows FROM {table:Identifier} GROUP BY _partition_id
) AS readable USING (partition)
