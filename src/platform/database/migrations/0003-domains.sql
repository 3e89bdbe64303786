-- places: countries and administrative units of any depth.
create table places_country (
  country text primary key check (country ~ '^[A-Z]{3}$'),
  numeric_code text,
  names jsonb not null,
  boundary geometry(MultiPolygon, 4326),
  active boolean not null default false
);
create index places_country_boundary on places_country using gist (boundary);
grant select, insert, update on places_country to santi_app;

create table places_unit (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  names jsonb not null,
  level smallint not null check (level between 0 and 9),
  kind_names jsonb,
  parent uuid,
  valid_from date,
  valid_to date,
  geometry geometry(Geometry, 4326),
  tile_shape text,
  tile_levels text[],
  tile_size integer,
  area_square_metres bigint,
  official_square_metres bigint,
  source text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, parent) references places_unit (country, id) deferrable initially deferred,
  check (valid_to is null or valid_from is null or valid_to >= valid_from)
);
create unique index places_unit_code on places_unit (country, code, coalesce(valid_from, '-infinity')) where not withdrawn;
create unique index places_unit_source on places_unit (country, source_key) where source_key is not null;
create index places_unit_parent on places_unit (country, parent);
create index places_unit_geometry on places_unit using gist (geometry);
create index places_unit_search on places_unit using gin (search gin_trgm_ops);
select santi_protect('places_unit', false);

-- What became of a unit when boundaries changed: share of the old unit's area that went to the new one.
create table places_crosswalk (
  country text not null,
  predecessor uuid not null,
  successor uuid not null,
  share double precision check (share > 0 and share <= 1),
  source text,
  sample boolean not null default false,
  primary key (country, predecessor, successor),
  foreign key (country, predecessor) references places_unit (country, id),
  foreign key (country, successor) references places_unit (country, id)
);
create index places_crosswalk_successor on places_crosswalk (country, successor);
alter table places_crosswalk enable row level security;
create policy visible on places_crosswalk for select to santi_app using (true);
create policy entered on places_crosswalk for insert to santi_app
  with check (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
create policy changed on places_crosswalk for update to santi_app
  using (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant select, insert, update on places_crosswalk to santi_app;

create table organisations_organisation (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  names jsonb not null,
  type text not null,
  activities text[],
  accreditation text,
  accredited_from date,
  accredited_to date,
  suspended boolean,
  contact text,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id)
);
create unique index organisations_organisation_code on organisations_organisation (country, code) where not withdrawn;
create unique index organisations_organisation_source on organisations_organisation (country, source_key) where source_key is not null;
select santi_protect('organisations_organisation', false);

create table land_area (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  name text,
  area_class text not null,
  status text not null,
  contamination text[],
  evidence text,
  identified_on date,
  identified_on_precision text,
  closed_on date,
  closure_reason text,
  area_square_metres bigint,
  reported_square_metres bigint,
  organisation uuid,
  unit uuid,
  unit_as_written text,
  geometry geometry(Geometry, 4326),
  tile_shape text,
  tile_levels text[],
  tile_size integer,
  coordinates_as_typed text,
  coordinate_format text,
  datum text,
  datum_operation text,
  fixed_by text,
  accuracy_metres double precision,
  land_use text,
  notes text,
  source text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, unit) references places_unit (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id)
);
create unique index land_area_code on land_area (country, code) where not withdrawn;
create unique index land_area_source on land_area (country, source_key) where source_key is not null;
create index land_area_date on land_area (country, identified_on desc, id);
create index land_area_geometry on land_area using gist (geometry);
create index land_area_import on land_area (import_id) where import_id is not null;
select santi_protect('land_area', true);

create table accidents_accident (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  occurred_on date,
  occurred_on_precision text,
  accident_class text,
  device text,
  device_model text,
  cause text,
  activity text,
  area_marked boolean,
  area_type text,
  killed integer check (killed >= 0),
  injured integer check (injured >= 0),
  amputated integer check (amputated >= 0),
  outcome_unknown integer check (outcome_unknown >= 0),
  unit uuid,
  unit_as_written text,
  area uuid,
  geometry geometry(Geometry, 4326),
  tile_shape text,
  tile_levels text[],
  tile_size integer,
  coordinates_as_typed text,
  coordinate_format text,
  datum text,
  datum_operation text,
  fixed_by text,
  accuracy_metres double precision,
  organisation uuid,
  description text,
  informant text,
  source text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, unit) references places_unit (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  foreign key (country, area) references land_area (country, id)
);
create unique index accidents_accident_code on accidents_accident (country, code) where not withdrawn;
create unique index accidents_accident_source on accidents_accident (country, source_key) where source_key is not null;
create index accidents_accident_date on accidents_accident (country, occurred_on desc, id);
create index accidents_accident_geometry on accidents_accident using gist (geometry);
create index accidents_accident_import on accidents_accident (import_id) where import_id is not null;
select santi_protect('accidents_accident', true);

create table ordnance_find (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  found_on date,
  found_on_precision text,
  category text not null,
  model text,
  quantity integer not null check (quantity >= 1),
  condition text,
  depth_centimetres double precision,
  context text,
  disposal text,
  disposed_on date,
  organisation uuid,
  area uuid,
  unit uuid,
  geometry geometry(Geometry, 4326),
  tile_shape text,
  tile_levels text[],
  tile_size integer,
  coordinates_as_typed text,
  coordinate_format text,
  datum text,
  datum_operation text,
  fixed_by text,
  accuracy_metres double precision,
  notes text,
  source text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, unit) references places_unit (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  foreign key (country, area) references land_area (country, id)
);
create unique index ordnance_find_code on ordnance_find (country, code) where not withdrawn;
create unique index ordnance_find_source on ordnance_find (country, source_key) where source_key is not null;
create index ordnance_find_date on ordnance_find (country, found_on desc, id);
create index ordnance_find_geometry on ordnance_find using gist (geometry);
create index ordnance_find_import on ordnance_find (import_id) where import_id is not null;
select santi_protect('ordnance_find', true);

create table ordnance_event (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  occurred_on date,
  occurred_on_precision text,
  type text not null,
  category text,
  area_type text,
  organisation uuid,
  unit uuid,
  unit_as_written text,
  geometry geometry(Geometry, 4326),
  tile_shape text,
  tile_levels text[],
  tile_size integer,
  coordinates_as_typed text,
  coordinate_format text,
  datum text,
  datum_operation text,
  fixed_by text,
  accuracy_metres double precision,
  notes text,
  source text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, unit) references places_unit (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id)
);
create unique index ordnance_event_code on ordnance_event (country, code) where not withdrawn;
create unique index ordnance_event_source on ordnance_event (country, source_key) where source_key is not null;
create index ordnance_event_date on ordnance_event (country, occurred_on desc, id);
create index ordnance_event_geometry on ordnance_event using gist (geometry);
create index ordnance_event_import on ordnance_event (import_id) where import_id is not null;
select santi_protect('ordnance_event', true);

-- Published views: what other domains may read.
create view places_name with (security_invoker = true) as
  select country, id, code, names, level, parent from places_unit where not withdrawn;
create view organisations_name with (security_invoker = true) as
  select country, id, code, names from organisations_organisation where not withdrawn;
create view land_area_name with (security_invoker = true) as
  select country, id, code, case when name is null then null else jsonb_build_object('en', name) end as names
  from land_area where not withdrawn;
grant select on places_name, organisations_name, land_area_name to santi_app;
