-- revision: 1a2b3c4d5e6f
-- revises:  04f23c4db7a1, 2bbbb
-- message:  Add new user fields
-- created:  2026-01-09T12:30:00Z
-- labels: a, b
-- depends: 3cccc
-- phase: contract
-- generated: whimbrel 0.1.0

-- +upgrade

-- +lock-timeout 10s
-- +allow W501 nothing reads it
alter table users drop column a;
-- +no-transaction
create index concurrently i on t (a);
-- +statement
create function f() returns int as 'x;y' language sql;
-- +end

-- +downgrade

alter table users add column a date;
