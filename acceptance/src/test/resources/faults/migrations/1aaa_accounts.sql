-- revision: 1aaa
-- revises:  
-- message:  Accounts
-- created:  2026-01-01T09:00:00Z

-- +upgrade

create type mood as enum ('happy', 'sad');

create table accounts (id integer primary key, name text not null, balance bigint not null default 0);

create table counters (name text primary key, n bigint not null);

-- Has no key, so that a line that is written twice shows.
create table log (entry text not null);

insert into counters values ('runs', 0), ('alone', 0), ('triggered', 0);

-- +downgrade

drop table log, counters, accounts;
drop type mood;
