-- Messages by the step of time in which they were sent and by the column of a dimension (or `nothing`), with what became of them within `days` after.
-- Steps count from `from` (seconds since the epoch, as is `asOf`). What was sent less than `days` before `asOf` is maturing
-- and has rows of its own. An aggregate counts with its own time.
SELECT
  toInt64(intDiv(toUnixTimestamp(toDateTime(at, 'UTC')) - {from:UInt32}, {step:UInt32})) AS place,
  {by:Identifier} AS value,
  toUInt8(at + toIntervalDay({days:UInt16}) > toDateTime({asOf:UInt32}, 'UTC')) AS maturing,
  sum(sent) AS sent_messages,
  sum(delivered) AS delivered_messages,
  sum(bounced) AS bounced_messages,
  sum(replied) AS replied_messages,
  sum(delivered_replied) AS delivered_replied_messages,
  sum(positive) AS positive_messages,
  sum(delivered_positive) AS delivered_positive_messages,
  sum(met) AS met_messages,
  sum(opted_out) AS opted_out_messages,
  sum(lead) AS contacted_leads,
  sum(lead_replied) AS replied_leads,
  sum(aggregated) AS aggregated_messages
FROM (
  SELECT
    sent_at AS at,
    channel, campaign, agent_version, architecture, model, '' AS nothing,
    toUInt64(1) AS sent,
    toUInt64(delivered) AS delivered,
    toUInt64(bounced) AS bounced,
    toUInt64(replied_at > 0 AND replied_at <= sent_at + toIntervalDay({days:UInt16})) AS replied,
    replied * delivered AS delivered_replied,
    toUInt64(positive_at > 0 AND positive_at <= sent_at + toIntervalDay({days:UInt16})) AS positive,
    positive * delivered AS delivered_positive,
    toUInt64(meeting_at > 0 AND meeting_at <= sent_at + toIntervalDay({days:UInt16})) AS met,
    toUInt64(opted_out) AS opted_out,
    toUInt64(0) AS lead,
    toUInt64(0) AS lead_replied,
    toUInt64(0) AS aggregated
  FROM message_fates(project = {project:String})
  UNION ALL
  SELECT
    occurred_at,
    toString(channel), toString(campaign), toString(agent_version), toString(architecture), toString(model), '',
    if(type = 'sent', count, 0),
    if(type = 'delivered', count, 0),
    if(type = 'bounced', count, 0),
    if(type = 'replied', count, 0),
    if(type = 'replied', count, 0),
    if(type = 'positive', count, 0),
    if(type = 'positive', count, 0),
    if(type = 'meeting', count, 0),
    if(type = 'opted-out', count, 0),
    if(type = 'sent', ifNull(subjects, 0), 0),
    if(type = 'replied', ifNull(subjects, 0), 0),
    if(type = 'sent', count, 0)
  FROM outcomes FINAL
  WHERE project = {project:String} AND aggregate
)
WHERE at >= toDateTime({from:UInt32}, 'UTC') AND at < toDateTime({to:UInt32}, 'UTC')
  AND ({channel:String} = '' OR channel = {channel:String})
  AND ({campaign:String} = '' OR campaign = {campaign:String})
  AND ({agentVersion:String} = '' OR agent_version = {agentVersion:String})
  AND ({architecture:String} = '' OR architecture = {architecture:String})
  AND ({model:String} = '' OR model = {model:String})
GROUP BY place, value, maturing
ORDER BY value, place, maturing
LIMIT {limit:UInt32}
