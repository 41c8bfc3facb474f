create schema app;
comment on schema app is 'the application';
create extension citext with schema app;
create extension btree_gist;
create type app.mood as enum ('sad', 'ok', 'happy');
comment on type app.mood is 'how';
create domain app.email as text collate "C" default 'x@y' not null constraint has_at check (value like '%@%');
alter domain app.email add check (length(value) < 100);
create type app.address as (street text, city varchar(30) collate "C", moods app.mood[]);
create type app.floatrange as range (subtype = float8, subtype_diff = float8mi);
create collation app.ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create sequence app.counter as integer increment by 5 minvalue 5 maxvalue 5000 start with 10 cache 3 cycle;
create function app.add(a integer, b integer default 1, variadic c integer[] default '{}') returns integer language sql immutable strict parallel safe as $$ select a + b $$;
create function app.touch() returns trigger language plpgsql security definer set search_path = 'app' as $$ begin new.updated = now(); return new; end $$;
create function app.whole(x integer) returns integer begin atomic select x + 1; end;
create procedure app.work(in a integer, out b integer) language plpgsql as $$ begin b := a; end $$;
create aggregate app.total(integer) (sfunc = int4pl, stype = integer, initcond = '0', parallel = safe);
create table app.users (
  id bigint generated always as identity (start with 100) primary key,
  serial_no serial,
  email app.email unique,
  name varchar(20) default 'nobody' not null,
  nick app.citext collate app.ci,
  feeling app.mood default 'ok' not null,
  age integer constraint adult check (age >= 18),
  double_age integer generated always as (age * 2) stored,
  home app.address,
  tags text[] default '{}',
  during tstzrange,
  updated timestamptz(3) default now(),
  constraint no_overlap exclude using gist (during with &&) where (age > 20) deferrable initially deferred,
  constraint name_nick unique (name, nick) include (age) with (fillfactor = 70)
) with (fillfactor = 80, autovacuum_enabled = false);
alter table app.users alter name set statistics 200, alter tags set storage external, alter name set compression pglz, alter age set (n_distinct = -0.5);
alter table app.users replica identity full;
comment on table app.users is E'people\nwho are here';
comment on column app.users.name is 'what they''re called';
comment on constraint adult on app.users is 'law';
create table app.posts (
  id integer primary key,
  author bigint references app.users on delete set null on update cascade,
  other bigint constraint fk_other references app.users (id) match full deferrable initially deferred,
  title text not null, body text, n numeric(10,2), doc jsonb
);
alter table app.posts add constraint later check (n > 0) not valid;
alter table app.posts add constraint nn check (n < 10) no inherit;
create index on app.posts (title);
create index posts_lower on app.posts using btree (lower(title) collate "C" text_pattern_ops desc nulls last, n) include (body) where n > 1;
create index posts_doc on app.posts using gin (doc jsonb_path_ops) with (fastupdate = off);
create unique index posts_u on app.posts (title desc, author) ;
create index posts_brin on app.posts using brin (id) with (pages_per_range = 16);
cluster app.posts using posts_u;
comment on index app.posts_u is 'unique';
create table app.events (at timestamptz not null, kind text not null, v int default 1, primary key (at, kind)) partition by range (at);
create table app.events_1 partition of app.events for values from ('2024-01-01') to ('2025-01-01');
create table app.events_2 partition of app.events default partition by list (kind);
create table app.events_2a partition of app.events_2 (v default 7, constraint vv check (v > 0)) for values in ('a', 'b');
create index events_kind on app.events (kind);
create index events_only on only app.events (v);
create table app.parent (a int check (a > 0), b text);
create table app.child (c int) inherits (app.parent);
create unlogged table app.fast (x int primary key deferrable);
create table app.typed of app.address;
create view app.v (one, two) with (security_barrier, check_option = local) as select id, name from app.users where age > 1;
alter view app.v alter column two set default 'z';
comment on column app.v.one is 'first';
create materialized view app.mv as select app.add(age) as aa, count(*) from app.users group by 1 with no data;
create unique index mv_u on app.mv (aa);
create trigger touch before update of name, age on app.users for each row when (old.name is distinct from new.name) execute function app.touch();
create constraint trigger ct after insert on app.posts deferrable initially deferred for each row execute function app.touch();
create trigger tt after update on app.posts referencing old table as o new table as n for each statement execute function app.touch();
alter table app.posts disable trigger tt;
create rule r as on insert to app.v where new.one > 5 do instead nothing;
create rule r2 as on delete to app.v do instead (delete from app.users where id = old.one; delete from app.posts);
alter table app.users enable row level security;
alter table app.posts force row level security;
create policy p on app.users as restrictive for select to public using (age > 3);
create policy p2 on app.users for update using (true) with check (name <> '');
create statistics app.st (ndistinct, mcv) on name, age from app.users;
create statistics app.st2 on (lower(name)) from app.users;
alter statistics app.st set statistics 50;
revoke execute on function app.add from public;
grant select, insert on app.users to public;
grant select (title) on app.posts to public;
grant usage on schema app to public;
alter default privileges in schema app grant select on tables to public;
alter default privileges revoke execute on functions from public;
create publication pub for table app.users, app.posts with (publish = 'insert, update');
create function app.et() returns event_trigger language plpgsql as $$ begin end $$;
create event trigger et on ddl_command_start when tag in ('DROP TABLE', 'ALTER TABLE') execute function app.et();
