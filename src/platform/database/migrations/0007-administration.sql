-- administration: what the audit log shows of the chain, settings that can be taken back, and better wordings.

-- Who writes in all countries reads the events of all countries, as for the records themselves.
drop policy visible on event;
create policy visible on event for select to santi_app using ((select santi_administers())
  or country = any ((select santi_writes())::text[])
  or (country is not null and '*' = any ((select santi_writes())::text[]))
  or account_id = (select santi_account()));
create index event_by_account on event (account_id, seq) where account_id is not null;

-- Where events stand in the chain; the hashes stay with the owner.
create view audit_sealed as select event_id, position from event_seal;
grant select on audit_sealed to santi_app;

-- How far the chain reaches: its length, its last hash, and how many events wait to be sealed.
create function santi_chain_state() returns table (sealed bigint, head text, unsealed bigint)
  language sql stable security definer set search_path = public as $$
  with last as (
    select s.position, s.hash, e.xact, e.seq from event_seal s join event e on e.id = s.event_id order by s.position desc limit 1
  )
  select coalesce((select position from last), 0), coalesce((select encode(hash, 'hex') from last), repeat('0', 64)),
    (select count(*) from event e
      where (e.xact, e.seq) > (coalesce((select xact from last), '0'::xid8), coalesce((select seq from last), 0)))
$$;

-- The kinds of events that there are, read by stepping through the index rather than through the events.
create function santi_event_types() returns setof text
  language sql stable security definer set search_path = public as $$
  with recursive step as (
    (select type from event order by type limit 1)
    union all
    select (select e.type from event e where e.type > step.type order by e.type limit 1) from step where step.type is not null
  )
  select type from step where type is not null
$$;

-- Every check of the whole chain and what it found.
create table audit_verification (
  id uuid primary key,
  verified_at timestamptz not null,
  account_id text,
  sealed bigint not null,
  unsealed bigint not null,
  head text not null,
  problems jsonb not null
);
create index audit_verification_recent on audit_verification (verified_at desc);
create trigger append_only before update or delete on audit_verification for each row execute function santi_append_only();
alter table audit_verification enable row level security;
create policy visible on audit_verification for select to santi_app
  using ((select santi_account()) is not null or (select santi_administers()));
create policy entered on audit_verification for insert to santi_app with check ((select santi_administers()));
grant select, insert on audit_verification to santi_app;

-- A setting is taken back by removing its row; the value above it counts again.
create policy removed on setting for delete to santi_app
  using ((select santi_administers()) or country = any ((select santi_writes())::text[]));
grant delete on setting to santi_app;

-- Wordings that a reader of the language has approved or bettered, with the English sentence that they were made for.
create table translation_override (
  language text not null check (language ~ '^[a-z]{2}$'),
  key text not null check (length(key) <= 300),
  message text not null,
  english text not null,
  state text not null check (state in ('draft', 'reviewed')),
  changed_at timestamptz not null,
  changed_by text,
  primary key (language, key)
);
alter table translation_override enable row level security;
create policy visible on translation_override for select to santi_app using (true);
create policy entered on translation_override for insert to santi_app with check ((select santi_administers()));
create policy changed on translation_override for update to santi_app using ((select santi_administers()));
create policy removed on translation_override for delete to santi_app using ((select santi_administers()));
grant select, insert, update, delete on translation_override to santi_app;
