-- One business event, as `BusinessOutcome` in domain tells it: what became of a message. It is known by (project, id); of
-- what came under one id the highest version stays (see versionOf in outcomes/outcome-row.ts), in whatever order it came.
-- Nothing is counted up and there are no partitions: an event may be told anew with another time.
CREATE TABLE IF NOT EXISTS outcomes {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  id String CODEC(ZSTD(1)),
  version UInt64 CODEC(ZSTD(1)),
  type LowCardinality(String),
  occurred_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  subject String CODEC(ZSTD(1)),
  -- Empty where it was not told: see message_fates.
  message_id String CODEC(ZSTD(1)),
  -- Zeros for none.
  trace_id FixedString(16) CODEC(ZSTD(1)),
  channel LowCardinality(String),
  campaign LowCardinality(String),
  agent_version LowCardinality(String),
  architecture LowCardinality(String),
  model LowCardinality(String),
  value Nullable(Float64) CODEC(ZSTD(1)),
  -- An aggregate stands for so many events of messages that were sent at occurred_at; 1 for a single event.
  aggregate Bool,
  count UInt64 CODEC(T64, ZSTD(1)),
  -- Leads that an aggregate concerns; NULL where nobody counted.
  subjects Nullable(UInt64) CODEC(T64, ZSTD(1))
) ENGINE = {{replicated}}ReplacingMergeTree(version)
ORDER BY (project, id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1,
  auto_statistics_types = '';

-- What became of each message: one row a message, whatever was told of it how often and in which order. A moment of 1970
-- is none. An event without a message is put down to its subject's last message before it. What was told of messages
-- that nobody said were sent is not here: see queries/unattributed-outcomes.sql.
CREATE OR REPLACE VIEW message_fates {{on_cluster}} AS
SELECT
  message,
  sent_at,
  told.1 AS subject,
  told.2 AS trace_id,
  -- As its first `sent` named them, by the names of OutcomeDimension in domain.
  map('channel', told.3, 'campaign', told.4, 'agentVersion', told.5, 'architecture', told.6, 'model', told.7) AS dimensions,
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
    argMinIf(
      (subject, trace_id, channel, campaign, agent_version, architecture, model), (at, id), type = 'sent') AS told,
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
  )
  GROUP BY message
  HAVING countIf(type = 'sent') > 0
);

CREATE OR REPLACE VIEW {{sql_database}}.outcomes {{on_cluster}} AS
SELECT
  project,
  id,
  type,
  occurred_at,
  nullIf(o.subject, '') AS subject,
  nullIf(o.message_id, '') AS message_id,
  if(o.trace_id = toFixedString('', 16), NULL, lower(hex(o.trace_id))) AS trace_id,
  o.trace_id AS trace_key,
  nullIf(o.channel, '') AS channel,
  nullIf(o.campaign, '') AS campaign,
  nullIf(o.agent_version, '') AS agent_version,
  nullIf(o.architecture, '') AS architecture,
  nullIf(o.model, '') AS model,
  value,
  aggregate,
  count,
  subjects
FROM {{database}}.outcomes AS o FINAL;
