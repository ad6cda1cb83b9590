-- The traces with a span that starts in the window, newest first. No span starts after 2099, and a bucket can be no
-- later than 2106: without the bound a window that ends later would wrap round to 1970.
SELECT
  trace_id,
  min(start_micros) AS first_micros
FROM span_rows
WHERE project = {project:String}
  AND bucket BETWEEN toStartOfHour(fromUnixTimestamp64Micro(least({from:Int64}, 4102444800000000), 'UTC'))
    AND toStartOfHour(fromUnixTimestamp64Micro(least({to:Int64}, 4102444800000000), 'UTC'))
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
