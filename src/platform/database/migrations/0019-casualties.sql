-- accidents: casualties as records of their own, accidents as reports that are judged, and the facts that statistics count.

create view ordnance_find_name with (security_invoker = true) as
  select country, id, code, null::jsonb as names from ordnance_find where not withdrawn;
grant select on ordnance_find_name to santi_app;

-- What was recorded before, and what is imported, counts as approved by whoever brought it.
alter table accidents_accident
  add column state text not null default 'approved'
    check (state in ('draft', 'submitted', 'verified', 'approved', 'returned', 'withdrawn')),
  add column safe_to_record boolean,
  add column area_cleared boolean,
  add column find uuid,
  add foreign key (country, find) references ordnance_find (country, id),
  -- Nobody is put at risk by a point that was not to be written down.
  add check (safe_to_record is not false or geometry is null);
create index accidents_accident_state on accidents_accident (country, state) where state <> 'approved';
create index accidents_accident_find on accidents_accident (country, find) where find is not null;

create view accidents_accident_name with (security_invoker = true) as
  select country, id, code, null::jsonb as names from accidents_accident where not withdrawn;
grant select on accidents_accident_name to santi_app;

-- Steps of a report: who did what with it and said what.
create table accidents_step (
  country text not null,
  accident uuid not null,
  position integer not null check (position >= 1),
  step text not null check (step in ('entered', 'changed', 'submitted', 'verified', 'approved', 'returned', 'withdrawn')),
  comment text,
  account_id text,
  recorded_at timestamptz not null,
  sensitivity smallint not null,
  organisation uuid,
  sample boolean not null default false,
  primary key (country, accident, position),
  foreign key (country, accident) references accidents_accident (country, id)
);
create trigger append_only before update or delete on accidents_step for each row execute function santi_append_only();
select santi_protect('accidents_step', true);
revoke update on accidents_step from santi_app;

-- Somebody hurt or killed in an accident, without identity. `person` is the only way to one.
create table accidents_casualty (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  accident uuid not null,
  outcome text not null check (outcome in ('killed', 'injured', 'amputated', 'unknown')),
  died_on date,
  status text,
  sex text,
  age integer check (age between 0 and 120),
  age_group text,
  age_as_recorded text,
  activity text,
  doing text,
  knew_danger boolean,
  had_risk_education boolean,
  touched_item boolean,
  body_regions text[],
  impairments text[],
  person uuid,
  organisation uuid,
  note text,
  source text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, accident) references accidents_accident (country, id),
  foreign key (country, person) references people_person (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  check (died_on is null or outcome = 'killed')
);
create unique index accidents_casualty_code on accidents_casualty (country, code) where not withdrawn;
create unique index accidents_casualty_source on accidents_casualty (country, source_key) where source_key is not null;
create index accidents_casualty_accident on accidents_casualty (country, accident);
create index accidents_casualty_person on accidents_casualty (country, person) where person is not null;
create index accidents_casualty_import on accidents_casualty (import_id) where import_id is not null;
select santi_protect('accidents_casualty', true);

-- The states that accidents and casualties had, for figures as they were known.
create index record_revision_of_accidents on record_revision (country, record_type, record_id, revision desc)
  where record_type in ('accidents.accident', 'accidents.casualty');

-- Casualty facts of approved accidents: as they stand when no moment is given, else as they were recorded before it.
create function accidents_facts(of_countries text[], known_before timestamptz) returns table (
  country text, accident uuid, occurred_on date, outcome text, status text, sex text, age integer, age_group text,
  activity text, device text, unit uuid) language sql stable set search_path = public as $$
  select c.country, c.accident, a.occurred_on, c.outcome, c.status, c.sex, c.age, c.age_group,
    coalesce(c.activity, a.activity), a.device, a.unit
  from accidents_casualty c join accidents_accident a on a.country = c.country and a.id = c.accident
  where known_before is null and not c.withdrawn and not a.withdrawn and a.state = 'approved'
    and (of_countries is null or c.country = any (of_countries))
  union all
  select c.country, a.record_id, (a.s ->> 'occurredOn')::date, c.s ->> 'outcome', c.s ->> 'status', c.s ->> 'sex',
    (c.s ->> 'age')::integer, c.s ->> 'ageGroup', coalesce(c.s ->> 'activity', a.s ->> 'activity'), a.s ->> 'device',
    (a.s ->> 'unit')::uuid
  from (
    select distinct on (r.country, r.record_id) r.country, r.action, r.snapshot as s from record_revision r
    where known_before is not null and r.record_type = 'accidents.casualty' and r.recorded_at < known_before
      and (of_countries is null or r.country = any (of_countries))
    order by r.country, r.record_id, r.revision desc) c
  join (
    select distinct on (r.country, r.record_id) r.country, r.record_id, r.action, r.snapshot as s from record_revision r
    where known_before is not null and r.record_type = 'accidents.accident' and r.recorded_at < known_before
      and (of_countries is null or r.country = any (of_countries))
    order by r.country, r.record_id, r.revision desc) a
    on a.country = c.country and a.record_id = (c.s ->> 'accident')::uuid
  where c.action <> 'withdrawn' and a.action <> 'withdrawn' and coalesce(a.s ->> 'state', 'approved') = 'approved'
$$;

-- The same for publications, which count everybody and hide small counts whoever reads them. Only the program asks.
create function accidents_facts_for_publication(of_country text) returns table (
  country text, accident uuid, occurred_on date, outcome text, status text, sex text, age integer, age_group text,
  activity text, device text, unit uuid) language sql stable security definer set search_path = public as $$
  select * from accidents_facts(array[of_country], null)
$$;

-- Published: only what was approved counts for priorities and completion reports.
create or replace view accidents_casualties with (security_invoker = true) as
  select country, id, occurred_on, area, geometry,
    coalesce(killed, 0) + coalesce(injured, 0) + coalesce(amputated, 0) + coalesce(outcome_unknown, 0) as casualties
  from accidents_accident where not withdrawn and state = 'approved';
