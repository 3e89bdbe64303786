-- results: programmes and projects, who paid for them, whom they reached, what land became; sessions of risk education; indicators.

-- What donors pay into; its currency is the one that contributions are told in.
create table results_programme (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  names jsonb not null,
  currency text not null,
  lead uuid,
  started_on date not null,
  ended_on date,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, lead) references organisations_organisation (country, id),
  check (ended_on >= started_on)
);
create unique index results_programme_code on results_programme (country, code) where not withdrawn;
create unique index results_programme_source on results_programme (country, source_key) where source_key is not null;
select santi_protect('results_programme', false);

-- A programme runs in phases.
create table results_phase (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  programme uuid not null,
  names jsonb not null,
  started_on date not null,
  ended_on date,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, programme) references results_programme (country, id),
  check (ended_on >= started_on)
);
create unique index results_phase_code on results_phase (country, code) where not withdrawn;
create unique index results_phase_source on results_phase (country, source_key) where source_key is not null;
create index results_phase_programme on results_phase (country, programme);
select santi_protect('results_phase', false);

-- A project is of one phase.
create table results_project (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  phase uuid not null,
  names jsonb not null,
  organisation uuid,
  purpose text,
  started_on date not null,
  ended_on date,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, phase) references results_phase (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  check (ended_on >= started_on)
);
create unique index results_project_code on results_project (country, code) where not withdrawn;
create unique index results_project_source on results_project (country, source_key) where source_key is not null;
create index results_project_phase on results_project (country, phase);
select santi_protect('results_project', true);

-- What land a project claims: areas, tasks or units, and which share where several pay. No share is the whole.
create table results_coverage (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  project uuid not null,
  kind text not null,
  area uuid,
  task uuid,
  unit uuid,
  share double precision check (share > 0 and share <= 1),
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, project) references results_project (country, id),
  foreign key (country, area) references land_area (country, id),
  foreign key (country, task) references tasking_task (country, id),
  foreign key (country, unit) references places_unit (country, id),
  check (num_nonnulls(area, task, unit) = 1)
);
create unique index results_coverage_code on results_coverage (country, code) where not withdrawn;
create unique index results_coverage_source on results_coverage (country, source_key) where source_key is not null;
create index results_coverage_project on results_coverage (country, project);
select santi_protect('results_coverage', false);

-- Money as it was given, with the rate to the programme's currency, its day and where it was read.
create table results_contribution (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  project uuid not null,
  donor uuid not null,
  amount double precision not null check (amount > 0),
  currency text not null,
  received_on date not null,
  rate double precision check (rate > 0),
  rate_on date,
  rate_source text,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, project) references results_project (country, id),
  foreign key (country, donor) references organisations_organisation (country, id),
  check (rate is null or (rate_on is not null and rate_source is not null))
);
create unique index results_contribution_code on results_contribution (country, code) where not withdrawn;
create unique index results_contribution_source on results_contribution (country, source_key) where source_key is not null;
create index results_contribution_project on results_contribution (country, project);
select santi_protect('results_contribution', false);

-- What was done for people of a place, and whom it reached directly and indirectly. Disability is within the counts.
create table results_activity (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  project uuid not null,
  kind text not null,
  unit uuid not null,
  place text,
  started_on date not null,
  ended_on date,
  women integer check (women >= 0),
  girls integer check (girls >= 0),
  men integer check (men >= 0),
  boys integer check (boys >= 0),
  unknown integer check (unknown >= 0),
  with_disability integer check (with_disability >= 0),
  indirect_women integer check (indirect_women >= 0),
  indirect_girls integer check (indirect_girls >= 0),
  indirect_men integer check (indirect_men >= 0),
  indirect_boys integer check (indirect_boys >= 0),
  indirect_unknown integer check (indirect_unknown >= 0),
  indirect_with_disability integer check (indirect_with_disability >= 0),
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, project) references results_project (country, id),
  foreign key (country, unit) references places_unit (country, id),
  check (ended_on >= started_on)
);
create unique index results_activity_code on results_activity (country, code) where not withdrawn;
create unique index results_activity_source on results_activity (country, source_key) where source_key is not null;
create index results_activity_project on results_activity (country, project);
select santi_protect('results_activity', false);

-- How released land was seen to be used on a day.
create table results_use (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  area uuid not null,
  land_use text not null,
  square_metres bigint not null check (square_metres > 0),
  seen_on date not null,
  source text,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, area) references land_area (country, id)
);
create unique index results_use_code on results_use (country, code) where not withdrawn;
create unique index results_use_source on results_use (country, source_key) where source_key is not null;
create index results_use_area on results_use (country, area, seen_on);
select santi_protect('results_use', false);

-- An indicator as data: what it says, which figures it is made of, and for which years.
create table results_indicator (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  names jsonb not null,
  wording text not null,
  framework text not null,
  reference text,
  kind text not null,
  numerator text not null,
  denominator text,
  valid_from date not null,
  valid_until date,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  check (valid_until >= valid_from)
);
create unique index results_indicator_code on results_indicator (country, code) where not withdrawn;
create unique index results_indicator_source on results_indicator (country, source_key) where source_key is not null;
select santi_protect('results_indicator', false);

