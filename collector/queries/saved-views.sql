-- The views that were saved of a page, by name.
SELECT name, search
FROM saved_views FINAL
WHERE project = {project:String} AND page = {page:String} AND NOT removed
ORDER BY lower(name), name
