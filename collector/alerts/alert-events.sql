-- What alerts of a project have told, the latest first: log records on no trace.
SELECT
  attributes['rehearse.alert.id'] AS id,
  attributes['rehearse.alert.rule'] AS rule,
  attributes['rehearse.alert.metric'] AS metric,
  attributes['rehearse.alert.kind'] AS kind,
  toUnixTimestamp64Milli(time) AS at,
  toFloat64OrZero(attributes['rehearse.alert.value']) AS value,
  toFloat64OrZero(attributes['rehearse.alert.threshold']) AS threshold,
  toInt64OrZero(attributes['rehearse.alert.sample']) AS sample,
  attributes['rehearse.alert.text'] AS text
FROM logs FINAL
WHERE project = {project:String}
  AND trace_id = toFixedString('', 16)
  AND bucket >= toDateTime({from:UInt32}, 'UTC')
  AND event_name = 'rehearse.alert'
ORDER BY time DESC, hash
LIMIT {limit:UInt32}
