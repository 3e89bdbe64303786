-- Assessments of people: answers as given, strictly confidential, scored when they are read. Visible with the person only.
create table assessments_assessment (
  country text not null,
  id uuid not null,
  person uuid not null,
  instrument text not null,
  version integer not null check (version >= 1),
  language text not null,
  mode text not null,
  answers jsonb not null check (jsonb_typeof(answers) = 'object'),
  assessed_on date not null,
  assessor text,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_reason text,
  sensitivity smallint not null default 3 check (sensitivity = 3),
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, person) references people_person (country, id),
  check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create index assessments_assessment_person on assessments_assessment (country, person, assessed_on desc, id desc);
create function assessments_assessment_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.withdrawn_at is null and new.withdrawn_at is not null
    and to_jsonb(new) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_reason'
      = to_jsonb(old) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_reason' then
    return new;
  end if;
  if tg_op = 'DELETE' and current_setting('santi.purge', true) = 'sample' and old.sample then
    return old;
  end if;
  raise exception 'Table % is append-only', tg_table_name using errcode = 'P0400';
end $$;
create trigger append_only before update or delete on assessments_assessment
  for each row execute function assessments_assessment_kept();
alter table assessments_assessment enable row level security;
create policy visible on assessments_assessment for select to santi_app using (
  (country = any ((select santi_countries(3))::text[]) or (select santi_base_level()) >= 3)
  and exists (select from people_person p where p.country = assessments_assessment.country and p.id = assessments_assessment.person));
create policy entered on assessments_assessment for insert to santi_app with check (
  ((country = any ((select santi_countries(3))::text[]) and country = any ((select santi_writes())::text[]))
    or (select santi_base_level()) >= 3)
  and exists (select from people_person p where p.country = assessments_assessment.country and p.id = assessments_assessment.person));
create policy changed on assessments_assessment for update to santi_app using (
  (country = any ((select santi_countries(3))::text[]) and country = any ((select santi_writes())::text[]))
    or (select santi_base_level()) >= 3);
grant select, insert, update on assessments_assessment to santi_app;

-- What somebody must be told of at once, until it is taken and closed.
create table assessments_alert (
  country text not null,
  id uuid not null,
  assessment uuid not null,
  person uuid not null,
  code text not null,
  state text not null default 'open' check (state in ('open', 'taken', 'closed')),
  responsible text,
  raised_at timestamptz not null,
  taken_at timestamptz,
  closed_at timestamptz,
  closed_by text,
  action text,
  version integer not null default 1,
  sensitivity smallint not null default 3 check (sensitivity = 3),
  sample boolean not null default false,
  primary key (country, id),
  unique (country, assessment, code),
  foreign key (country, assessment) references assessments_assessment (country, id),
  foreign key (country, person) references people_person (country, id),
  check ((state = 'closed') = (action is not null and closed_at is not null))
);
create index assessments_alert_waiting on assessments_alert (country, state, raised_at, id);
alter table assessments_alert enable row level security;
create policy visible on assessments_alert for select to santi_app using (
  (country = any ((select santi_countries(3))::text[]) or (select santi_base_level()) >= 3)
  and exists (select from people_person p where p.country = assessments_alert.country and p.id = assessments_alert.person));
create policy entered on assessments_alert for insert to santi_app with check (
  ((country = any ((select santi_countries(3))::text[]) and country = any ((select santi_writes())::text[]))
    or (select santi_base_level()) >= 3)
  and exists (select from people_person p where p.country = assessments_alert.country and p.id = assessments_alert.person));
create policy changed on assessments_alert for update to santi_app using (
  (country = any ((select santi_countries(3))::text[]) and country = any ((select santi_writes())::text[]))
    or (select santi_base_level()) >= 3);
grant select, insert, update on assessments_alert to santi_app;

-- Cut-offs that a country sets, for all languages ('') or one. Null means none. A change is a new version.
create table assessments_cutoff (
  country text not null,
  instrument text not null,
  language text not null,
  version integer not null check (version >= 1),
  cutoff integer,
  reason text not null,
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, instrument, language, version)
);
create trigger append_only before update or delete on assessments_cutoff for each row execute function santi_append_only();
alter table assessments_cutoff enable row level security;
create policy visible on assessments_cutoff for select to santi_app using (true);
create policy entered on assessments_cutoff for insert to santi_app with check (
  country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant select, insert on assessments_cutoff to santi_app;
