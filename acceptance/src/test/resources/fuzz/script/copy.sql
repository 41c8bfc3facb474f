copy t from stdin with (format csv);
a,b
\.
\echo x
delimiter //
select 1//
