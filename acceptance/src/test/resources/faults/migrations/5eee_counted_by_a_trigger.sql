-- revision: 5eee
-- revises:  4ddd
-- message:  Counted by a trigger
-- created:  2026-01-05T09:00:00Z

-- +upgrade

create function count_it() returns trigger language plpgsql as $$
begin
  update counters set n = n + 1 where name = 'triggered';
  return new;
end
$$;

create trigger counted after insert on accounts for each row execute function count_it();

insert into accounts values (4, 'Barbara', 40);

do $$
begin
  for i in 5..9 loop
    insert into accounts values (i, 'name ' || i, i);
  end loop;
end
$$;

alter table accounts add constraint positive check (balance >= 0) not valid;

alter table accounts validate constraint positive;

-- +downgrade

alter table accounts drop constraint positive;
delete from accounts where id > 3;
drop trigger counted on accounts;
drop function count_it();
