-- Merges take many parts at once: each merge moves every row again, and a row that is merged twenty parts at a time is
-- moved less than half as often as with five. Parts that are left alone for long are merged by fewer, so that a quiet
-- table comes to as few parts as before.
ALTER TABLE spans {{on_cluster}} MODIFY SETTING merge_selector_base = 20;
ALTER TABLE span_payloads {{on_cluster}} MODIFY SETTING merge_selector_base = 20;
ALTER TABLE trace_minutes {{on_cluster}} MODIFY SETTING merge_selector_base = 20;
ALTER TABLE span_hour_marks {{on_cluster}} MODIFY SETTING merge_selector_base = 20;
