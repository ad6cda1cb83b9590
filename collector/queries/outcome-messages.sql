-- The messages behind a figure, newest first: those sent in the window that came as far as `stage` within `days`.
-- `total` counts those that are not given too.
SELECT
  message,
  subject,
  if(trace_id = toFixedString('', 16), NULL, lower(hex(trace_id))) AS trace,
  toUnixTimestamp64Micro(sent_at) AS sent_micros,
  if(replied_at > 0, toUnixTimestamp64Micro(replied_at), NULL) AS replied_micros,
  toUInt8(delivered) AS was_delivered,
  toUInt8(bounced) AS was_bounced,
  toUInt8(opted_out) AS was_opted_out,
  toUInt8(positive_at > 0) AS was_positive,
  toUInt8(meeting_at > 0) AS was_meeting,
  channel,
  campaign,
  agent_version,
  architecture,
  model,
  count() OVER () AS total
FROM message_fates(project = {project:String})
WHERE sent_at >= toDateTime({from:UInt32}, 'UTC') AND sent_at < toDateTime({to:UInt32}, 'UTC')
  AND ({channel:String} = '' OR channel = {channel:String})
  AND ({campaign:String} = '' OR campaign = {campaign:String})
  AND ({agentVersion:String} = '' OR agent_version = {agentVersion:String})
  AND ({architecture:String} = '' OR architecture = {architecture:String})
  AND ({model:String} = '' OR model = {model:String})
  AND ({anyValue:Bool} OR {by:Identifier} = {value:String})
  AND if({stage:String} = 'delivered', delivered, if({stage:String} = 'bounced', bounced,
    if({stage:String} = 'opted-out', opted_out,
    if({stage:String} = 'replied', replied_at > 0 AND replied_at <= sent_at + toIntervalDay({days:UInt16}),
    if({stage:String} = 'positive', positive_at > 0 AND positive_at <= sent_at + toIntervalDay({days:UInt16}),
    if({stage:String} = 'meeting', meeting_at > 0 AND meeting_at <= sent_at + toIntervalDay({days:UInt16}), true))))))
  AND ({maturity:String} = ''
    OR (sent_at + toIntervalDay({days:UInt16}) > toDateTime({asOf:UInt32}, 'UTC')) = ({maturity:String} = 'maturing'))
ORDER BY sent_at DESC, message
LIMIT {limit:UInt32}
