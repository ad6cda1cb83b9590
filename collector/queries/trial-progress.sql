-- How far the spans of a trial have come, without their text: cheap enough to be asked again and again. A span that was
-- delivered twice counts once, though its rows may not be merged yet.
SELECT
  uniqExact(trace_id, span_id) AS spans,
  countIf(parent_span_id = toFixedString('', 8)) > 0 AS root_received
FROM spans
WHERE project = {project:String} AND trial_id = {trialId:String}
