-- revision: 6fff
-- revises:  5eee
-- message:  The last index
-- created:  2026-01-06T09:00:00Z

-- +upgrade

create index concurrently on accounts (balance);

-- +downgrade

drop index concurrently accounts_balance_idx;
