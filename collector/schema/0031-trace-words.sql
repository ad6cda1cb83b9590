-- Search in the text of spans: the words of a trace within an hour, with an index over them. Rebuilt whole with the hour
-- and behind everything else: an index over text as it comes would cost more than all the rest of storing a span.
CREATE TABLE IF NOT EXISTS trace_words {{on_cluster}} (
  project LowCardinality(String),
  hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
  build UInt64 CODEC(ZSTD(1)),
  trace_id FixedString(16) CODEC(ZSTD(1)),
  -- Each once, in order, of at most 100 bytes. Of more than 50,000 the first ones and '*', which is no word: such a trace is
  -- looked at whatever is asked for.
  words Array(String) CODEC(ZSTD(1)),
  INDEX by_word words TYPE text(tokenizer = 'array')
) ENGINE = {{replicated}}MergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (project, hour, trace_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '', index_granularity = 1024;

-- The rebuilds that are complete.
CREATE TABLE IF NOT EXISTS trace_word_builds {{on_cluster}} (
  project LowCardinality(String),
  hour DateTime('UTC'),
  build UInt64,
  began_at DateTime64(3, 'UTC')
) ENGINE = {{replicated}}ReplacingMergeTree(build)
ORDER BY (project, hour)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';

-- When log records of an hour were last written that belong to a trace: their text is searched too. Spans mark their hours
-- in span_hour_marks.
CREATE TABLE IF NOT EXISTS log_hour_marks {{on_cluster}} (
  project LowCardinality(String),
  hour DateTime('UTC'),
  marked_at DateTime64(3, 'UTC')
) ENGINE = {{replicated}}ReplacingMergeTree(marked_at)
ORDER BY (project, hour)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';

CREATE MATERIALIZED VIEW IF NOT EXISTS log_hour_marks_of_logs {{on_cluster}} TO log_hour_marks AS
SELECT DISTINCT project, toStartOfHour(bucket) AS hour, now64(3) AS marked_at
FROM logs
WHERE trace_id != toFixedString('', 16);

INSERT INTO log_hour_marks (project, hour, marked_at)
SELECT DISTINCT project, toStartOfHour(bucket), now64(3) FROM logs WHERE trace_id != toFixedString('', 16);

-- What is searched, a row for each place in which a trace has text: name and status of a span, its attributes and events, a
-- log record. A word is a run of letters and digits in lower case; signs of scripts that put no spaces between words are
-- words of their own. Where there are backslashes, the text is also read as JSON of any depth, escapes undone, behind
-- an empty word that no phrase goes across: agents send JSON within JSON.
CREATE OR REPLACE VIEW span_words {{on_cluster}} AS
SELECT
  project, trace_id, bucket, span_id, text,
  if(position(text, '\\') = 0, words_of_text, arrayConcat(words_of_text, [''], words_of_json)) AS words
FROM (
  SELECT
    project, trace_id, bucket, span_id, text,
    if(isValidASCII(text), tokens(lower(text)), extractAll(lowerUTF8(text),
      '[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]|(?:[^\\PL\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]|[\\pM\\pN])+'))
      AS words_of_text,
    extractAll(lowerUTF8(JSONExtractString(concat('"', replaceAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(text,
        '\\\\+u[dD][89a-fA-F][0-9a-fA-F]{2}', ' '),
        '\\\\+u([0-9a-fA-F]{4})', '\x01\\1'),
        '\\\\+[bfnrt"/]?|["\\x00\\x02-\\x1f]', ' '),
        '\x01', '\\u'), '"'))),
      '[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]|(?:[^\\PL\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]|[\\pM\\pN])+')
      AS words_of_json
  FROM (
    SELECT project, trace_id, bucket, span_id,
      concat(arrayStringConcat(mapValues(attributes), '\n'), '\n', events) AS text
    FROM span_payloads FINAL
    UNION ALL
    SELECT project, trace_id, bucket, span_id, concat(name, '\n', status_message) AS text
    FROM spans FINAL
    UNION ALL
    SELECT project, trace_id, bucket, span_id, concat(body, '\n', arrayStringConcat(mapValues(attributes), '\n')) AS text
    FROM logs FINAL
    WHERE trace_id != toFixedString('', 16)
  )
);
