-- Some trials.
DELETE FROM trials
WHERE project = {project:String} AND trial_id IN {ids:Array(String)}
SETTINGS lightweight_deletes_sync = 0
