-- One trial, whole.
SELECT record
FROM trials FINAL
WHERE project = {project:String} AND trial_id = {trialId:String}
LIMIT 1
