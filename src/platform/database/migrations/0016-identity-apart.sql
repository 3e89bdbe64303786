-- People without their names, their identity sealed and apart, who looked at it, and what they agreed to.

-- What the keys of the vault are recognised by. The keys themselves are outside the database.
create table vault_key (
  id text primary key check (id ~ '^[0-9a-f]{8}$'),
  use text not null check (use in ('seal', 'tokens')),
  fingerprint text not null,
  made_at timestamptz not null
);
create trigger append_only before update or delete on vault_key for each row execute function santi_append_only();
alter table vault_key enable row level security;
create policy visible on vault_key for select to santi_app using (true);
create policy entered on vault_key for insert to santi_app with check (cardinality((select santi_writes())) > 0);
grant select, insert on vault_key to santi_app;

-- Whether the account of a transaction works for organisations, and then sees only their people and those assigned to it.
create function santi_bound() returns boolean language sql stable parallel safe
  as $$ select cardinality(santi_organisations()) > 0 $$;

-- people: whoever the programme serves or counts, by code. Usable by who must not know a name.
create table people_person (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  registered_on date not null,
  sex text not null,
  birth_year integer check (birth_year between 1850 and 2200),
  unit uuid,
  organisation uuid,
  assignee text,
  identity text not null default 'none' check (identity in ('none', 'held', 'erased')),
  merged_into uuid,
  erased_on date,
  search text not null default '',
  sensitivity smallint not null check (sensitivity >= 2),
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, unit) references places_unit (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  foreign key (country, merged_into) references people_person (country, id),
  check (merged_into is null or (withdrawn and merged_into <> id)),
  check ((erased_on is null) = (identity <> 'erased'))
);
create unique index people_person_code on people_person (country, code) where not withdrawn;
create unique index people_person_source on people_person (country, source_key) where source_key is not null;
create index people_person_date on people_person (country, registered_on desc, id);
create index people_person_organisation on people_person (country, organisation) where organisation is not null;
create index people_person_assignee on people_person (country, assignee) where assignee is not null;
create index people_person_standing on people_person (country, coalesce(merged_into, id));
create index people_person_import on people_person (import_id) where import_id is not null;

-- Not santi_protect: belonging to an organisation narrows what one sees of people, and opens nothing by itself.
alter table people_person enable row level security;
create policy visible on people_person for select to santi_app using (
  (sensitivity <= (select santi_base_level())
    or (sensitivity <= 2 and country = any ((select santi_countries(2))::text[]))
    or country = any ((select santi_countries(3))::text[]))
  and (not (select santi_bound()) or organisation = any ((select santi_organisations())::uuid[])
    or assignee = (select santi_account())));
create policy entered on people_person for insert to santi_app with check (
  (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]))
  and (not (select santi_bound()) or organisation = any ((select santi_organisations())::uuid[])
    or assignee = (select santi_account())));
create policy changed on people_person for update to santi_app
  using (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]))
  with check (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant select, insert, update on people_person to santi_app;

-- Every look at an identity, and every search by name, written before anything is read. Nobody alters it; only the
-- outcome of a search is added, in the transaction of the search.
create table data_protection_opening (
  country text not null,
  id uuid not null,
  account_id text,
  -- Null for a search by name, which may read names of whoever it meets.
  person uuid,
  purpose text not null,
  parts text[] not null check (cardinality(parts) >= 1),
  -- Of a search: how many it met, and whom it showed.
  hits integer,
  shown uuid[],
  opened_at timestamptz not null,
  xact xid8 not null default pg_current_xact_id(),
  sample boolean not null default false,
  primary key (country, id),
  check (person is not null or parts = '{names}')
);
create index data_protection_opening_time on data_protection_opening (country, opened_at desc, id desc);
create index data_protection_opening_person on data_protection_opening (country, person, opened_at desc) where person is not null;
create index data_protection_opening_account on data_protection_opening (account_id, opened_at desc);
create index data_protection_opening_id on data_protection_opening (id);
create index data_protection_opening_shown on data_protection_opening using gin (shown);
create function data_protection_opening_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.person is null and old.hits is null and new.hits is not null and old.xact = pg_current_xact_id()
    and to_jsonb(new) - 'hits' - 'shown' = to_jsonb(old) - 'hits' - 'shown' then
    return new;
  end if;
  if tg_op = 'DELETE' and current_setting('santi.purge', true) = 'sample' and old.sample then
    return old;
  end if;
  raise exception 'Table % is append-only', tg_table_name using errcode = 'P0400';
end $$;
create trigger append_only before update or delete on data_protection_opening
  for each row execute function data_protection_opening_kept();
alter table data_protection_opening enable row level security;
create policy visible on data_protection_opening for select to santi_app using (account_id = (select santi_account())
  or (not (select santi_bound())
    and ((select santi_base_level()) >= 2 or country = any ((select santi_countries(2))::text[]))));
create policy entered on data_protection_opening for insert to santi_app with check (
  account_id is not distinct from (select santi_account())
  and (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[])));
