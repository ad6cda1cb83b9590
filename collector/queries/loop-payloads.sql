-- The text that the loop detector reads of given traces: of tools, of failed agents and steps, and of the model calls of
-- teams. `unread` are attributes, and beginnings of indexed ones, that hold what a model was told: the history of a
-- conversation, again with every call. A value that is too long to be held is told apart by its digest.
WITH
  arrayFilter(
    (place, key) -> kinds.kind = 'tool'
      OR NOT (has({unread:Array(String)}, key)
        OR arrayExists(beginning -> startsWith(key, beginning), {unreadIndexed:Array(String)})),
    arrayEnumerate(mapKeys(p.attributes)), mapKeys(p.attributes)) AS places,
  arrayMap(place -> mapValues(p.attributes)[place], places) AS whole
SELECT
  lower(hex(p.trace_id)) AS trace,
  lower(hex(p.span_id)) AS span,
  arrayMap(place -> toString(mapKeys(p.attributes)[place]), places) AS attribute_keys,
  arrayMap(value -> if(length(value) > {longest:UInt32}, concat('digest of a long value: ', hex(sipHash128(value))), value), whole)
    AS attribute_values,
  arrayStringConcat(arrayMap((place, value) -> if(length(value) > {longest:UInt32}, 's', substring(p.attribute_types, place, 1)),
    places, whole)) AS types,
  p.events AS span_events
FROM (
  SELECT trace_id, bucket, span_id, version, attributes, attribute_types, events
  FROM span_payloads FINAL
  WHERE project = {project:String}
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
) AS p
INNER JOIN (
  SELECT trace_id, bucket, span_id, kind
  FROM spans FINAL
  PREWHERE project = {project:String}
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
    AND bucket IN (
      SELECT bucket FROM trace_minutes
      WHERE project = {project:String}
        AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
  WHERE kind = 'tool'
    OR (status = 'error' AND kind IN ('agent', 'step', 'other'))
    OR (kind = 'llm' AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({teams:Array(String)})), 16)))
) AS kinds ON kinds.trace_id = p.trace_id AND kinds.bucket = p.bucket AND kinds.span_id = p.span_id
ORDER BY p.version DESC, p.bucket DESC
LIMIT 1 BY p.trace_id, p.span_id
