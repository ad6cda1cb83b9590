-- The other signals for `rehearse query`: see 0020-sql-views.sql.
CREATE OR REPLACE VIEW {{sql_database}}.logs {{on_cluster}} AS
SELECT
  project,
  bucket AS minute,
  if(l.trace_id = toFixedString('', 16), NULL, lower(hex(l.trace_id))) AS trace_id,
  if(l.span_id = toFixedString('', 8), NULL, lower(hex(l.span_id))) AS span_id,
  l.trace_id AS trace_key,
  time,
  observed,
  nullIf(l.service, '') AS service,
  severity_number,
  nullIf(l.severity_text, '') AS severity_text,
  nullIf(l.event_name, '') AS event_name,
  body,
  attributes,
  attribute_types,
  mapFromArrays(
    arrayMap(pair -> JSONExtractString(pair, 'key'), JSONExtractArrayRaw(l.resource)),
    arrayMap(
      pair -> if(JSONHas(pair, 'value', 'stringValue'),
        JSONExtractString(pair, 'value', 'stringValue'),
        JSONExtractRaw(pair, 'value', 1)),
      JSONExtractArrayRaw(l.resource))) AS resource,
  nullIf(l.scope_name, '') AS scope_name,
  nullIf(l.scope_version, '') AS scope_version
FROM {{database}}.logs AS l FINAL;

CREATE OR REPLACE VIEW {{sql_database}}.metric_points {{on_cluster}} AS
SELECT
  project,
  bucket AS minute,
  name,
  time,
  if(m.start = toDateTime64(0, 9, 'UTC'), NULL, m.start) AS start,
  nullIf(m.service, '') AS service,
  nullIf(m.unit, '') AS unit,
  nullIf(m.description, '') AS description,
  type,
  temporality,
  monotonic,
  attributes,
  value,
  value_int,
  count,
  sum,
  min,
  max,
  bounds,
  bucket_counts,
  quantiles,
  quantile_values
FROM {{database}}.metric_points AS m FINAL;