create policy changed on data_protection_opening for update to santi_app
  using (account_id is not distinct from (select santi_account()) and xact = pg_current_xact_id());
grant select, insert, update on data_protection_opening to santi_app;

-- What the opening that a transaction has made lets it read. An opening counts in its own transaction only.
create function santi_opening() returns uuid language sql stable
  as $$ select nullif(current_setting('santi.opening', true), '')::uuid $$;
create function santi_opened(out of_country text, out of_person uuid, out of_parts text[], out of_search boolean)
  language sql stable security definer set search_path = public as $$
  select country, person, parts, person is null from data_protection_opening
  where id = santi_opening() and xact = pg_current_xact_id() and account_id is not distinct from santi_account()
$$;

-- The parts of an identity, each sealed by itself, so that a purpose reads only what it needs.
create table people_identity (
  country text not null,
  person uuid not null,
  part text not null check (part in ('names', 'birth', 'contacts', 'documents', 'household', 'residence')),
  key_id text not null,
  sealed bytea not null,
  recorded_at timestamptz not null,
  sample boolean not null default false,
  primary key (country, person, part),
  foreign key (country, person) references people_person (country, id)
);
create index people_identity_key on people_identity (key_id);
alter table people_identity enable row level security;
create policy visible on people_identity for select to santi_app using (
  country = (select of_country from santi_opened()) and part = any ((select of_parts from santi_opened())::text[])
  and (person = (select of_person from santi_opened()) or (select of_search from santi_opened()))
  and (country = any ((select santi_countries(3))::text[]) or (select santi_base_level()) >= 3)
  and exists (select from people_person p where p.country = people_identity.country and p.id = people_identity.person));
create policy entered on people_identity for insert to santi_app with check (
  ((country = any ((select santi_countries(3))::text[]) and country = any ((select santi_writes())::text[]))
    or (select santi_base_level()) >= 3)
  and exists (select from people_person p where p.country = people_identity.country and p.id = people_identity.person));
create policy changed on people_identity for update to santi_app
  using (person = (select of_person from santi_opened()) and part = any ((select of_parts from santi_opened())::text[]));
create policy removed on people_identity for delete to santi_app
  using (person = (select of_person from santi_opened()) and part = any ((select of_parts from santi_opened())::text[]));
grant select, insert, update, delete on people_identity to santi_app;

-- Tokens of names under a key that is outside the database; a search compares tokens and reads no name.
create table people_name_token (
  country text not null,
  token bigint not null,
  person uuid not null,
  sample boolean not null default false,
  primary key (country, token, person),
  foreign key (country, person) references people_person (country, id)
);
create index people_name_token_person on people_name_token (country, person);
alter table people_name_token enable row level security;
create policy visible on people_name_token for select to santi_app using (
  (select of_search from santi_opened()) or person = (select of_person from santi_opened()));
