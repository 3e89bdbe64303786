-- access-to-care: ground to compute on, analyses as records, and their runs with everything that went in and came out.

create table access_to_care_terrain (
  country text not null check (country ~ '^[A-Z]{3}$'),
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('files', 'sample')),
  -- Of invented ground: which window and seed, so that it can be made again to the byte.
  recipe jsonb,
  source text,
  -- Columns, rows, origin, cell size and EPSG code; known once there is a land cover.
  grid jsonb,
  -- West, south, east, north in degrees.
  bounds jsonb,
  findings jsonb not null default '[]',
  ready boolean not null default false,
  sensitivity smallint not null default 0 check (sensitivity between 0 and 3),
  withdrawn boolean not null default false,
  sample boolean not null default false,
  recorded_at timestamptz not null,
  recorded_by text,
  primary key (country, id),
  check ((kind = 'sample') = (recipe is not null))
);
select santi_protect('access_to_care_terrain', false);

create table access_to_care_analysis (
  country text not null check (country ~ '^[A-Z]{3}$'),
  id uuid not null,
  code text not null check (length(code) between 1 and 40),
  name text not null check (length(name) between 1 and 200),
  terrain uuid not null,
  parameters jsonb not null,
  version integer not null default 1 check (version >= 1),
  sensitivity smallint not null default 0 check (sensitivity between 0 and 3),
  withdrawn boolean not null default false,
  sample boolean not null default false,
  recorded_at timestamptz not null,
  recorded_by text,
  primary key (country, id),
  unique (country, code),
  foreign key (country, terrain) references access_to_care_terrain (country, id)
);
select santi_protect('access_to_care_analysis', false);

-- One run: the parameters and inputs as they were then, and the results. What ended is never changed.
create table access_to_care_run (
  country text not null,
  id uuid not null,
  analysis uuid not null,
  version integer not null check (version >= 1),
  -- The run whose frozen inputs this one repeats.
  repeats uuid,
  parameters jsonb not null,
  inputs jsonb not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  job uuid,
  results jsonb,
  results_sha256 text check (results_sha256 ~ '^[0-9a-f]{64}$'),
  problem jsonb,
  sensitivity smallint not null check (sensitivity between 0 and 3),
  sample boolean not null default false,
  recorded_at timestamptz not null,
  recorded_by text,
  finished_at timestamptz,
  primary key (country, id),
  foreign key (country, analysis) references access_to_care_analysis (country, id),
  check ((state = 'done') = (results is not null and results_sha256 is not null)),
  check ((state in ('waiting', 'running')) = (finished_at is null))
);
create index access_to_care_run_list on access_to_care_run (country, analysis, recorded_at desc);
select santi_protect('access_to_care_run', false);

create function access_to_care_run_final() returns trigger language plpgsql as $$
begin
  if old.finished_at is not null then
    raise exception 'A run that has ended is not changed' using errcode = 'P0400';
  end if;
  return new;
end $$;
create trigger final before update on access_to_care_run for each row execute function access_to_care_run_final();

-- Files of a terrain or a run, by name: rasters, roads, frozen inputs, results.
create table access_to_care_file (
  country text not null,
  owner uuid not null,
  name text not null check (name ~ '^[a-z-]+$'),
  file_name text not null,
  media_type text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  sensitivity smallint not null check (sensitivity between 0 and 3),
  sample boolean not null default false,
  recorded_at timestamptz not null,
  primary key (country, owner, name)
);
select santi_protect('access_to_care_file', false);
create policy removed on access_to_care_file for delete to santi_app
  using (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant delete on access_to_care_file to santi_app;

-- The bytes, in parts so that no single value is large.
create table access_to_care_part (
  country text not null,
  owner uuid not null,
  name text not null,
  part integer not null check (part >= 0),
  bytes bytea not null check (length(bytes) between 1 and 524288),
  primary key (country, owner, name, part),
  foreign key (country, owner, name) references access_to_care_file (country, owner, name) on delete cascade
);
alter table access_to_care_part enable row level security;
create policy visible on access_to_care_part for select to santi_app using (exists (
  select from access_to_care_file f where f.country = access_to_care_part.country
    and f.owner = access_to_care_part.owner and f.name = access_to_care_part.name));
create policy entered on access_to_care_part for insert to santi_app
  with check (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
create policy removed on access_to_care_part for delete to santi_app
  using (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant select, insert, delete on access_to_care_part to santi_app;

-- What places publish for those who count by area: the shape of each unit that is valid.
create view places_unit_shape with (security_invoker = true) as
  select country, id, code, names, level, parent, valid_from, valid_to, geometry
  from places_unit where not withdrawn and GeometryType(geometry) in ('POLYGON', 'MULTIPOLYGON');
-- What this area publishes for studies: which analyses there are, and how each ran last.
create view access_to_care_analysis_name with (security_invoker = true) as
  select country, id, code, jsonb_build_object('en', name) as names from access_to_care_analysis where not withdrawn;
create view access_to_care_result with (security_invoker = true) as
  select r.country, r.id as run, r.analysis, a.code, a.name, r.state, r.results, r.results_sha256, r.finished_at
  from access_to_care_run r join access_to_care_analysis a on a.country = r.country and a.id = r.analysis
  where r.state = 'done' and not a.withdrawn;
grant select on places_unit_shape, access_to_care_analysis_name, access_to_care_result to santi_app;
