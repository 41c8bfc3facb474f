create view app.inv with (security_invoker) as select 1 as x;
create table app.nnd (a int, b int, unique nulls not distinct (a), c int references app.posts(id) on delete set null (c));
create unique index nnd_i on app.nnd (b) nulls not distinct;
create publication pub15 for tables in schema app; create publication pub15b for table app.posts (id, title) where (n > 3);