create policy entered on people_name_token for insert to santi_app with check (
  exists (select from people_person p where p.country = people_name_token.country and p.id = people_name_token.person));
create policy removed on people_name_token for delete to santi_app using (person = (select of_person from santi_opened()));
grant select, insert, delete on people_name_token to santi_app;

-- Published views: the person behind an id, and the one that stands for it after a merge.
create view people_person_name with (security_invoker = true) as
  select country, id, code, null::jsonb as names from people_person;
create view people_person_state with (security_invoker = true) as
  select country, id, code, sex, birth_year, unit, organisation, assignee, identity, coalesce(merged_into, id) as standing,
    erased_on is not null as erased, withdrawn and merged_into is null as withdrawn, sensitivity
  from people_person;
grant select on people_person_name, people_person_state to santi_app;

-- data-protection: sealed remarks: why an identity was opened, who consented for a child, what a request says.
create table data_protection_note (
  country text not null,
  id uuid not null,
  kind text not null check (kind in ('opening', 'guardian', 'withdrawal', 'request', 'decision')),
  person uuid,
  key_id text not null,
  sealed bytea not null,
  recorded_at timestamptz not null,
  sample boolean not null default false,
  primary key (country, id, kind)
);
create index data_protection_note_key on data_protection_note (key_id);
create index data_protection_note_person on data_protection_note (country, person) where person is not null;
alter table data_protection_note enable row level security;
create policy visible on data_protection_note for select to santi_app using (not (select santi_bound())
  and ((select santi_base_level()) >= 2 or country = any ((select santi_countries(2))::text[]))
  or exists (select from people_person p where p.country = data_protection_note.country and p.id = data_protection_note.person));
create policy entered on data_protection_note for insert to santi_app with check (
  country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
create policy removed on data_protection_note for delete to santi_app using (person = (select of_person from santi_opened()));
grant select, insert, delete on data_protection_note to santi_app;

-- What people are asked, word for word, in each language. A changed wording is a new version.
create table data_protection_wording (
  country text not null,
  purpose text not null,
  version integer not null check (version >= 1),
  texts jsonb not null check (jsonb_typeof(texts) = 'object' and texts <> '{}'),
  reason text not null,
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, purpose, version)
);
create trigger append_only before update or delete on data_protection_wording for each row execute function santi_append_only();
alter table data_protection_wording enable row level security;
create policy visible on data_protection_wording for select to santi_app using (true);
create policy entered on data_protection_wording for insert to santi_app with check (
  country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant select, insert on data_protection_wording to santi_app;

-- What a person agreed to or refused: one row for a purpose and a class of recipients.
create table data_protection_consent (
  country text not null,
  id uuid not null,
  person uuid not null,
  purpose text not null,
  recipient_class text not null,
  decision text not null check (decision in ('given', 'refused')),
  wording_version integer not null,
  language text not null,
  decided_on date not null,
  valid_until date check (valid_until >= decided_on),
  decided_by text not null check (decided_by in ('person', 'guardian')),
  method text not null,
  recorded_at timestamptz not null,
  recorded_by text,
  withdrawn_at timestamptz,
  withdrawn_on date,
  withdrawn_by text,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, person) references people_person (country, id),
  foreign key (country, purpose, wording_version) references data_protection_wording (country, purpose, version),
  check ((withdrawn_at is null) = (withdrawn_on is null)),
  check (withdrawn_at is null or decision = 'given')
);
create index data_protection_consent_person on data_protection_consent (country, person, purpose, recipient_class, recorded_at desc);
create function data_protection_consent_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.withdrawn_at is null and new.withdrawn_at is not null
    and to_jsonb(new) - '{withdrawn_at,withdrawn_on,withdrawn_by}'::text[] = to_jsonb(old) - '{withdrawn_at,withdrawn_on,withdrawn_by}'::text[] then
    return new;
  end if;
  if tg_op = 'DELETE' and current_setting('santi.purge', true) = 'sample' and old.sample then
    return old;
  end if;
  raise exception 'Table % is append-only', tg_table_name using errcode = 'P0400';
