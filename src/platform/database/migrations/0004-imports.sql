-- codes: national variants of standard codes, versioned by validity. The standard codes themselves live in the program.
create table codes_variant (
  country text not null check (country ~ '^[A-Z]{3}$'),
  id uuid not null,
  list text not null,
  code text not null,
  labels jsonb not null,
  standard text not null,
  valid_from date,
  valid_to date,
  version integer not null default 1 check (version >= 1),
  changed_at timestamptz not null,
  changed_by text,
  sample boolean not null default false,
  primary key (country, id),
  check (valid_to is null or valid_from is null or valid_to >= valid_from)
);
create unique index codes_variant_code on codes_variant (country, list, code, coalesce(valid_from, '-infinity'));
alter table codes_variant enable row level security;
create policy visible on codes_variant for select to santi_app using (true);
create policy entered on codes_variant for insert to santi_app
  with check (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
create policy changed on codes_variant for update to santi_app
  using (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant select, insert, update on codes_variant to santi_app;

-- imports: how files are read (saved profiles), the batches, and what was found in them.
create table imports_profile (
  country text not null check (country ~ '^[A-Z]{3}$'),
  id text not null,
  body jsonb not null,
  changed_at timestamptz not null,
  changed_by text,
  primary key (country, id)
);

create table imports_import (
  country text not null,
  id uuid not null,
  dry_run boolean not null,
  profile jsonb not null,
  files jsonb not null,
  status text not null check (status in ('running', 'done', 'failed', 'cancelled', 'interrupted', 'undone')),
  counts jsonb not null,
  -- Rows of all files whose outcome is committed; a resumed import goes on from here.
  rows_done bigint not null default 0,
  cancel_requested boolean not null default false,
  problem jsonb,
  job uuid,
  account_id text,
  started_at timestamptz not null,
  heartbeat_at timestamptz not null,
  finished_at timestamptz,
  undone_at timestamptz,
  undone_by text,
  undo_result jsonb,
  primary key (country, id)
);
create unique index imports_import_id on imports_import (id);
create index imports_import_started on imports_import (country, started_at desc, id);

create table imports_finding (
  country text not null,
  id uuid not null,
  import_id uuid not null,
  file integer not null,
  row_number bigint,
  -- Place among the rows that one row of the file held as a list; 0 for the row itself.
  part integer not null default 0,
  record_type text,
  record_id uuid,
  check_name text not null,
  severity text not null check (severity in ('error', 'warning')),
  field text,
  params jsonb not null,
  suggestion jsonb,
  state text not null default 'open' check (state in ('open', 'applied', 'dismissed')),
  decided_at timestamptz,
  decided_by text,
  primary key (country, id),
  foreign key (country, import_id) references imports_import (country, id) on delete cascade
);
create index imports_finding_of on imports_finding (country, import_id, id);
create index imports_finding_check on imports_finding (country, import_id, check_name, state, id);
create index imports_finding_record on imports_finding (record_id) where record_id is not null;

-- The source of rows about which something was found, so that the list of findings can go back to who sent the file.
create table imports_row (
  country text not null,
  import_id uuid not null,
  file integer not null,
  row_number bigint not null,
  part integer not null default 0,
  fields jsonb not null,
  geometry jsonb,
  primary key (country, import_id, file, row_number, part),
  foreign key (country, import_id) references imports_import (country, id) on delete cascade
);

do $$
declare
  target text;
begin
  foreach target in array array['imports_profile', 'imports_import', 'imports_finding', 'imports_row'] loop
    execute format('alter table %I enable row level security', target);
    execute format('create policy worked_on on %I for all to santi_app
      using (country = any ((select santi_writes())::text[]) or ''*'' = any ((select santi_writes())::text[]))
      with check (country = any ((select santi_writes())::text[]) or ''*'' = any ((select santi_writes())::text[]))', target);
    execute format('grant select, insert, update, delete on %I to santi_app', target);
  end loop;
end $$;
