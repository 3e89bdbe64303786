-- tasking: task orders, teams, daily progress, and the criteria by which areas come first.

create table tasking_team (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  names jsonb not null,
  kind text not null,
  organisation uuid not null,
  size integer check (size >= 0),
  leader_role text,
  active_from date,
  active_to date,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id)
);
create unique index tasking_team_code on tasking_team (country, code) where not withdrawn;
create unique index tasking_team_source on tasking_team (country, source_key) where source_key is not null;
select santi_protect('tasking_team', true);

create table tasking_task (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  title text,
  kind text not null,
  status text not null,
  status_on date,
  organisation uuid,
  team uuid,
  area uuid,
  unit uuid,
  planned_square_metres bigint check (planned_square_metres >= 0),
  required_depth_centimetres integer check (required_depth_centimetres >= 0),
  method text,
  land_use text,
  issued_on date,
  start_on date,
  deadline date,
  project text,
  donor text,
  priority_score double precision,
  priority_criteria text,
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
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  foreign key (country, team) references tasking_team (country, id),
  foreign key (country, area) references land_area (country, id),
  foreign key (country, unit) references places_unit (country, id)
);
create unique index tasking_task_code on tasking_task (country, code) where not withdrawn;
create unique index tasking_task_source on tasking_task (country, source_key) where source_key is not null;
create index tasking_task_status on tasking_task (country, status, deadline);
create index tasking_task_by_area on tasking_task (country, area) where area is not null;
create index tasking_task_geometry on tasking_task using gist (geometry);
create index tasking_task_import on tasking_task (import_id) where import_id is not null;
select santi_protect('tasking_task', true);

-- Further areas of a task beside its main one. An area that leaves the task keeps its row, with when it left.
create table tasking_task_area (
  country text not null,
  id uuid not null,
  task uuid not null,
  area uuid not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  sensitivity smallint not null,
  organisation uuid,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, task) references tasking_task (country, id),
  foreign key (country, area) references land_area (country, id)
);
create unique index tasking_task_area_now on tasking_task_area (country, task, area) where removed_at is null;
create index tasking_task_area_by_area on tasking_task_area (country, area) where removed_at is null;
select santi_protect('tasking_task_area', true);

create table tasking_progress (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  day date not null,
  task uuid not null,
  team uuid not null,
  organisation uuid,
  method text not null,
  processed_square_metres bigint not null check (processed_square_metres >= 0),
  deminers integer check (deminers >= 0),
  hours double precision check (hours >= 0 and hours <= 24),
  ap_mines integer check (ap_mines >= 0),
  ap_mines_improvised integer check (ap_mines_improvised >= 0),
  av_mines integer check (av_mines >= 0),
  submunitions integer check (submunitions >= 0),
  uxo integer check (uxo >= 0),
  axo integer check (axo >= 0),
  other_items integer check (other_items >= 0),
  downtime_hours double precision check (downtime_hours >= 0 and downtime_hours <= 24),
  downtime_reason text,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, task) references tasking_task (country, id),
  foreign key (country, team) references tasking_team (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id)
);
create unique index tasking_progress_code on tasking_progress (country, code) where not withdrawn;
create unique index tasking_progress_source on tasking_progress (country, source_key) where source_key is not null;
create unique index tasking_progress_once on tasking_progress (country, task, team, day, method) where not withdrawn;
create index tasking_progress_by_team on tasking_progress (country, team, day);
create index tasking_progress_import on tasking_progress (import_id) where import_id is not null;
select santi_protect('tasking_progress', true);

-- National sets of criteria. A changed set is a new version; tasks name the version that scored them.
create table tasking_criteria_set (
  country text not null,
  code text not null check (code ~ '^[a-z0-9][a-z0-9-]{1,59}$'),
  version integer not null check (version >= 1),
  names jsonb not null,
  definition jsonb not null,
  reason text not null,
  recorded_at timestamptz not null,
  recorded_by text,
  sensitivity smallint not null default 0,
  primary key (country, code, version)
);
create trigger append_only before update or delete on tasking_criteria_set for each row execute function santi_append_only();
select santi_protect('tasking_criteria_set', false);
revoke update on tasking_criteria_set from santi_app;

-- What people entered about an area for its priority. The newest version of a value counts; null takes it back.
create table tasking_criterion_value (
  country text not null,
  area uuid not null,
  indicator text not null,
  version integer not null check (version >= 1),
  value double precision,
  source text,
  recorded_at timestamptz not null,
  recorded_by text,
  sensitivity smallint not null default 1,
  primary key (country, area, indicator, version),
  foreign key (country, area) references land_area (country, id)
);
create trigger append_only before update or delete on tasking_criterion_value for each row execute function santi_append_only();
select santi_protect('tasking_criterion_value', false);
revoke update on tasking_criterion_value from santi_app;

-- Published views: what other domains may read.
create view tasking_task_name with (security_invoker = true) as
  select country, id, code, case when title is null then null else jsonb_build_object('en', title) end as names
  from tasking_task where not withdrawn;
create view tasking_team_name with (security_invoker = true) as
  select country, id, code, names from tasking_team where not withdrawn;
create view tasking_task_state with (security_invoker = true) as
  select country, id, code, kind, status, organisation, team, area, unit, planned_square_metres, issued_on, start_on, deadline,
    project, donor, method, required_depth_centimetres
  from tasking_task where not withdrawn;
create view tasking_processed with (security_invoker = true) as
  select country, id, task, team, organisation, day, method, processed_square_metres, deminers, hours,
    coalesce(ap_mines, 0) + coalesce(ap_mines_improvised, 0) + coalesce(av_mines, 0) + coalesce(submunitions, 0)
      + coalesce(uxo, 0) + coalesce(axo, 0) + coalesce(other_items, 0) as items
  from tasking_progress where not withdrawn;
grant select on tasking_task_name, tasking_team_name, tasking_task_state, tasking_processed to santi_app;

-- What accidents and land publish for setting priorities: how many were hurt where and when, and areas with their shape.
create view accidents_casualties with (security_invoker = true) as
  select country, id, occurred_on, area, geometry,
    coalesce(killed, 0) + coalesce(injured, 0) + coalesce(amputated, 0) + coalesce(outcome_unknown, 0) as casualties
  from accidents_accident where not withdrawn;
create view land_area_state with (security_invoker = true) as
  select country, id, code, name, area_class, status, contamination, unit, organisation,
    coalesce(area_square_metres, reported_square_metres) as square_metres, geometry
  from land_area where not withdrawn;
grant select on accidents_casualties, land_area_state to santi_app;