end $$;
create trigger append_only before update or delete on data_protection_consent
  for each row execute function data_protection_consent_kept();

-- What left, to whom and on what ground; shown when a consent is withdrawn.
create table data_protection_disclosure (
  country text not null,
  id uuid not null,
  person uuid not null,
  purpose text not null,
  recipient_class text not null,
  recipient uuid,
  ground text not null check (ground in ('consent', 'vital-interest', 'law')),
  parts text[] not null,
  reference_type text,
  reference_id uuid,
  disclosed_at timestamptz not null,
  disclosed_by text,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, person) references people_person (country, id),
  foreign key (country, recipient) references organisations_organisation (country, id)
);
create index data_protection_disclosure_person on data_protection_disclosure (country, person, disclosed_at desc);
create index data_protection_disclosure_time on data_protection_disclosure (country, disclosed_at desc, id desc);
create trigger append_only before update or delete on data_protection_disclosure
  for each row execute function santi_append_only();

-- What people ask for: to see, to correct, to erase.
create table data_protection_request (
  country text not null,
  id uuid not null,
  person uuid not null,
  kind text not null check (kind in ('access', 'correction', 'erasure')),
  asked_by text not null check (asked_by in ('person', 'guardian', 'representative')),
  received_on date not null,
  due_on date not null check (due_on >= received_on),
  state text not null check (state in ('open', 'granted', 'refused', 'done')),
  version integer not null,
  recorded_at timestamptz not null,
  recorded_by text,
  decided_at timestamptz,
  decided_by text,
  done_at timestamptz,
  done_by text,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, person) references people_person (country, id)
);
create index data_protection_request_due on data_protection_request (country, due_on, id);
create index data_protection_request_person on data_protection_request (country, person);

-- These three are seen and entered by whoever sees the person.
do $$
declare
  target text;
begin
  foreach target in array array['data_protection_consent', 'data_protection_disclosure', 'data_protection_request'] loop
    execute format('alter table %I enable row level security', target);
    execute format('create policy visible on %I for select to santi_app using (
      exists (select from people_person p where p.country = %I.country and p.id = %I.person))', target, target, target);
    execute format('create policy entered on %I for insert to santi_app with check (
      (country = any ((select santi_writes())::text[]) or ''*'' = any ((select santi_writes())::text[]))
      and exists (select from people_person p where p.country = %I.country and p.id = %I.person))', target, target, target);
    execute format('grant select, insert on %I to santi_app', target);
  end loop;
end $$;
create policy changed on data_protection_consent for update to santi_app using (
  country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
create policy changed on data_protection_request for update to santi_app using (
  country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant update on data_protection_consent, data_protection_request to santi_app;

-- Published: consents in force. Whoever shares, exports or refers joins it; what is not in it does not leave. The latest
-- decision about any of the records that stand for one person counts for all of them.
create view data_protection_consent_in_force with (security_invoker = true) as
  select c.country, q.id as person, c.purpose, c.recipient_class, c.id as consent, c.valid_until
  from people_person q
    join people_person p on p.country = q.country and coalesce(p.merged_into, p.id) = coalesce(q.merged_into, q.id)
    join data_protection_consent c on c.country = p.country and c.person = p.id
  where c.decision = 'given' and c.withdrawn_at is null and (c.valid_until is null or c.valid_until >= current_date)
    and q.erased_on is null and (not q.withdrawn or q.merged_into is not null)
    and not exists (
      select from people_person o join data_protection_consent l on l.country = o.country and l.person = o.id
      where o.country = q.country and coalesce(o.merged_into, o.id) = coalesce(q.merged_into, q.id)
        and l.purpose = c.purpose and l.recipient_class = c.recipient_class
        and (l.decided_on, l.recorded_at, l.id) > (c.decided_on, c.recorded_at, c.id));
grant select on data_protection_consent_in_force to santi_app;
