-- studies: what was asked, what it rests on, what was found, what is recommended, what a consultation agreed and what came of it.

create table studies_study (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  names jsonb not null,
  question text not null,
  programme text,
  lead uuid,
  population text,
  started_on date,
  ended_on date,
  published_on date,
  method text,
  limits text,
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
create unique index studies_study_code on studies_study (country, code) where not withdrawn;
create unique index studies_study_source on studies_study (country, source_key) where source_key is not null;
create index studies_study_date on studies_study (country, started_on desc, id);

-- What a finding may rest on. Counts of people only: no name, no answer of one person.
create table studies_evidence (
  country text not null,
  id uuid not null,
  revision integer not null,
  study uuid not null,
  code text not null,
  kind text not null,
  title text not null,
  analysis uuid,
  from_on date,
  to_on date,
  sessions integer check (sessions >= 0),
  sites integer check (sites >= 0),
  places text,
  participants integer check (participants >= 0),
  women integer check (women >= 0),
  men integer check (men >= 0),
  sex_unknown integer check (sex_unknown >= 0),
  children integer check (children >= 0),
  adults integer check (adults >= 0),
  older integer check (older >= 0),
  age_unknown integer check (age_unknown >= 0),
  with_disability integer check (with_disability >= 0),
  without_disability integer check (without_disability >= 0),
  disability_unknown integer check (disability_unknown >= 0),
  instrument text,
  screened_positive integer check (screened_positive >= 0),
  themes text[],
  summary text,
  citation text,
  url text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, study) references studies_study (country, id),
  check (to_on >= from_on)
);
create unique index studies_evidence_code on studies_evidence (country, code) where not withdrawn;
create index studies_evidence_study on studies_evidence (country, study);

create table studies_finding (
  country text not null,
  id uuid not null,
  revision integer not null,
  study uuid not null,
  code text not null,
  statement text not null,
  theme text not null,
  unit uuid,
  population text,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, study) references studies_study (country, id),
  foreign key (country, unit) references places_unit (country, id)
);
create unique index studies_finding_code on studies_finding (country, code) where not withdrawn;
create index studies_finding_study on studies_finding (country, study);

create table studies_consultation (
  country text not null,
  id uuid not null,
  revision integer not null,
  study uuid not null,
  code text not null,
  title text not null,
  held_on date not null,
  status text not null,
  place text,
  unit uuid,
  participants integer check (participants >= 0),
  women integer check (women >= 0),
  men integer check (men >= 0),
  sex_unknown integer check (sex_unknown >= 0),
  with_disability integer check (with_disability >= 0),
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, study) references studies_study (country, id),
  foreign key (country, unit) references places_unit (country, id)
);
create unique index studies_consultation_code on studies_consultation (country, code) where not withdrawn;
create index studies_consultation_study on studies_consultation (country, study);

-- The wording is the newest of studies_wording; so are state, day and consultation of the decision.
create table studies_recommendation (
  country text not null,
  id uuid not null,
  revision integer not null,
  study uuid not null,
  code text not null,
  wording text not null,
  state text not null,
  addressee uuid,
  sector text,
  term text not null,
  priority text not null,
  cost double precision check (cost >= 0),
  currency text,
  decided_on date,
  decided_in uuid,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, study) references studies_study (country, id),
  foreign key (country, addressee) references organisations_organisation (country, id),
  foreign key (country, decided_in) references studies_consultation (country, id),
  check (cost is null or currency is not null)
);
create unique index studies_recommendation_code on studies_recommendation (country, code) where not withdrawn;
create index studies_recommendation_study on studies_recommendation (country, study);

create table studies_action (
  country text not null,
  id uuid not null,
  revision integer not null,
  study uuid not null,
  recommendation uuid not null,
  code text not null,
  description text not null,
  owner uuid,
  owner_as_written text,
  due_on date,
  status text not null,
  done_on date,
  proof text,
  linked_kind text,
  linked_title text,
  url text,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, study) references studies_study (country, id),
  foreign key (country, recommendation) references studies_recommendation (country, id),
  foreign key (country, owner) references organisations_organisation (country, id),
  check (owner is not null or owner_as_written is not null)
);
create unique index studies_action_code on studies_action (country, code) where not withdrawn;
create index studies_action_recommendation on studies_action (country, recommendation);

-- What a finding rests on, and what a recommendation follows from. A link that ends keeps its row, with when it ended.
create table studies_finding_evidence (
  country text not null,
  id uuid not null,
  study uuid not null,
  finding uuid not null,
  evidence uuid not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, study) references studies_study (country, id),
  foreign key (country, finding) references studies_finding (country, id),
  foreign key (country, evidence) references studies_evidence (country, id)
);
create unique index studies_finding_evidence_now on studies_finding_evidence (country, finding, evidence) where removed_at is null;
create index studies_finding_evidence_study on studies_finding_evidence (country, study) where removed_at is null;

create table studies_recommendation_finding (
  country text not null,
  id uuid not null,
  study uuid not null,
  recommendation uuid not null,
  finding uuid not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, study) references studies_study (country, id),
  foreign key (country, recommendation) references studies_recommendation (country, id),
  foreign key (country, finding) references studies_finding (country, id)
);
create unique index studies_recommendation_finding_now on studies_recommendation_finding (country, recommendation, finding)
  where removed_at is null;
