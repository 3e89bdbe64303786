-- quality: inspection visits with their checklists, non-conformities with their way to closure, and what they mean for a release.

create table quality_visit (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  visited_on date not null,
  kind text not null,
  organisation uuid not null,
  inspecting_organisation uuid,
  task uuid,
  area uuid,
  report uuid,
  unit uuid,
  result text not null,
  conditions text,
  sampled_square_metres bigint check (sampled_square_metres >= 0),
  items_found_in_sample integer check (items_found_in_sample >= 0),
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
  foreign key (country, inspecting_organisation) references organisations_organisation (country, id),
  foreign key (country, task) references tasking_task (country, id),
  foreign key (country, area) references land_area (country, id),
  foreign key (country, unit) references places_unit (country, id)
);
create unique index quality_visit_code on quality_visit (country, code) where not withdrawn;
create unique index quality_visit_source on quality_visit (country, source_key) where source_key is not null;
create index quality_visit_date on quality_visit (country, visited_on desc, id);
create index quality_visit_by_area on quality_visit (country, area) where area is not null;
create index quality_visit_by_task on quality_visit (country, task) where task is not null;
create index quality_visit_by_report on quality_visit (country, report) where report is not null;
create index quality_visit_import on quality_visit (import_id) where import_id is not null;
select santi_protect('quality_visit', true);

-- Checklists of a country. A changed checklist is a new version; answers name the version that they answer.
create table quality_checklist (
  country text not null,
  kind text not null,
  version integer not null check (version >= 1),
  items jsonb not null,
  reason text not null,
  recorded_at timestamptz not null,
  recorded_by text,
  sensitivity smallint not null default 0,
  primary key (country, kind, version)
);
create trigger append_only before update or delete on quality_checklist for each row execute function santi_append_only();
select santi_protect('quality_checklist', false);
revoke update on quality_checklist from santi_app;

-- The answers of a visit. Changed answers are a new version.
create table quality_answers (
  country text not null,
  visit uuid not null,
  version integer not null check (version >= 1),
  checklist_version integer not null,
  answers jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text,
  sensitivity smallint not null,
  organisation uuid not null,
  primary key (country, visit, version),
  foreign key (country, visit) references quality_visit (country, id)
);
create trigger append_only before update or delete on quality_answers for each row execute function santi_append_only();
select santi_protect('quality_answers', true);
revoke update on quality_answers from santi_app;

-- `organisation` is the one that must correct. States: open, corrected (waits for somebody to look), closed.
create table quality_nonconformity (
  country text not null,
  id uuid not null,
  code text not null,
  visit uuid not null,
  severity text not null check (severity in ('critical', 'major', 'minor')),
  type text not null,
  description text not null,
  organisation uuid not null,
  corrective_action text,
  deadline date not null,
  state text not null check (state in ('open', 'corrected', 'closed')),
  automatic boolean not null default false,
  raised_at timestamptz not null,
  raised_by text,
  corrected_at timestamptz,
  corrected_by text,
  closed_at timestamptz,
  closed_by text,
  version integer not null check (version >= 1),
  sensitivity smallint not null,
  primary key (country, id),
  foreign key (country, visit) references quality_visit (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  check (state <> 'closed' or closed_at is not null)
);
create unique index quality_nonconformity_code on quality_nonconformity (country, code);
create unique index quality_nonconformity_automatic on quality_nonconformity (country, visit) where automatic;
create index quality_nonconformity_by_visit on quality_nonconformity (country, visit);
create index quality_nonconformity_due on quality_nonconformity (country, deadline) where state <> 'closed';
select santi_protect('quality_nonconformity', true);

-- Everything that happened to a non-conformity, with its words.
create table quality_nonconformity_step (
  country text not null,
  nonconformity uuid not null,
  version integer not null,
  step text not null check (step in ('raised', 'corrected', 'closed', 'reopened', 'extended')),
  reason text not null,
  deadline date,
  recorded_at timestamptz not null,
  recorded_by text,
  sensitivity smallint not null,
  organisation uuid not null,
  primary key (country, nonconformity, version),
  foreign key (country, nonconformity) references quality_nonconformity (country, id)
);
create trigger append_only before update or delete on quality_nonconformity_step for each row execute function santi_append_only();
select santi_protect('quality_nonconformity_step', true);
revoke update on quality_nonconformity_step from santi_app;

-- Published view: what inspections say about areas, tasks and reports. Land release reads from it whether control accepted.
create view quality_acceptance with (security_invoker = true) as
  select v.country, v.area, v.task, v.report, v.id as visit, v.code, v.kind, v.result, v.visited_on, v.organisation,
    v.inspecting_organisation, v.sampled_square_metres, v.items_found_in_sample,
    count(n.id) filter (where n.severity = 'critical' and n.state <> 'closed')::integer as open_critical,
    count(n.id) filter (where n.severity = 'major' and n.state <> 'closed')::integer as open_major,
    count(n.id) filter (where n.severity = 'minor' and n.state <> 'closed')::integer as open_minor
  from quality_visit v left join quality_nonconformity n on n.country = v.country and n.visit = v.id
  where not v.withdrawn
  group by v.country, v.id;
create view quality_visit_name with (security_invoker = true) as
  select country, id, code, null::jsonb as names from quality_visit where not withdrawn;
grant select on quality_acceptance, quality_visit_name to santi_app;
