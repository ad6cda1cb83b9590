-- The build of these hours is complete.
INSERT INTO span_hour_builds (project, hour, build, began_at)
SELECT {project:String}, toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'), {build:UInt64},
  fromUnixTimestamp64Milli({build:Int64}, 'UTC')
