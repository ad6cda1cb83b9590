-- The traces that messages of the window were written in, and those of work that ended in none (declined, failed), newest
-- first, each with what became of its messages within `days`. A trace is maturing until all of its messages have matured.
-- `total` counts those that are not given too.
SELECT
  lower(hex(trace_id)) AS trace,
  toInt64(intDiv(toUnixTimestamp(toDateTime(min(at), 'UTC')) - {from:UInt32}, {step:UInt32})) AS place,
  argMin({by:Identifier}, at) AS value,
  toUInt8(max(at) + toIntervalDay({days:UInt16}) > toDateTime({asOf:UInt32}, 'UTC')) AS maturing,
  sum(sent) AS sent_messages,
  sum(replied) AS replied_messages,
  sum(positive) AS positive_messages,
  sum(met) AS met_messages,
  count() OVER () AS total
FROM (
  SELECT
    trace_id, sent_at AS at, channel, campaign, agent_version, architecture, model, '' AS nothing,
    1 AS sent,
    replied_at > 0 AND replied_at <= sent_at + toIntervalDay({days:UInt16}) AS replied,
    positive_at > 0 AND positive_at <= sent_at + toIntervalDay({days:UInt16}) AS positive,
    meeting_at > 0 AND meeting_at <= sent_at + toIntervalDay({days:UInt16}) AS met
  FROM message_fates(project = {project:String})
  UNION ALL
  SELECT
    trace_id, occurred_at,
    toString(channel), toString(campaign), toString(agent_version), toString(architecture), toString(model), '',
    0, 0, 0, 0
  FROM outcomes FINAL
  WHERE project = {project:String} AND type IN ('declined', 'failed') AND NOT aggregate
)
WHERE trace_id != toFixedString('', 16)
  AND at >= toDateTime({from:UInt32}, 'UTC') AND at < toDateTime({to:UInt32}, 'UTC')
  AND ({channel:String} = '' OR channel = {channel:String})
  AND ({campaign:String} = '' OR campaign = {campaign:String})
  AND ({agentVersion:String} = '' OR agent_version = {agentVersion:String})
  AND ({architecture:String} = '' OR architecture = {architecture:String})
  AND ({model:String} = '' OR model = {model:String})
GROUP BY trace_id
ORDER BY min(at) DESC, trace
LIMIT {limit:UInt32}
