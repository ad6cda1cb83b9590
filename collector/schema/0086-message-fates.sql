-- As in 0060-outcomes.sql, with a column for each dimension. What became of each message: one row a message, whatever was told of it how often and in which order. A moment of 1970
-- is none. An event without a message is put down to its subject's last message before it. What was told of messages
-- that nobody said were sent is not here: see queries/unattributed-outcomes.sql.
CREATE OR REPLACE VIEW message_fates {{on_cluster}} AS
SELECT
  message,
  sent_at,
  subject,
  trace_id,
  channel,
  campaign,
  agent_version,
  architecture,
  model,
  delivered,
  bounced,
  opted_out,
  replied_at,
  positive_at,
  meeting_at
FROM (
  SELECT
    message,
    minIf(at, type = 'sent') AS sent_at,
    -- As its first `sent` named them. Each by itself: what a question leaves out is not read.
    argMinIf(event.subject, (at, id), type = 'sent') AS subject,
    argMinIf(event.trace_id, (at, id), type = 'sent') AS trace_id,
    argMinIf(event.channel, (at, id), type = 'sent') AS channel,
    argMinIf(event.campaign, (at, id), type = 'sent') AS campaign,
    argMinIf(event.agent_version, (at, id), type = 'sent') AS agent_version,
    argMinIf(event.architecture, (at, id), type = 'sent') AS architecture,
    argMinIf(event.model, (at, id), type = 'sent') AS model,
    -- As told: whoever answers a message has it, but would not be told of without an answer where deliveries are not.
    max(type = 'delivered') AS delivered,
    max(type = 'bounced') AS bounced,
    max(type = 'opted-out') AS opted_out,
    minIf(at, type IN ('replied', 'positive')) AS replied_at,
    minIf(at, type = 'positive') AS positive_at,
    minIf(at, type = 'meeting') AS meeting_at
  FROM (
    SELECT
      if(message_id = '', id, message_id) AS message, id, type, occurred_at AS at, subject, trace_id,
      toString(channel) AS channel, toString(campaign) AS campaign, toString(agent_version) AS agent_version,
      toString(architecture) AS architecture, toString(model) AS model
    FROM outcomes FINAL
    WHERE project = {project:String} AND NOT aggregate AND type NOT IN ('declined', 'failed')
      AND (message_id != '' OR type = 'sent')
    UNION ALL
    SELECT sends.message, loose.id, loose.type, loose.at, loose.subject, toFixedString('', 16), '', '', '', '', ''
    FROM (
      SELECT id, type, occurred_at AS at, subject
      FROM outcomes FINAL
      WHERE project = {project:String} AND NOT aggregate AND type NOT IN ('sent', 'declined', 'failed')
        AND message_id = '' AND subject != ''
    ) AS loose
    ASOF JOIN (
      SELECT subject, occurred_at AS at, if(message_id = '', id, message_id) AS message
      FROM outcomes FINAL
      WHERE project = {project:String} AND NOT aggregate AND type = 'sent'
        AND subject IN (
          SELECT subject FROM outcomes
          WHERE project = {project:String} AND message_id = '' AND subject != '' AND type != 'sent')
    ) AS sends ON loose.subject = sends.subject AND loose.at >= sends.at
  ) AS event
  GROUP BY message
  HAVING countIf(type = 'sent') > 0
);
