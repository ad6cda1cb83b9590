-- Rows that are masked are taken off the disk.
ALTER TABLE {table:Identifier} APPLY DELETED MASK IN PARTITION ID {partition:String}
SETTINGS mutations_sync = 0
