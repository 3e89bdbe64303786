-- Reports that are issued by themselves: what is issued, when, for whom, and what became of each issue. Addresses of recipients are
-- for who keeps a country's information, so rows are at level 2.
create table reporting_schedule (
  country text not null check (country ~ '^[A-Z]{3}$'),
  id uuid not null,
  definition text not null,
  -- What the report is called.
  words jsonb not null,
  -- All countries that it is of, the first is its own.
  countries text[] not null check (cardinality(countries) >= 1),
  every text not null check (every in ('monthly', 'quarterly', 'yearly')),
  day smallint not null check (day between 1 and 28),
  period text not null check (period in ('ended', 'year-to-date', 'last-year')),
  language text not null,
  formats text[] not null check (cardinality(formats) >= 1),
  area_unit text not null,
  form text,
  audience text not null check (audience in ('own', 'public')),
  folder boolean not null,
  recipients text[] not null,
  paused boolean not null default false,
  -- Why it issues nothing any more until somebody takes it over.
  stopped text check (stopped in ('account-closed', 'right-gone')),
  next_on date not null,
  -- Whose clearance counts: who made it, or last took it over.
  owner text not null,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  sensitivity smallint not null default 2,
  sample boolean not null default false,
  primary key (country, id),
  check (folder or cardinality(recipients) > 0)
);
create index reporting_schedule_due on reporting_schedule (next_on) where ended_at is null and not paused and stopped is null;
select santi_protect('reporting_schedule', false);

create table reporting_issue (
  country text not null check (country ~ '^[A-Z]{3}$'),
  id uuid not null,
  schedule uuid not null,
  -- The day of the timetable; null for what somebody asked for at once.
  due_on date,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  attempts smallint not null default 0,
  retry_at timestamptz,
  -- Since when some process sees to it.
  taken_at timestamptz,
  -- The code of the problem that the last attempt met.
  reason text,
  -- Hash of the result, and the files with their own hashes.
  hash text,
  files jsonb not null default '[]',
  delivered text[] not null default '{}',
  entered_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  sensitivity smallint not null default 2,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, schedule) references reporting_schedule (country, id),
  -- However many processes look at the clock, a day is issued once.
  unique (country, schedule, due_on)
);
create index reporting_issue_of on reporting_issue (country, schedule, entered_at desc);
create index reporting_issue_open on reporting_issue (retry_at) where state in ('waiting', 'running');
select santi_protect('reporting_issue', false);
