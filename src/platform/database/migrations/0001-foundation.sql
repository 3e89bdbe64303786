-- Extensions. In the embedded database the template holds them already.
create extension if not exists postgis;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gist;
create extension if not exists fuzzystrmatch;

-- The role in which every request runs. It owns nothing and is subject to row-level security.
do $$
begin
  if not exists (select from pg_roles where rolname = 'santi_app') then
    begin
      create role santi_app nologin;
    exception when duplicate_object or unique_violation then null; -- Another database of the cluster made it meanwhile.
    end;
  end if;
  if not pg_has_role(current_user, 'santi_app', 'member') then
    execute format('grant santi_app to %I', current_user);
  end if;
end $$;
grant usage on schema public to santi_app;

-- What the claims of the current transaction say. Policies call these in sub-selects, so that each runs once a query.
create function santi_account() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('santi.account', true), '') $$;
create function santi_base_level() returns integer language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('santi.base_level', true), '')::integer, -1) $$;
create function santi_countries(level integer) returns text[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('santi.countries_' || level, true), '')::text[], '{}') $$;
create function santi_organisations() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('santi.organisations', true), '')::uuid[], '{}') $$;
create function santi_writes() returns text[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('santi.writes', true), '')::text[], '{}') $$;
create function santi_administers() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('santi.administers', true), '') = 't' $$;

-- Gives a table of records its row-level security: visible by level and country or by own organisation, writable by country.
-- The table needs the columns country, sensitivity and, when `by_organisation` is given, organisation.
create function santi_protect(target regclass, by_organisation boolean) returns void language plpgsql as $$
declare
  visible text := 'sensitivity <= (select santi_base_level())
    or (sensitivity <= 1 and country = any ((select santi_countries(1))::text[]))
    or (sensitivity <= 2 and country = any ((select santi_countries(2))::text[]))
    or country = any ((select santi_countries(3))::text[])';
  writable text := 'country = any ((select santi_writes())::text[]) or ''*'' = any ((select santi_writes())::text[])';
begin
  if by_organisation then
    visible := visible || ' or organisation = any ((select santi_organisations())::uuid[])';
  end if;
  execute format('alter table %s enable row level security', target);
  execute format('create policy visible on %s for select to santi_app using (%s)', target, visible);
  execute format('create policy entered on %s for insert to santi_app with check (%s)', target, writable);
  execute format('create policy changed on %s for update to santi_app using (%s) with check (%s)', target, writable, writable);
  execute format('grant select, insert, update on %s to santi_app', target);
end $$;

-- Refuses to alter what is append-only. Removing the sample region is the one way out, and only for sample rows.
create function santi_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('santi.purge', true) = 'sample' and (to_jsonb(old) ->> 'sample')::boolean then
    return old;
  end if;
  raise exception 'Table % is append-only', tg_table_name using errcode = 'P0400';
end $$;

-- The event log: audit trail and exchange feed. It holds identities and names of fields, never their values.
create table event (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  type text not null,
  country text,
  subject_type text,
  subject_id uuid,
  account_id text,
  occurred_at timestamptz not null,
  payload jsonb not null,
  xact xid8 not null default pg_current_xact_id()
);
create index event_by_subject on event (subject_id, seq) where subject_id is not null;
create index event_by_type on event (type, seq);
create trigger append_only before update or delete on event for each row execute function santi_append_only();
alter table event enable row level security;
create policy visible on event for select to santi_app using ((select santi_administers())
  or country = any ((select santi_writes())::text[]) or account_id = (select santi_account()));
create policy recorded on event for insert to santi_app with check (true);
grant select, insert on event to santi_app;

-- The chain: one row an event, in commit order. `hash` covers the event and the hash before it.
create table event_seal (
  position bigint primary key,
  event_id uuid not null unique references event (id),
  hash bytea not null
);
create trigger append_only before update or delete on event_seal for each row execute function santi_append_only();
create index event_unsealed on event (xact, seq);

-- Every state that a record had. Statements about records are never overwritten.
create table record_revision (
  country text not null,
  record_type text not null,
  record_id uuid not null,
  revision integer not null check (revision >= 1),
  action text not null check (action in ('created', 'corrected', 'imported', 'withdrawn', 'restored')),
  reason text,
  account_id text,
  recorded_at timestamptz not null,
  snapshot jsonb not null,
  sensitivity smallint not null,
  organisation uuid,
  event_id uuid not null references event (id),
  event_position integer not null,
  import_id uuid,
  sample boolean not null,
  primary key (country, record_id, revision)
);
create index record_revision_by_event on record_revision (event_id, event_position);
create index record_revision_by_import on record_revision (import_id) where import_id is not null;
create trigger append_only before update or delete on record_revision for each row execute function santi_append_only();
select santi_protect('record_revision', true);
revoke update on record_revision from santi_app;

-- Numbers for the codes of new records, per country and pattern.
create table code_counter (
  country text not null,
  name text not null,
  last bigint not null,
  primary key (country, name)
);
grant select, insert, update on code_counter to santi_app;

-- Settings of the node and of countries, by name.
create table setting (
  country text not null default '',
  name text not null,
  value jsonb not null,
  changed_at timestamptz not null default now(),
  changed_by text,
  primary key (country, name)
);
alter table setting enable row level security;
create policy visible on setting for select to santi_app using (true);
create policy entered on setting for insert to santi_app with check ((select santi_administers()) or country = any ((select santi_writes())::text[]));
create policy changed on setting for update to santi_app using ((select santi_administers()) or country = any ((select santi_writes())::text[]));
grant select, insert, update on setting to santi_app;
