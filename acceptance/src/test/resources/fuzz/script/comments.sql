# mysql
/*! set x=1 */;
-- +statement
a;b
-- +end
select 1 /* open