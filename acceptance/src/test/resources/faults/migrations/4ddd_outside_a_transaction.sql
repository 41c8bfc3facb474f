-- revision: 4ddd
-- revises:  3ccc
-- message:  Outside a transaction
-- created:  2026-01-04T09:00:00Z

-- +upgrade

-- +no-transaction
update counters set n = n + 1 where name = 'alone';

-- +no-transaction
insert into log values ('written alone');

vacuum accounts;

reindex index concurrently accounts_name;

drop index concurrently accounts_name_balance;

-- +downgrade

create unique index concurrently accounts_name_balance on accounts (name, balance);
