select 'it''s', E'a\'b', "x""y", $$;$$, $tag$ $$ ; $tag$, U&'d\0061t', B'01', `m`, [b] -- c
/* a /* nested */ ; */;
select 1;