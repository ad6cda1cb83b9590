-- Rows of a table that lie in the future by their own clocks.
SELECT toString(project) AS of_project, count() AS rows
FROM {table:Identifier}
WHERE {time:Identifier} > toDateTime({after:UInt32}, 'UTC')
GROUP BY project
