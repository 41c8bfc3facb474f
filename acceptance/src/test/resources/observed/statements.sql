-- Statements and what they are tried on. Each section runs in a transaction of its own, which is
-- rolled back; a section marked "outside" runs without one, on tables of its own. Lines before
-- "-- then" prepare the section and are not watched.

-- == setup
create extension if not exists btree_gist;
create domain plain_domain as text;
create domain checked_domain as text check (value <> '');
create domain used_domain as text;
create type mood as enum ('sad', 'ok', 'happy');
create function plain_volatile() returns int language sql volatile as 'select 1';
create function plpgsql_volatile() returns int language plpgsql volatile as 'begin return 1; end';
create table ref (id int primary key);
insert into ref select g from generate_series(1, 10) g;
create table t (
  id serial primary key, a text, n int, v varchar(50), x text, amount numeric(10, 2),
  at timestamp, e mood, j json, d used_domain, ref_id int not null);
create unique index t_a_uq on t (a);
create index t_n on t (n);
insert into t (a, n, v, x, amount, at, e, j, d, ref_id)
  select 'a' || g, g, 'v' || g, 'x' || g, g, '2026-01-01', 'ok', '{}', 'd', 1 + g % 10
  from generate_series(1, 60) g;
create table chk (id int, c text, constraint c_there check (c is not null));
insert into chk select g, 'c' from generate_series(1, 60) g;
alter table chk add constraint positive check (id > 0) not valid;
create table fk (id int, ref_id int);
insert into fk select g, 1 + g % 10 from generate_series(1, 60) g;
alter table fk add constraint fk_ref foreign key (ref_id) references ref not valid;
create table newp (id int, k int);
insert into newp select 1000 + g, g from generate_series(1, 60) g;
create table newpc (id int, k int, constraint bounds check (id is not null and id >= 1000 and id < 2000));
insert into newpc select 1000 + g, g from generate_series(1, 60) g;
create table np2 (id int, k int);
insert into np2 select 1000 + g, g from generate_series(1, 60) g;
create table par (id int, k int) partition by range (id);
create table par_1 partition of par for values from (0) to (100);
create table par_d partition of par default;
insert into par select g, g from generate_series(1, 20) g;
insert into par select 5000 + g, g from generate_series(1, 40) g;
create table par2 (id int, k int) partition by range (id);
create table unl (id int);
insert into unl select g from generate_series(1, 60) g;
create view vw as select id, a from t;
create materialized view mv as select id, a from t;
create unique index mv_u on mv (id);
create sequence sq;
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touched before update on t for each row execute function touch();
create function work() returns void language plpgsql as
  'begin alter table t alter column n set not null; end';

