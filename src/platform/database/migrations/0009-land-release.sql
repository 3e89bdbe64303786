-- Field reports of land release. A report is changed until it is approved and never afterwards; putting an approved
-- one right takes a new report that names it.
create table land_report (
  country text not null,
  id uuid not null,
  revision integer not null default 1,
  code text not null,
  type text not null,
  state text not null check (state in ('draft', 'submitted', 'verified', 'approved', 'returned', 'withdrawn')),
  organisation uuid,
  area uuid,
  task uuid,
  unit uuid,
  -- The date of information: the day from which what the report says holds.
  effective_on date,
  started_on date,
  ended_on date,
  -- The approved report that this one puts right, and the one that put this one right.
  corrects uuid,
  corrected_by uuid,
  body jsonb not null,
  -- What approving it did: for each part the area it changed and the square metres posted.
  result jsonb,
  entered_by text,
  entered_at timestamptz not null,
  submitted_by text,
  submitted_at timestamptz,
  verified_by text,
  verified_at timestamptz,
  approved_by text,
  approved_at timestamptz,
  -- Order of approval; decides between reports of one day.
  sequence bigint,
  search text not null default '',
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  foreign key (country, unit) references places_unit (country, id),
  foreign key (country, area) references land_area (country, id),
  check (state <> 'approved' or (approved_at is not null and sequence is not null and effective_on is not null))
);
create unique index land_report_code on land_report (country, code);
create unique index land_report_sequence on land_report (country, sequence) where sequence is not null;
create index land_report_state on land_report (country, state, entered_at desc, id);
create index land_report_area on land_report (country, area) where area is not null;
create index land_report_corrects on land_report (country, corrects) where corrects is not null;

create function land_report_is_final() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if current_setting('santi.purge', true) = 'sample' and old.sample then return old; end if;
    raise exception 'Reports are not deleted' using errcode = 'P0400';
  end if;
  -- The one thing that may become known later about an approved report is which report put it right.
  if old.state = 'approved' and to_jsonb(new) - 'corrected_by' <> to_jsonb(old) - 'corrected_by' then
    raise exception 'Report % is approved and final', old.code using errcode = 'P0400';
  end if;
  return new;
end $$;
create trigger final before update or delete on land_report for each row execute function land_report_is_final();

-- Who did what with a report, in which words; the thread that stays with it.
create table land_report_step (
  country text not null,
  report uuid not null,
  number integer not null,
  action text not null check (action in ('entered', 'changed', 'submitted', 'verified', 'returned', 'approved', 'withdrawn', 'commented')),
  comment text,
  account_id text,
  at timestamptz not null,
  body jsonb,
  sample boolean not null default false,
  primary key (country, report, number),
  foreign key (country, report) references land_report (country, id)
);
create trigger append_only before update or delete on land_report_step for each row execute function santi_append_only();

-- What approved reports made of areas: the current state, a fold over them.
create table land_state (
  country text not null,
  area uuid not null,
  -- The whole outline as reported, and the ground in it that is still open and counts here and nowhere else.
  perimeter geometry(Geometry, 4326),
  ground geometry(MultiPolygon, 4326),
  open_square_metres bigint not null check (open_square_metres >= 0),
  area_class text not null,
  status text not null,
  effective_on date not null,
  sequence bigint not null,
  parent uuid,
  land_class text,
  sample boolean not null default false,
  primary key (country, area),
  foreign key (country, area) references land_area (country, id)
);
create index land_state_ground on land_state using gist (ground);

-- Ground that a report released: cancelled, reduced or cleared.
create table land_product (
  country text not null,
  id uuid not null,
  report uuid not null,
  area uuid not null,
  kind text not null check (kind in ('cancelled', 'reduced-with-asset', 'reduced-without-asset', 'cleared')),
  geometry geometry(Geometry, 4326),
  square_metres bigint not null check (square_metres >= 0),
  depth_centimetres integer check (depth_centimetres >= 0),
  method text,
  effective_on date not null,
  -- Set when a later report put the one that made it right.
  void boolean not null default false,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, area) references land_area (country, id),
  check (kind <> 'cleared' or depth_centimetres is not null)
);
create index land_product_area on land_product (country, area) where not void;
create index land_product_report on land_product (country, report);
create index land_product_geometry on land_product using gist (geometry) where not void;

