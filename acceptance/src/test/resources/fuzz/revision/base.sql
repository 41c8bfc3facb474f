-- revision: 1aaaa
-- revises:
-- message: m
-- created: 2026-01-09T12:30:00Z
-- +upgrade
select 1;