-- == add column nullable
alter table t add column y int;
-- == add column constant default
alter table t add column y int default 5;
-- == add column not null constant default
alter table t add column y int not null default 5;
-- == add column stable default now()
alter table t add column y timestamptz default now();
-- == add column volatile default
alter table t add column y double precision default random();
-- == add column volatile user fn default
alter table t add column y int default plain_volatile();
-- == add column serial
alter table t add column y serial;
-- == add column identity
alter table t add column y int generated always as identity;
-- == add column generated stored
alter table t add column y int generated always as (n + 1) stored;
-- == add column with domain (no constraint)
alter table t add column y plain_domain;
-- == add column with check
alter table t add column y int check (y > 0);
-- == add column with inline FK
alter table t add column y int references ref;
-- == add column unique
alter table t add column x_new int constraint t_x_key unique;
-- == drop column
alter table t drop column v;
-- == drop indexed column
alter table t drop column n;
-- == rename column
alter table t rename column n to m;
-- == rename table
alter table t rename to t2;
-- == set schema
create schema other;
-- then
alter table t set schema other;
-- == set default
alter table t alter column n set default 1;
-- == set not null (no check)
alter table t alter column n set not null;
-- == set not null (valid check exists)
alter table chk alter column c set not null;
-- == drop not null
alter table t alter column ref_id drop not null;
-- == type varchar(50)->varchar(100)
alter table t alter column v type varchar(100);
-- == type varchar(50)->varchar(20)
alter table t alter column v type varchar(20);
-- == type varchar->text
alter table t alter column v type text;
-- == type text->varchar(50)
alter table t alter column x type varchar(50);
-- == type int->bigint
alter table t alter column n type bigint;
-- == type numeric(10,2)->(12,2)
alter table t alter column amount type numeric(12, 2);
-- == type numeric(10,2)->(12,4)
alter table t alter column amount type numeric(12, 4);
-- == type timestamp->timestamptz tz=UTC
set local timezone = 'UTC';
-- then
alter table t alter column at type timestamptz;
-- == type timestamp->timestamptz tz=Oslo
set local timezone = 'Europe/Oslo';
-- then
alter table t alter column at type timestamptz;
-- == type enum->text
alter table t alter column e type text;
-- == type json->jsonb
alter table t alter column j type jsonb using j::jsonb;
-- == type indexed collation change
do 'begin create index ixc on t (x); alter table t alter column x type text collate "C"; end';
-- == add check
alter table t add constraint positive check (n > 0);
-- == add check not valid
alter table t add constraint positive check (n > 0) not valid;
-- == validate check
alter table chk validate constraint positive;
-- == add fk
alter table t add constraint t_ref foreign key (ref_id) references ref;
-- == add fk not valid
alter table t add constraint t_ref foreign key (ref_id) references ref not valid;
-- == validate fk
alter table fk validate constraint fk_ref;
-- == drop fk
alter table fk drop constraint fk_ref;
-- == add unique
alter table t add constraint uq unique (x);
-- == add unique using index
alter table t add constraint uq unique using index t_a_uq;
-- == add primary key
alter table newp add primary key (id);
-- == add pk using index on nullable col
alter table t drop constraint t_pkey, add constraint t_a_uq primary key using index t_a_uq;
-- == add exclusion
alter table t add constraint ex exclude using gist (n with =);
-- == create index
create index ix on t (x);
-- == create unique index
create unique index ix on t (x);
-- == drop index
drop index t_n;
-- == reindex index
reindex index t_n;
-- == reindex table
reindex table t;
-- == rename index
alter index t_n rename to t_m;
-- == cluster
set local enable_sort = off;
-- then
cluster t using t_pkey;
-- == outside: vacuum full (own tx)
vacuum full t;
-- == create trigger
create trigger touched_too before update on t for each row execute function touch();
-- == disable trigger
alter table t disable trigger touched;
-- == enable RLS
alter table t enable row level security;
-- == create policy
create policy everybody on t using (true);
-- == set (fillfactor)
alter table t set (fillfactor = 90);
-- == set statistics
alter table t alter column n set statistics 500;
-- == set storage
alter table t alter column x set storage external;
-- == set unlogged
alter table unl set unlogged;
-- == set access method heap
alter table t set access method heap;
-- == set tablespace same
alter table t set tablespace pg_default;
-- == replica identity full
alter table t replica identity full;
-- == comment on column
comment on column t.n is 'a number';
-- == grant select
grant select on t to public;
-- == owner change
create role another_owner;
-- then
alter table t owner to another_owner;
-- == attach partition (scan)
alter table par attach partition newp for values from (1000) to (2000);
-- == attach partition (check)
alter table par attach partition newpc for values from (1000) to (2000);
-- == attach partition no default
alter table par2 attach partition np2 for values from (1000) to (2000);
-- == detach partition
alter table par detach partition par_1;
-- == outside: detach partition concurrently
drop table par_d;
-- then
alter table par detach partition par_1 concurrently;
-- == create partition of (default exists)
create table par_2 partition of par for values from (100) to (200);
-- == create index on partitioned
create index on par (id);
-- == create index on only partitioned
create index on only par (id);
-- == add column on partitioned
alter table par add column y int;
-- == truncate
truncate t;
-- == drop table
drop table unl;
-- == create table with fk
create table referring (id int, ref_id int references ref);
-- == create view
create view another as select id from t;
-- == create or replace view
create or replace view vw as select id, a, n from t;
-- == drop view
drop view vw;
-- == refresh matview
refresh materialized view mv;
-- == refresh matview concurrently
refresh materialized view concurrently mv;
-- == enum add value
alter type mood add value 'merry';
-- == enum rename value
alter type mood rename value 'sad' to 'blue';
-- == domain add check
alter domain used_domain add constraint filled check (value <> '');
-- == domain add check not valid
alter domain used_domain add constraint filled check (value <> '') not valid;
-- == update all rows
update t set n = n + 1;
-- == delete without where
delete from unl;
-- == outside: create index concurrently
create index concurrently ix on t (x);
-- == outside: drop index concurrently
drop index concurrently t_n;
-- == outside: reindex concurrently
reindex index concurrently t_n;
-- == create statistics
create statistics together on n, a from t;
-- == alter sequence
alter sequence sq as int;
-- == add column volatile plpgsql default
alter table t add column y int default plpgsql_volatile();
-- == add column clock_timestamp default
alter table t add column y timestamptz default clock_timestamp();
-- == add column domain with check
alter table t add column y checked_domain default 'y';
-- == lock table
lock table t in share mode;
-- == add inherit
create table heir (like t);
-- then
alter table heir inherit t;
-- == set without cluster
alter table t set without cluster;
-- == ddl inside a do block
do 'begin alter table t alter column n set not null; end';
-- == ddl inside a function
select work();
