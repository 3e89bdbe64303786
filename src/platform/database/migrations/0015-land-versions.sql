-- What an area was before its first report: what was noted about it then. Folding its reports anew starts from there,
-- not from what they have made of its record since. Null where a report made the area.
alter table land_state add column base jsonb;
update land_state s set base = jsonb_build_object('areaClass', 'indication', 'status', 'open',
    'perimeter', ST_AsGeoJSON(s.perimeter, 15)::jsonb, 'identifiedOn', a.identified_on, 'closedOn', null,
    'closureReason', null, 'contamination', to_jsonb(coalesce(a.contamination, '{}')), 'evidence', a.evidence)
  from land_area a
  where a.country = s.country and a.id = s.area and not exists (
    select from land_report r cross join lateral jsonb_array_elements(r.body -> 'parts') part
    where r.country = s.country and r.state = 'approved' and part ->> 'id' = s.area::text);

-- What each area was from which day on, as approved reports made it. A version is never altered: when a later report puts
-- the past right, the versions that no longer hold say since when, and new ones stand beside them.
create table land_version (
  country text not null,
  id uuid not null,
  area uuid not null,
  -- The report that made it. Null: taken over from the state that stood when versions began to be kept.
  report uuid,
  effective_on date not null,
  -- Place of the report among those of one day; that of the report it puts right.
  place bigint not null,
  area_class text not null,
  status text not null,
  open_square_metres bigint not null check (open_square_metres >= 0),
  perimeter geometry(Geometry, 4326),
  ground geometry(MultiPolygon, 4326),
  known_at timestamptz not null,
  superseded_at timestamptz,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, area) references land_area (country, id)
);
create index land_version_area on land_version (country, area, effective_on, place) where superseded_at is null;

create function land_version_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if current_setting('santi.purge', true) = 'sample' and old.sample then return old; end if;
    raise exception 'Versions of areas are not deleted' using errcode = 'P0400';
  end if;
  if old.superseded_at is not null or to_jsonb(new) - 'superseded_at' <> to_jsonb(old) - 'superseded_at' then
    raise exception 'Version % of an area is final', old.id using errcode = 'P0400';
  end if;
  return new;
end $$;
create trigger stays before update or delete on land_version for each row execute function land_version_stays();

insert into land_version (country, id, area, effective_on, place, area_class, status, open_square_metres, perimeter, ground,
    known_at, sample)
  select country, gen_random_uuid(), area, effective_on, sequence, area_class, status, open_square_metres, perimeter, ground,
    now(), sample
  from land_state;

alter table land_version enable row level security;
create policy visible on land_version for select to santi_app
  using ((select santi_base_level()) >= 1 or country = any ((select santi_countries(1))::text[]));
create policy entered on land_version for insert to santi_app
  with check (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
create policy changed on land_version for update to santi_app
  using (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant select, insert, update on land_version to santi_app;

-- When an area was known and when it was closed, with its shape: for areas that no report carries yet.
create view land_area_life with (security_invoker = true) as
  select country, id, code, area_class, status, identified_on, closed_on, recorded_at::date as recorded_on,
    coalesce(area_square_metres, reported_square_metres, 0) as square_metres, geometry
  from land_area where not withdrawn and GeometryType(geometry) in ('POLYGON', 'MULTIPOLYGON');
grant select on land_area_life to santi_app;
