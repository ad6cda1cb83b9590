-- Sums the spans of some hours up anew. The rows count once the build is noted in span_hour_builds.
INSERT INTO span_hours (project, hour, build, kind, status, service, environment, agent, agent_version, provider, model,
  tool, spans, calls, unpriced_calls, unmetered_calls, cost, tokens_input, tokens_cache_read, tokens_cache_write,
  tokens_output, tokens_reasoning, duration, latency_classes, latency_counts)
SELECT
  project, hour, {build:UInt64}, kind, status, service, environment, agent, agent_version, provider, model, tool,
  sum(spans), sum(calls), sum(unpriced_calls), sum(unmetered_calls),
  sum(cost), sum(tokens_input), sum(tokens_cache_read), sum(tokens_cache_write), sum(tokens_output), sum(tokens_reasoning),
  sum(duration),
  (sumMap(latency_classes, latency_counts) AS latencies).1,
  latencies.2
FROM hour_spans(project = {project:String}, hours = {hours:Array(UInt32)}, enclosing = {enclosing:Array(String)})
GROUP BY project, hour, kind, status, service, environment, agent, agent_version, provider, model, tool
