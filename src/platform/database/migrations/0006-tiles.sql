-- How new the records of a type are, for everybody: the number of the last event about them, whoever may read the event.
create function santi_layer_version(types text[]) returns bigint language sql stable security definer set search_path = public as $$
  select max(last) from unnest(types) as t(type), lateral (select max(seq) as last from event e where e.type = t.type) m
$$;

-- Where records of a type changed after an event, on a coarse grid; a row without boxes means anywhere.
create function santi_layer_changes(types text[], since bigint) returns table (boxes jsonb)
  language sql stable security definer set search_path = public as $$
  select e.payload -> 'boxes' from event e where e.type = any (types) and e.seq > since limit 200
$$;

-- A condition on rows that row-level security guards may use an index only when its function tells nothing about rows
-- it does not return. Comparing boxes tells nothing; PostGIS does not say so itself. Only a superuser may: without it
-- maps stay right and become slow, and the doctor says so.
do $$
begin
  alter function geometry_overlaps(geometry, geometry) leakproof;
exception when insufficient_privilege then
  raise notice 'geometry_overlaps stays not leakproof: tiles will read whole tables';
end $$;
