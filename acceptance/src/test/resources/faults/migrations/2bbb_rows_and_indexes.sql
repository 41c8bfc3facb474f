-- revision: 2bbb
-- revises:  1aaa
-- message:  Rows and indexes
-- created:  2026-01-02T09:00:00Z

-- +upgrade

update counters set n = n + 1 where name = 'runs';

copy accounts (id, name, balance) from stdin;
1	Ada	10
2	Grace	20
3	Edsger	30
\.

create index concurrently accounts_name on accounts (name);

insert into log values ('between two indexes');

create unique index concurrently accounts_name_balance on accounts (name, balance);

update counters set n = n + 1 where name = 'runs';

-- +downgrade

drop index concurrently accounts_name_balance;
drop index concurrently accounts_name;
delete from accounts;
