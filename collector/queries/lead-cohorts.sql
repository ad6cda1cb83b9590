-- Leads by the step of time of their first message and by a dimension of that message: how many were contacted, and how
-- many answered any message within `days` after the first. The columns are those of outcome-cohorts.sql.
SELECT
  toInt64(intDiv(toUnixTimestamp(toDateTime(first_at, 'UTC')) - {from:UInt32}, {step:UInt32})) AS place,
  dimensions[{by:String}] AS value,
  toUInt8(first_at + toIntervalDay({days:UInt16}) > toDateTime({asOf:UInt32}, 'UTC')) AS maturing,
  count() AS contacted_leads,
  countIf(answer_at > 0 AND answer_at <= first_at + toIntervalDay({days:UInt16})) AS replied_leads
FROM (
  SELECT
    subject,
    min(sent_at) AS first_at,
    argMin(message_fates.dimensions, (sent_at, message)) AS dimensions,
    minIf(replied_at, replied_at > 0) AS answer_at
  FROM message_fates(project = {project:String})
  WHERE subject != ''
  GROUP BY subject
)
WHERE first_at >= toDateTime({from:UInt32}, 'UTC') AND first_at < toDateTime({to:UInt32}, 'UTC')
  AND arrayAll((name, wanted) -> dimensions[name] = wanted, {filterNames:Array(String)}, {filterValues:Array(String)})
GROUP BY place, value, maturing
ORDER BY value, place, maturing
LIMIT {limit:UInt32}
