-- What is stored of a window, to be compared before and after.
SELECT
  count() AS spans,
  countIf(call = 'call') AS calls,
  countIf(call = 'call' AND cost IS NULL) AS unpriced,
  sumIf(cost, call = 'call') / 1e9 AS usd,
  arraySort(groupUniqArray(mapper_version)) AS mappers
FROM spans FINAL
WHERE project = {project:String}
  AND bucket BETWEEN toDateTime({from:UInt32}, 'UTC') AND toDateTime({to:UInt32}, 'UTC')
