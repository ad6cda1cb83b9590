-- The words of these hours are complete.
INSERT INTO trace_word_builds (project, hour, build, began_at)
SELECT {project:String}, toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'), {build:UInt64},
  fromUnixTimestamp64Milli({began:Int64}, 'UTC')