create index studies_recommendation_finding_study on studies_recommendation_finding (country, study) where removed_at is null;

-- Every wording that a recommendation had and what was decided of it.
create table studies_wording (
  country text not null,
  recommendation uuid not null,
  version integer not null check (version >= 1),
  study uuid not null,
  state text not null check (state in ('proposed', 'agreed', 'amended', 'dropped')),
  wording text not null,
  consultation uuid,
  reason text,
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, recommendation, version),
  foreign key (country, study) references studies_study (country, id),
  foreign key (country, recommendation) references studies_recommendation (country, id),
  foreign key (country, consultation) references studies_consultation (country, id),
  check (state not in ('agreed', 'amended') or consultation is not null)
);
create index studies_wording_study on studies_wording (country, study);

-- What a sector said of a recommendation. Sectors speak here, not people.
create table studies_comment (
  country text not null,
  id uuid not null,
  study uuid not null,
  recommendation uuid not null,
  consultation uuid not null,
  sector text not null,
  stance text not null,
  comment text not null,
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, study) references studies_study (country, id),
  foreign key (country, recommendation) references studies_recommendation (country, id),
  foreign key (country, consultation) references studies_consultation (country, id)
);
create index studies_comment_study on studies_comment (country, study);

-- Who came, by sector. A new count is a new version; the newest counts.
create table studies_participants (
  country text not null,
  consultation uuid not null,
  version integer not null check (version >= 1),
  sector text not null,
  study uuid not null,
  women integer not null check (women >= 0),
  men integer not null check (men >= 0),
  sex_unknown integer not null check (sex_unknown >= 0),
  with_disability integer not null check (with_disability >= 0),
  sample boolean not null default false,
  primary key (country, consultation, version, sector),
  foreign key (country, study) references studies_study (country, id),
  foreign key (country, consultation) references studies_consultation (country, id),
  check (with_disability <= women + men + sex_unknown)
);
create index studies_participants_study on studies_participants (country, study);

-- Whoever is cleared for restricted records of a country, or writes there. A regional analyst writes studies and nothing
-- else; that is why these tables have a rule of their own.
create function santi_studies_in(of_country text) returns boolean language sql stable parallel safe as $$
  select (select santi_base_level()) >= 1
    or of_country = any ((select santi_countries(1))::text[]) or of_country = any ((select santi_countries(2))::text[])
    or of_country = any ((select santi_countries(3))::text[])
    or of_country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[])
$$;

-- A study is seen by its level: publishing makes it public. What belongs to it is seen with it; what a sector said and the
-- wordings before the last are for who may read restricted records.
do $$
declare
  of_study text := 'exists (select from studies_study s where s.country = %1$I.country and s.id = %1$I.study)';
  target text;
begin
  execute 'alter table studies_study enable row level security';
  execute 'create policy visible on studies_study for select to santi_app using (
    sensitivity <= (select santi_base_level())
    or (sensitivity <= 1 and country = any ((select santi_countries(1))::text[]))
    or (sensitivity <= 2 and country = any ((select santi_countries(2))::text[]))
    or country = any ((select santi_countries(3))::text[]))';
  execute 'create policy entered on studies_study for insert to santi_app with check (santi_studies_in(country))';
  execute 'create policy changed on studies_study for update to santi_app using (santi_studies_in(country)) with check (santi_studies_in(country))';
  execute 'grant select, insert, update on studies_study to santi_app';
  foreach target in array array['studies_evidence', 'studies_finding', 'studies_consultation', 'studies_recommendation', 'studies_action',
    'studies_finding_evidence', 'studies_recommendation_finding', 'studies_wording', 'studies_comment', 'studies_participants'] loop
    execute format('alter table %I enable row level security', target);
    execute format('create policy visible on %1$I for select to santi_app using (' || of_study
      || case when target in ('studies_wording', 'studies_comment') then ' and santi_studies_in(country)' else '' end || ')', target);
    execute format('create policy entered on %1$I for insert to santi_app with check (santi_studies_in(country) and ' || of_study || ')', target);
    execute format('grant select, insert on %I to santi_app', target);
    if target in ('studies_wording', 'studies_comment', 'studies_participants') then
      execute format('create trigger append_only before update or delete on %I for each row execute function santi_append_only()', target);
    else
      execute format('create policy changed on %1$I for update to santi_app using (santi_studies_in(country) and ' || of_study
        || ') with check (santi_studies_in(country))', target);
      execute format('grant update on %I to santi_app', target);
    end if;
  end loop;
end $$;

-- Revisions of these records may be written by who may write the records.
create policy entered_studies on record_revision for insert to santi_app
  with check (record_type like 'studies.%' and santi_studies_in(country));

-- Published: names for who points to them, and what became of recommendations.
create view studies_study_name with (security_invoker = true) as
  select country, id, code, names from studies_study where not withdrawn;
create view studies_recommendation_state with (security_invoker = true) as
  select r.country, r.id, r.code, r.study, r.state, r.addressee, r.sector, r.term, r.priority, r.decided_on
  from studies_recommendation r where not r.withdrawn;
grant select on studies_study_name, studies_recommendation_state to santi_app;
