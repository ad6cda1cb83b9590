-- What was told in the window of messages that nobody said were sent: they have no part in any rate. `replies` of them are
-- answers.
SELECT
  count() AS outcomes,
  countIf(type IN ('replied', 'positive')) AS replies
FROM outcomes FINAL
WHERE project = {project:String} AND NOT aggregate AND type NOT IN ('sent', 'declined', 'failed')
  AND occurred_at >= toDateTime({from:UInt32}, 'UTC') AND occurred_at < toDateTime({to:UInt32}, 'UTC')
  AND if(message_id != '',
    message_id NOT IN (
      SELECT if(message_id = '', id, message_id)
      FROM outcomes FINAL WHERE project = {project:String} AND NOT aggregate AND type = 'sent'),
    subject = '' OR (subject, occurred_at) NOT IN (
      SELECT loose.subject, loose.at
      FROM (
        SELECT subject, occurred_at AS at
        FROM outcomes FINAL
        WHERE project = {project:String} AND NOT aggregate AND type NOT IN ('sent', 'declined', 'failed')
          AND message_id = '' AND subject != ''
      ) AS loose
      JOIN (
        SELECT subject, min(occurred_at) AS first_at
        FROM outcomes FINAL WHERE project = {project:String} AND NOT aggregate AND type = 'sent' AND subject != ''
        GROUP BY subject
      ) AS sends ON loose.subject = sends.subject
      WHERE loose.at >= sends.first_at))
