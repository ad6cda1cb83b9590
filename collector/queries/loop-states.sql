-- Given traces, each with what the loop detector needs to know beforehand: `state` is a digest of its rows and
-- log records, `suspect`
-- whether it may hold any finding at all, and `stored_report` what was found in these very rows by this version of the
-- detector, empty where nothing is stored. `suspect` is only a bound: no finding is without a tool that was called twice too
-- often, two agents, a failure of an agent, or an answer that was cut (a test compares it with the detector).
SELECT
  lower(hex(states.trace_id)) AS id,
  toString(bitXor(trace_state, records.log_state) AS whole_state) AS state_text,
  is_suspect,
  is_team,
  span_count,
  first_micros,
  bytes,
  if(stored.state = whole_state, stored.report, '') AS stored_report,
  toUInt8(stored.whole) AS stored_whole
FROM (
  SELECT
    trace_id,
    groupBitXor(cityHash64(span_id, bucket, version, mapper_version, ifNull(cost, -1))) AS trace_state,
    countIf(kind = 'tool') - uniqExactIf(if(tool = '', name, tool), kind = 'tool') >= 2
      OR is_team
      OR countIf(status = 'error' AND kind IN ('agent', 'step', 'other')) > 0
      OR countIf(notEmpty(finish_reasons) AND (has(finish_reasons, 'length') OR kind IN ('agent', 'step', 'other'))) > 0
      AS is_suspect,
    uniqExactIf(if(agent = '', name, agent), agent != '' OR kind = 'agent') >= 2 AS is_team,
    count() AS span_count,
    min(least(toUnixTimestamp64Micro(start), 9007199254740991)) AS first_micros,
    sum(payload_bytes) AS bytes
  FROM spans FINAL
  PREWHERE project = {project:String}
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
    AND bucket IN (
      SELECT bucket FROM trace_minutes
      WHERE project = {project:String}
        AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
  GROUP BY trace_id
) AS states
LEFT JOIN (
  SELECT trace_id, groupBitXor(cityHash64(span_id, hash)) AS log_state
  FROM logs FINAL
  WHERE project = {project:String}
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
  GROUP BY trace_id
) AS records ON records.trace_id = states.trace_id
LEFT JOIN (
  SELECT trace_id, state, report, whole
  FROM trace_loops FINAL
  WHERE project = {project:String}
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
    AND detector = {detector:UInt32}
) AS stored ON stored.trace_id = states.trace_id
