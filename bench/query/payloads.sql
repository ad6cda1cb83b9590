-- The text of the spans of spans.sql, a short one.
INSERT INTO span_payloads (project, trace_id, bucket, span_id, version, attributes, attribute_types, resource, scope_name)
WITH
  number % 40 AS place,
  multiIf(place < 4, 0, place < 10, 1, place < 20, 2, 3) AS trace_of_group,
  place - [0, 4, 10, 20][trace_of_group + 1] AS step,
  intDiv(number, 40) * 4 + trace_of_group AS trace,
  cityHash64(trace, {salt:UInt64}) AS trace_draw,
  cityHash64(number, {salt:UInt64}) AS draw,
  {fromNanos:Int64} + toInt64(trace * {nanosPerTrace:Float64}) + toInt64(trace_draw % 120000000000) + step * 800000000 AS start_nanos,
  ['please look up the order of the customer', 'the flight was cancelled and the refund is late', 'write a short mail to the sales lead',
   'which invoice is overdue since last month', 'summarise the meeting in three sentences', 'the tool answered with an empty list',
   'book the seat by the window', 'escalate this to a human agent', 'compare the two offers by price', 'the address is not valid',
   'retry the request with a smaller page', 'the policy allows one change', 'thank you for your patience'] AS phrases
SELECT
  {project:String},
  reinterpretAsFixedString(sipHash128(trace, {salt:UInt64})),
  toStartOfMinute(toDateTime(intDiv(start_nanos, 1000000000), 'UTC')),
  reinterpretAsFixedString(draw),
  start_nanos + 1,
  CAST(([if(step % 2 = 1, 'gen_ai.input.messages', 'gen_ai.tool.call.result'), 'gen_ai.response.id'],
    [concat(phrases[draw % 13 + 1], ', ', phrases[bitShiftRight(draw, 8) % 13 + 1], ' (ticket-', toString(intDiv(trace, 5)), ')'),
     concat('resp_', lower(hex(bitAnd(draw, 4294967295))))]), 'Map(LowCardinality(String), String)'),
  'ss',
  concat('[{"key":"service.name","value":{"stringValue":"service-', toString(trace_draw % 10 % 4), '"}}]'),
  'bench'
FROM numbers({first:UInt64}, {count:UInt64})
SETTINGS max_insert_threads = 2, max_partitions_per_insert_block = 0, min_insert_block_size_rows = 1048576
