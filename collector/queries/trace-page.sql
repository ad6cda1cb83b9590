-- The traces with a span that starts in the window, newest first. Buckets are held within the years 2000 to 2099, and so
-- is the window where it is compared with them.
SELECT
  trace_id,
  min(start_micros) AS first_micros
FROM span_rows
WHERE project = {project:String}
  AND bucket BETWEEN toStartOfMinute(fromUnixTimestamp64Micro(least(greatest({from:Int64}, 946684800000000), 4102444799000000), 'UTC'))
    AND toStartOfMinute(fromUnixTimestamp64Micro(least(greatest({to:Int64}, 946684800000000), 4102444799000000), 'UTC'))
  AND start_micros >= {from:Int64}
  AND start_micros < {to:Int64}
GROUP BY trace_id
HAVING ({status:Nullable(String)} IS NULL OR {status:Nullable(String)} = if(countIf(status = 'error') > 0, 'error', 'ok'))
  AND ({service:Nullable(String)} IS NULL OR countIf(service = {service:Nullable(String)}) > 0)
  AND ({agent:Nullable(String)} IS NULL OR countIf(agent = {agent:Nullable(String)}) > 0)
  AND ({model:Nullable(String)} IS NULL OR countIf(model = {model:Nullable(String)}) > 0)
  AND ({runId:Nullable(String)} IS NULL OR countIf(run_id = {runId:Nullable(String)}) > 0)
  AND ({beforeMicros:Nullable(Int64)} IS NULL
    OR (first_micros, trace_id) < (assumeNotNull({beforeMicros:Nullable(Int64)}), {beforeTraceId:String}))
ORDER BY first_micros DESC, trace_id DESC
LIMIT {limit:UInt32}
