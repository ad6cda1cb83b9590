-- These hours are to be built again; until then their spans are read.
INSERT INTO span_hour_marks (project, hour, marked_at)
SELECT {project:String}, toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'), now64(3)
