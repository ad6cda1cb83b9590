-- How long messages have been waiting for a reply: hours from sending to the first reply, else to `asOf` (seconds since the
-- epoch), at most `horizon` hours. What aggregates count has no times and is not here.
SELECT
  hours,
  count() AS messages,
  countIf(answered) AS replies
FROM (
  SELECT
    intDiv(
      greatest(0, toInt64(toUnixTimestamp(toDateTime(if(replied_at > 0, replied_at, toDateTime64({asOf:UInt32}, 6, 'UTC')), 'UTC')))
        - toInt64(toUnixTimestamp(toDateTime(sent_at, 'UTC')))), 3600) AS waited,
    least(waited, toInt64({horizon:UInt32})) AS hours,
    replied_at > 0 AND waited < {horizon:UInt32} AS answered
  FROM message_fates(project = {project:String})
  WHERE sent_at >= toDateTime({from:UInt32}, 'UTC') AND sent_at < toDateTime({to:UInt32}, 'UTC')
    AND ({base:String} = 'sent' OR delivered)
    AND ({channel:String} = '' OR channel = {channel:String})
    AND ({campaign:String} = '' OR campaign = {campaign:String})
    AND ({agentVersion:String} = '' OR agent_version = {agentVersion:String})
    AND ({architecture:String} = '' OR architecture = {architecture:String})
    AND ({model:String} = '' OR model = {model:String})
)
GROUP BY hours
ORDER BY hours
