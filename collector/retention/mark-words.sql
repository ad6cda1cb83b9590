-- The words of these hours are to be gathered again, since some of their text is gone; they were gathered before this moment.
-- The figures of the hours stand.
INSERT INTO log_hour_marks (project, hour, marked_at)
SELECT pair.1, toDateTime(pair.2, 'UTC'), toDateTime64({at:UInt32}, 3, 'UTC')
FROM (SELECT arrayJoin(arrayZip({projects:Array(String)}, {hours:Array(UInt32)})) AS pair)
