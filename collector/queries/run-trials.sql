-- The trials of a run, by scenario and number.
SELECT summary
FROM trials FINAL
WHERE project = {project:String} AND run_id = {runId:String}
ORDER BY scenario_id, trial_index, trial_id
LIMIT {limit:UInt32}
