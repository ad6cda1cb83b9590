-- Tables with rows on the disk that are masked and only no longer read.
SELECT DISTINCT table
FROM system.parts
WHERE database = currentDatabase() AND active AND has_lightweight_delete
