-- revision: 3ccc
-- revises:  2bbb
-- message:  Another mood
-- created:  2026-01-03T09:00:00Z

-- +upgrade

insert into log values ('before the new value');

alter type mood add value 'calm';

alter table accounts add column mood mood not null default 'calm';

update counters set n = n + 1 where name = 'runs';

-- +downgrade

alter table accounts drop column mood;
