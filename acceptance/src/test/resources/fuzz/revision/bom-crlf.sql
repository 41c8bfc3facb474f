-- revision: 1a2b3c4d5e6f
-- revises:  04f23c4db7a1, 2bbbb
-- message:  Add new user fields
-- created:  2026-01-09T12:30:00Z

-- +upgrade
select 1;