-- Each place is released once: products of an area may touch but not overlap. Half a square metre is what rounding
-- coordinates to their grid can make.
create function land_product_apart() returns trigger language plpgsql security definer set search_path = public as $$
declare
  other uuid;
begin
  if new.void or new.geometry is null then return null; end if;
  select p.id into other from land_product p
  where p.country = new.country and p.area = new.area and p.id <> new.id and not p.void
    and p.geometry && new.geometry and ST_Relate(p.geometry, new.geometry, 'T********')
    and ST_Area(ST_Intersection(p.geometry, new.geometry)::geography) > 0.5
  limit 1;
  if other is not null then
    raise exception 'Products % and % of one area overlap', other, new.id using errcode = 'P0409';
  end if;
  return null;
end $$;
create constraint trigger apart after insert or update on land_product deferrable initially deferred
  for each row execute function land_product_apart();

-- The finds that a report brought.
create table land_report_find (
  country text not null,
  report uuid not null,
  find uuid not null,
  sample boolean not null default false,
  primary key (country, report, find),
  foreign key (country, report) references land_report (country, id),
  foreign key (country, find) references ordnance_find (country, id)
);

-- What a country has laid down: transitions, which evidence makes which class, limits. Versions stay.
create table land_rules (
  country text not null check (country ~ '^[A-Z]{3}$'),
  version integer not null check (version >= 1),
  body jsonb not null,
  changed_at timestamptz not null,
  changed_by text,
  primary key (country, version)
);

do $$
declare
  name text;
  writable constant text := 'country = any ((select santi_writes())::text[]) or ''*'' = any ((select santi_writes())::text[])';
  leveled constant text := '(select santi_base_level()) >= 1 or country = any ((select santi_countries(1))::text[])';
begin
  foreach name in array array['land_state', 'land_product', 'land_report_find'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy visible on %I for select to santi_app using (%s)', name, leveled);
    execute format('create policy entered on %I for insert to santi_app with check (%s)', name, writable);
    execute format('create policy changed on %I for update to santi_app using (%s)', name, writable);
    execute format('grant select, insert, update on %I to santi_app', name);
  end loop;
  -- A draft belongs to who wrote it and to their organisation; what was submitted is for all who may read at this level.
  execute 'alter table land_report enable row level security';
  execute format('create policy visible on land_report for select to santi_app using (
    organisation = any ((select santi_organisations())::uuid[]) or entered_by = (select santi_account())
    or (state not in (''draft'', ''withdrawn'') and (%s))
    or (select santi_base_level()) >= 2 or country = any ((select santi_countries(2))::text[]))', leveled);
  execute format('create policy entered on land_report for insert to santi_app with check (%s)', writable);
  execute format('create policy changed on land_report for update to santi_app using (%s)', writable);
  execute 'grant select, insert, update on land_report to santi_app';
  execute 'alter table land_report_step enable row level security';
  execute 'create policy visible on land_report_step for select to santi_app
    using (exists (select from land_report r where r.country = land_report_step.country and r.id = report))';
  execute format('create policy entered on land_report_step for insert to santi_app with check (%s)', writable);
  execute 'grant select, insert on land_report_step to santi_app';
  execute 'alter table land_rules enable row level security';
  execute 'create policy visible on land_rules for select to santi_app using (true)';
  execute format('create policy entered on land_rules for insert to santi_app with check (%s)', writable);
  execute 'grant select, insert on land_rules to santi_app';
end $$;

-- Published views.
create view land_report_name with (security_invoker = true) as
  select country, id, code, null::jsonb as names, type from land_report;
-- Areas whose class, status and outline are what approved reports say, and are changed by nothing else.
create view land_carried with (security_invoker = true) as select country, area from land_state;
create view organisations_accreditation with (security_invoker = true) as
  select country, id, code, accredited_from, accredited_to, suspended from organisations_organisation where not withdrawn;
create view land_area_standing with (security_invoker = true) as
  select country, id, code, area_class, status, identified_on, area_square_metres,
    coalesce(GeometryType(geometry) in ('POLYGON', 'MULTIPOLYGON'), false) as has_outline
  from land_area where not withdrawn;
grant select on land_report_name, land_carried, land_area_standing, organisations_accreditation to santi_app;
