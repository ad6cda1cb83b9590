-- The server's clock, and when data past its age was last removed: 1970 for never. Seconds since the epoch.
SELECT toUnixTimestamp(now()) AS server, toUnixTimestamp(max(at)) AS last_pass
FROM retention_passes
