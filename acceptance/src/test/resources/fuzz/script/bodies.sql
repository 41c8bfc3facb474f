create function f() returns int begin atomic select 1; select case when true then 2 end; end;
create trigger t after insert on x begin insert into y values (1); end;
do $$ begin null; end $$;
