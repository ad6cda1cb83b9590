-- Runs, newest first, each with the figures of the trials that are stored.
WITH page AS (
  SELECT run_id, start, record
  FROM runs FINAL
  WHERE project = {project:String}
    AND ({runId:Nullable(String)} IS NULL OR run_id = {runId:Nullable(String)})
    AND ({beforeMicros:Nullable(Int64)} IS NULL
      OR (toUnixTimestamp64Micro(start), run_id) < (assumeNotNull({beforeMicros:Nullable(Int64)}), {beforeRunId:String}))
  ORDER BY start DESC, run_id DESC
  LIMIT {limit:UInt32}
)
SELECT record, trials, passed, failed, voided, cost, p95_virtual
FROM page
LEFT JOIN (
  SELECT
    run_id,
    count() AS trials,
    countIf(outcome = 'passed') AS passed,
    countIf(outcome = 'failed') AS failed,
    countIf(outcome = 'void') AS voided,
    sum(cost) AS cost,
    toInt64(quantileExact(0.95)(virtual_duration)) AS p95_virtual
  FROM trials FINAL
  WHERE project = {project:String} AND run_id IN (SELECT run_id FROM page)
  GROUP BY run_id
) AS figures USING (run_id)
ORDER BY start DESC, run_id DESC
