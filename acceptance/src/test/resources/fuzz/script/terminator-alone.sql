-- +statement
 ;
-- +end
select 1;