-- A session of risk education. What mass media reach stands apart from people taught.
create table results_session (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  organisation uuid,
  project uuid,
  unit uuid not null,
  place text,
  held_on date not null,
  kind text not null,
  method text,
  audience text,
  women integer check (women >= 0),
  girls integer check (girls >= 0),
  men integer check (men >= 0),
  boys integer check (boys >= 0),
  unknown integer check (unknown >= 0),
  with_disability integer check (with_disability >= 0),
  first_time integer check (first_time >= 0),
  reach integer check (reach >= 0),
  materials integer check (materials >= 0),
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
  foreign key (country, project) references results_project (country, id),
  foreign key (country, unit) references places_unit (country, id)
);
create unique index results_session_code on results_session (country, code) where not withdrawn;
create unique index results_session_source on results_session (country, source_key) where source_key is not null;
create index results_session_held on results_session (country, held_on);
create index results_session_unit on results_session (country, unit);
select santi_protect('results_session', true);

-- Published: names for who points to them.
create view results_programme_name with (security_invoker = true) as
  select country, id, code, names from results_programme where not withdrawn;
create view results_phase_name with (security_invoker = true) as
  select country, id, code, names from results_phase where not withdrawn;
create view results_project_name with (security_invoker = true) as
  select country, id, code, names from results_project where not withdrawn;
create view results_indicator_state with (security_invoker = true) as
  select country, id, code, names, kind, numerator, denominator, valid_from, valid_until from results_indicator where not withdrawn;

-- Published: projects with what is above them.
create view results_project_state with (security_invoker = true) as
  select p.country, p.id, p.code, p.phase, h.programme, g.currency, p.organisation, p.started_on, p.ended_on
  from results_project p
  join results_phase h on h.country = p.country and h.id = p.phase
  join results_programme g on g.country = h.country and g.id = h.programme
  where not p.withdrawn and not h.withdrawn and not g.withdrawn;

-- Published: the areas and units whose released land a project claims, and which share of it. Where a project claims the
-- same twice, its greater share counts.
create view results_claim with (security_invoker = true) as
  with recursive below as (
    select country, project, unit as target, coalesce(share, 1) as share from results_coverage
    where unit is not null and not withdrawn
    union
    select b.country, b.project, u.id, b.share from below b join places_name u on u.country = b.country and u.parent = b.target)
  select country, project, target, share from below
  union all
  select country, project, area, coalesce(share, 1) from results_coverage where area is not null and not withdrawn
  union all
  select c.country, c.project, a.area::uuid, coalesce(c.share, 1)
  from results_coverage c join tasking_task_ground t on t.country = c.country and t.id = c.task
  cross join lateral unnest(array_append(t.further_areas, t.area::text)) as a(area)
  where not c.withdrawn and a.area is not null;

-- Published: contributions, in the programme's currency where the rate is known.
create view results_contribution_state with (security_invoker = true) as
  select c.country, c.id, c.code, c.project, c.donor, c.received_on, c.currency, p.currency as programme_currency,
    case when c.currency = p.currency then c.amount::numeric else c.amount::numeric * c.rate::numeric end as converted
  from results_contribution c join results_project_state p on p.country = c.country and p.id = c.project where not c.withdrawn;

-- Published: whom activities reached, directly and indirectly.
create view results_reach with (security_invoker = true) as
  select a.country, a.id, a.code, a.project, a.kind, a.unit, a.started_on, r.reach, r.women, r.girls, r.men, r.boys, r.unknown,
    r.disability, r.women + r.girls + r.men + r.boys + r.unknown as people
  from results_activity a cross join lateral (values
    ('direct', coalesce(a.women, 0), coalesce(a.girls, 0), coalesce(a.men, 0), coalesce(a.boys, 0), coalesce(a.unknown, 0),
      coalesce(a.with_disability, 0)),
    ('indirect', coalesce(a.indirect_women, 0), coalesce(a.indirect_girls, 0), coalesce(a.indirect_men, 0),
      coalesce(a.indirect_boys, 0), coalesce(a.indirect_unknown, 0), coalesce(a.indirect_with_disability, 0))
  ) r(reach, women, girls, men, boys, unknown, disability) where not a.withdrawn;

-- Published: land use as it was last seen in each area.
create view results_use_now with (security_invoker = true) as
  select country, id, code, area, land_use, square_metres, seen_on from results_use where not withdrawn;

-- Published: sessions of risk education with the people taught.
create view results_education with (security_invoker = true) as
  select country, id, code, organisation, project, unit, held_on, kind, method, audience, coalesce(women, 0) as women,
    coalesce(girls, 0) as girls, coalesce(men, 0) as men, coalesce(boys, 0) as boys, coalesce(unknown, 0) as unknown,
    coalesce(women, 0) + coalesce(girls, 0) + coalesce(men, 0) + coalesce(boys, 0) + coalesce(unknown, 0) as people,
    coalesce(with_disability, 0) as disability, coalesce(first_time, 0) as first_time, coalesce(reach, 0) as reach
  from results_session where not withdrawn;

-- Published by the ledger: land that was released, entry by entry.
create view ledger_released with (security_invoker = true) as
  select country, report, line, about, area, unit, province, square_metres, effective_on, known_at from ledger_entry
  where account in ('cancelled', 'reduced-with-asset', 'reduced-without-asset', 'cleared');

grant select on results_programme_name, results_phase_name, results_project_name, results_indicator_state, results_project_state,
  results_claim, results_contribution_state, results_reach, results_use_now, results_education, ledger_released to santi_app;
