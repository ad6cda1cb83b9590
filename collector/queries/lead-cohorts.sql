-- Leads by the step of time of their first message and by a dimension of that message: how many were contacted, and how
-- many answered any message within `days` after the first. The columns are those of outcome-cohorts.sql.
SELECT
  toInt64(intDiv(toUnixTimestamp(toDateTime(first_at, 'UTC')) - {from:UInt32}, {step:UInt32})) AS place,
  {by:Identifier} AS value,
  toUInt8(first_at + toIntervalDay({days:UInt16}) > toDateTime({asOf:UInt32}, 'UTC')) AS maturing,
  count() AS contacted_leads,
  countIf(answer_at > 0 AND answer_at <= first_at + toIntervalDay({days:UInt16})) AS replied_leads
FROM (
  SELECT
    subject,
    min(sent_at) AS first_at,
    argMin(fate.channel, (sent_at, message)) AS channel,
    argMin(fate.campaign, (sent_at, message)) AS campaign,
    argMin(fate.agent_version, (sent_at, message)) AS agent_version,
    argMin(fate.architecture, (sent_at, message)) AS architecture,
    argMin(fate.model, (sent_at, message)) AS model,
    '' AS nothing,
    minIf(replied_at, replied_at > 0) AS answer_at
  FROM message_fates(project = {project:String}) AS fate
  WHERE subject != ''
  GROUP BY subject
)
WHERE first_at >= toDateTime({from:UInt32}, 'UTC') AND first_at < toDateTime({to:UInt32}, 'UTC')
  AND ({channel:String} = '' OR channel = {channel:String})
  AND ({campaign:String} = '' OR campaign = {campaign:String})
  AND ({agentVersion:String} = '' OR agent_version = {agentVersion:String})
  AND ({architecture:String} = '' OR architecture = {architecture:String})
  AND ({model:String} = '' OR model = {model:String})
GROUP BY place, value, maturing
ORDER BY value, place, maturing
LIMIT {limit:UInt32}
