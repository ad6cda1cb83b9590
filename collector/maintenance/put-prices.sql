-- The rows of some calls again with other prices: of two rows of one version the one that was inserted last stays. Without
-- deduplication, which would drop rows that go back to an earlier price.
INSERT INTO spans SETTINGS insert_deduplicate = 0
SELECT s.* REPLACE (c.cost AS cost, c.price AS price)
FROM spans AS s FINAL
INNER JOIN (
  SELECT
    toFixedString(unhex(substring(change.1, 1, 32)), 16) AS trace_id,
    toFixedString(unhex(substring(change.1, 33, 16)), 8) AS span_id,
    toInt64OrNull(change.2) AS cost,
    toLowCardinality(change.3) AS price
  FROM (SELECT arrayJoin(arrayZip({ids:Array(String)}, {costs:Array(String)}, {prices:Array(String)})) AS change)
) AS c ON c.trace_id = s.trace_id AND c.span_id = s.span_id
WHERE s.project = {project:String}
  AND s.bucket BETWEEN toDateTime({from:UInt32}, 'UTC') AND toDateTime({to:UInt32}, 'UTC')
  AND s.call = 'call'
