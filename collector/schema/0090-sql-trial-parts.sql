-- What a trial holds, a row each, for people and scripts as in 0020-sql-views.sql: the writes of its world, and what the
-- scorers say of it.
CREATE OR REPLACE VIEW {{sql_database}}.effects {{on_cluster}} AS
SELECT
  project,
  run_id,
  trial_id,
  scenario_id,
  JSONExtractUInt(effect, 'seq') AS seq,
  fromUnixTimestamp64Micro(JSONExtractInt(effect, 'at'), 'UTC') AS at,
  JSONExtractString(effect, 'operation') AS operation,
  JSONExtractString(effect, 'table') AS of_table,
  JSONExtractString(effect, 'key') AS key,
  nullIf(JSONExtractRaw(effect, 'before'), 'null') AS before,
  nullIf(JSONExtractRaw(effect, 'after'), 'null') AS after,
  JSONExtractBool(effect, 'irreversible')::Bool AS irreversible,
  JSONExtractUInt(effect, 'call', 'number') AS call_number,
  JSONExtractString(effect, 'call', 'service') AS service,
  JSONExtractString(effect, 'call', 'operation') AS call_operation,
  JSONExtractString(effect, 'call', 'principal') AS principal,
  JSONExtract(effect, 'call', 'traceId', 'Nullable(String)') AS trace_id,
  JSONExtract(effect, 'call', 'spanId', 'Nullable(String)') AS span_id
FROM {{database}}.trials AS t FINAL
ARRAY JOIN JSONExtractArrayRaw(t.record, 'journal') AS effect;

CREATE OR REPLACE VIEW {{sql_database}}.scores {{on_cluster}} AS
SELECT
  project,
  run_id,
  trial_id,
  scenario_id,
  JSONExtractString(score, 'scorer') AS scorer,
  JSONExtractString(score, 'axis') AS axis,
  JSONExtract(score, 'pass', 'Nullable(Bool)') AS pass,
  JSONExtract(score, 'value', 'Nullable(Float64)') AS value,
  JSONExtract(score, 'unit', 'Nullable(String)') AS unit,
  JSONExtract(score, 'reason', 'Nullable(String)') AS unscored,
  arrayMap(finding -> JSONExtractString(finding, 'message'), JSONExtractArrayRaw(score, 'findings')) AS findings
FROM {{database}}.trials AS t FINAL
ARRAY JOIN JSONExtractArrayRaw(t.record, 'scores') AS score;
