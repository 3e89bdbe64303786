-- reporting: what reports count of other areas' records, what countries write into them, and what was published.

-- Published by the ledger: its entries. Figures are public; which area an entry is about is read through land_area_name.
create view ledger_posted with (security_invoker = true) as
  select country, report, line, about, area, account, square_metres, effective_on, known_at, province, organisation, contamination
  from ledger_entry;

-- Published by land release: reports on their way, for figures of how well and how fast they are.
create view land_report_work with (security_invoker = true) as
  select country, id, code, type, state, organisation, unit, effective_on, submitted_at, approved_at, corrects, corrected_by
  from land_report where state not in ('draft', 'withdrawn');
create view land_report_returned with (security_invoker = true) as
  select country, report, number, at from land_report_step where action = 'returned';

-- Published by places: outlines, for maps of figures.
create view places_outline with (security_invoker = true) as
  select country, id, code, names, level, geometry from places_unit where not withdrawn;
create view places_country_name with (security_invoker = true) as select country, names from places_country;
grant select on ledger_posted, land_report_work, land_report_returned, places_outline, places_country_name to santi_app;

-- Published by ordnance: finds as they stand when no moment is given, else as they were recorded before it.
create index record_revision_of_finds on record_revision (country, record_id, revision desc)
  where record_type = 'ordnance.find';
create function ordnance_found(of_country text, known_before timestamptz) returns table (
  id uuid, code text, found_on date, category text, quantity integer, context text, disposal text, organisation uuid,
  unit uuid) language sql stable set search_path = public as $$
  select f.id, f.code, f.found_on, f.category, f.quantity, f.context, f.disposal, f.organisation, f.unit
  from ordnance_find f where known_before is null and f.country = of_country and not f.withdrawn
  union all
  select r.record_id, r.s ->> 'code', (r.s ->> 'foundOn')::date, r.s ->> 'category', (r.s ->> 'quantity')::integer,
    r.s ->> 'context', r.s ->> 'disposal', (r.s ->> 'organisation')::uuid, (r.s ->> 'unit')::uuid
  from (
    select distinct on (country, record_id) record_id, action, snapshot as s from record_revision
    where known_before is not null and record_type = 'ordnance.find' and country = of_country
      and recorded_at < known_before
    order by country, record_id, revision desc) r
  where r.action <> 'withdrawn'
$$;

-- Published by accidents: how many casualties became known, were corrected and were taken back between two moments.
create function accidents_changes(of_country text, known_from timestamptz, known_to timestamptz) returns table (
  added integer, corrected integer, withdrawn integer) language sql stable set search_path = public as $$
  select count(distinct record_id) filter (where revision = 1)::integer,
    count(distinct record_id) filter (where revision > 1 and action <> 'withdrawn')::integer,
    count(distinct record_id) filter (where action = 'withdrawn')::integer
  from record_revision where record_type = 'accidents.casualty' and country = of_country
    and recorded_at >= known_from and recorded_at < known_to
$$;

-- What a country writes by hand into a block of a report, for a year; the newest version counts.
create table reporting_entry (
  country text not null check (country ~ '^[A-Z]{3}$'),
  definition text not null,
  block text not null,
  year smallint not null check (year between 1900 and 2200),
  version integer not null check (version >= 1),
  flag text not null check (flag in ('changed', 'unchanged', 'not-applicable')),
  texts jsonb not null,
  numbers jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text,
  sensitivity smallint not null default 0,
  sample boolean not null default false,
  primary key (country, definition, block, year, version)
);
create trigger append_only before update or delete on reporting_entry for each row execute function santi_append_only();
select santi_protect('reporting_entry', false);
revoke update on reporting_entry from santi_app;

-- Definitions that people made, keyed by what they contain. Those that ship are part of the program.
create table reporting_definition (
  country text not null check (country ~ '^[A-Z]{3}$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  id text not null,
  body jsonb not null,
  shared boolean not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  sensitivity smallint not null default 0,
  sample boolean not null default false,
  primary key (country, id, hash)
);
create trigger append_only before update or delete on reporting_definition for each row execute function santi_append_only();
alter table reporting_definition enable row level security;
create policy visible on reporting_definition for select to santi_app
  using (recorded_by = (select santi_account()) or (shared and (select santi_account()) is not null));
create policy entered on reporting_definition for insert to santi_app
  with check (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant select, insert on reporting_definition to santi_app;

-- Published reports, frozen with everything that they said. Public ones are at level 0, others for who is cleared.
create table reporting_edition (
  country text not null check (country ~ '^[A-Z]{3}$'),
  id uuid not null,
  definition text not null,
  -- What the report is called.
  words jsonb not null,
  number integer not null check (number >= 1),
  audience text not null check (audience in ('own', 'public')),
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  -- The canonical text that the hash is of.
  body text not null,
  note text,
  published_at timestamptz not null,
  published_by text,
  sensitivity smallint not null,
  sample boolean not null default false,
  primary key (country, id),
  unique (country, definition, audience, number),
  check ((audience = 'public') = (sensitivity = 0))
);
create trigger append_only before update or delete on reporting_edition for each row execute function santi_append_only();
create index reporting_edition_newest on reporting_edition (country, definition, audience, number desc);
select santi_protect('reporting_edition', false);
revoke update on reporting_edition from santi_app;
