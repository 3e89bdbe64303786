-- Points of service with what they offer, and the cases, needs, services, plans and referrals of people.

create table services_point (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  names jsonb not null,
  organisation uuid not null,
  unit uuid,
  sensitive_location boolean,
  geometry geometry(Geometry, 4326),
  tile_shape text,
  tile_levels text[],
  tile_size integer,
  coordinates_as_typed text,
  coordinate_format text,
  datum text,
  datum_operation text,
  fixed_by text,
  accuracy_metres double precision,
  address text,
  hours text,
  phone text,
  email text,
  how_to_refer text,
  languages text[],
  accessibility text[],
  cost text,
  eligibility text,
  capacity_per_month integer check (capacity_per_month >= 0),
  waiting_days integer check (waiting_days >= 0),
  staff_prosthetists_orthotists integer,
  staff_physiotherapists integer,
  staff_occupational_therapists integer,
  staff_mental_health integer,
  staff_social_workers integer,
  staff_peer_supporters integer,
  catchment_unit uuid,
  catchment text,
  valid_from date not null,
  valid_until date check (valid_until >= valid_from),
  verified_on date,
  verified_by text,
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, unit) references places_unit (country, id),
  foreign key (country, catchment_unit) references places_unit (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id)
);
create unique index services_point_code on services_point (country, code) where not withdrawn;
create unique index services_point_source on services_point (country, source_key) where source_key is not null;
create index services_point_date on services_point (country, valid_from desc, id);
create index services_point_geometry on services_point using gist (geometry);
create index services_point_import on services_point (import_id) where import_id is not null;
-- Whatever brings a point of sensitive location, an import too, everybody must not see it.
create function services_point_guarded() returns trigger language plpgsql as $$
begin
  if new.sensitive_location then new.sensitivity := greatest(new.sensitivity, 1); end if;
  return new;
end $$;
create trigger guarded before insert or update on services_point for each row execute function services_point_guarded();
-- Not by organisation: the directory is not a provider's own.
select santi_protect('services_point', false);

create table services_offer (
  country text not null,
  id uuid not null,
  revision integer not null,
  code text not null,
  point uuid not null,
  service text not null,
  capacity_per_month integer check (capacity_per_month >= 0),
  waiting_days integer check (waiting_days >= 0),
  cost text,
  price double precision check (price >= 0),
  currency text,
  valid_from date not null,
  valid_until date check (valid_until >= valid_from),
  notes text,
  search text not null default '',
  sensitivity smallint not null,
  withdrawn boolean not null default false,
  sample boolean not null default false,
  import_id uuid,
  source_key text,
  recorded_at timestamptz not null,
  primary key (country, id),
  foreign key (country, point) references services_point (country, id)
);
create unique index services_offer_code on services_offer (country, code) where not withdrawn;
create unique index services_offer_source on services_offer (country, source_key) where source_key is not null;
create index services_offer_date on services_offer (country, valid_from desc, id);
create index services_offer_point on services_offer (country, point);
create index services_offer_import on services_offer (import_id) where import_id is not null;
select santi_protect('services_offer', false);
-- An offer is seen with its point and not without.
create policy with_point on services_offer as restrictive for select to santi_app using (
  exists (select from services_point p where p.country = services_offer.country and p.id = services_offer.point));

create view services_point_name with (security_invoker = true) as
  select country, id, code, names from services_point where not withdrawn;
-- Published: what is offered where, with the days on which it is. Readers choose the day.
create view services_available with (security_invoker = true) as
  select o.country, o.id as offer, o.service, p.id as point, p.code, p.organisation, p.unit, p.geometry, p.languages,
    p.accessibility, coalesce(o.capacity_per_month, p.capacity_per_month) as capacity_per_month,
    coalesce(o.waiting_days, p.waiting_days) as waiting_days, coalesce(o.cost, p.cost) as cost, p.catchment_unit,
    greatest(o.valid_from, p.valid_from) as valid_from, least(o.valid_until, p.valid_until) as valid_until, p.verified_on
  from services_offer o join services_point p on p.country = o.country and p.id = o.point
  where not o.withdrawn and not p.withdrawn;
grant select on services_point_name, services_available to santi_app;

-- assistance: strictly confidential. A case is seen by who is cleared, and of these by its organisation or whom it is assigned to.
create table assistance_case (
  country text not null,
  id uuid not null,
  code text not null,
  person uuid not null,
  organisation uuid,
  assignee text,
  opened_on date not null,
  state text not null check (state in ('open', 'closed')),
  close_reason text,
  closed_on date,
  version integer not null check (version >= 1),
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, id),
  unique (country, code),
  foreign key (country, person) references people_person (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  check ((state = 'closed') = (closed_on is not null and close_reason is not null)),
  check (closed_on >= opened_on)
);
create index assistance_case_list on assistance_case (country, opened_on desc, id desc);
create index assistance_case_person on assistance_case (country, person);
create unique index assistance_case_open on assistance_case (country, person, coalesce(organisation, '00000000-0000-0000-0000-000000000000')) where state = 'open';
create index assistance_case_organisation on assistance_case (country, organisation) where organisation is not null;
create index assistance_case_assignee on assistance_case (country, assignee) where assignee is not null;
alter table assistance_case enable row level security;

-- Opened, assigned, closed, reopened: with words.
create table assistance_case_step (
  country text not null,
  case_id uuid not null,
  version integer not null,
  step text not null check (step in ('opened', 'assigned', 'closed', 'reopened')),
  detail text,
  reason text,
  happened_on date not null,
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, case_id, version),
  foreign key (country, case_id) references assistance_case (country, id)
);

-- What is known of why somebody needs help. An attribute of the person: nothing asks for it, and no case depends on it.
create table assistance_cause (
  country text not null,
  person uuid not null,
  cause text not null,
  since date,
  version integer not null check (version >= 1),
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, person, version),
  foreign key (country, person) references people_person (country, id)
);

create table assistance_need (
  country text not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  detail text,
  priority text not null check (priority in ('urgent', 'high', 'normal', 'low')),
  state text not null check (state in ('open', 'in-progress', 'met', 'unmet', 'withdrawn')),
  identified_on date not null,
  version integer not null check (version >= 1),
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, case_id) references assistance_case (country, id)
);
create index assistance_need_case on assistance_need (country, case_id);
create index assistance_need_open on assistance_need (country, kind) where state in ('open', 'in-progress', 'unmet');

create table assistance_need_step (
  country text not null,
  need uuid not null,
  version integer not null,
  case_id uuid not null,
  state text not null,
  priority text not null,
  reason text,
  happened_on date not null,
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, need, version),
  foreign key (country, need) references assistance_need (country, id)
);

-- What somebody was given. It closes no need by itself.
create table assistance_service (
  country text not null,
  id uuid not null,
  case_id uuid not null,
  service text not null,
  organisation uuid,
  point uuid,
  referral uuid,
  given_on date not null,
  quantity numeric not null check (quantity > 0),
  cost numeric check (cost >= 0),
  currency text,
  outcome text not null,
  detail text,
  withdrawn boolean not null default false,
  withdrawn_reason text,
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, case_id) references assistance_case (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  foreign key (country, point) references services_point (country, id),
  check ((cost is null) = (currency is null)),
  check (organisation is not null or point is not null),
  check (withdrawn = (withdrawn_reason is not null))
);
create index assistance_service_case on assistance_service (country, case_id, given_on);

create table assistance_service_need (
  country text not null,
  service uuid not null,
  need uuid not null,
  case_id uuid not null,
  sample boolean not null default false,
  primary key (country, service, need),
  foreign key (country, service) references assistance_service (country, id),
  foreign key (country, need) references assistance_need (country, id)
);

create table assistance_goal (
  country text not null,
  id uuid not null,
  case_id uuid not null,
  need uuid,
  goal text not null,
  target_on date not null,
  state text not null check (state in ('open', 'reached', 'given-up')),
  ended_on date,
  reason text,
  version integer not null check (version >= 1),
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, case_id) references assistance_case (country, id),
  foreign key (country, need) references assistance_need (country, id),
  check ((state = 'open') = (ended_on is null))
);
create index assistance_goal_case on assistance_goal (country, case_id);

create table assistance_follow_up (
  country text not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  due_on date not null,
  assignee text,
  detail text,
  state text not null check (state in ('due', 'done', 'cancelled')),
  ended_on date,
  outcome text,
  version integer not null check (version >= 1),
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, case_id) references assistance_case (country, id),
  check ((state = 'due') = (ended_on is null))
);
create index assistance_follow_up_case on assistance_follow_up (country, case_id);
create index assistance_follow_up_due on assistance_follow_up (country, due_on) where state = 'due';

-- A referral carries itself what its provider may know (`shared`): nobody at the provider sees the case.
create table assistance_referral (
  country text not null,
  id uuid not null,
  code text not null,
  case_id uuid not null,
  person uuid not null,
  organisation uuid not null,
  point uuid,
  recipient_class text not null,
  services text[] not null check (cardinality(services) >= 1),
  priority text not null check (priority in ('urgent', 'high', 'normal', 'low')),
  message text,
  parts text[] not null,
  shared jsonb,
  state text not null check (state in ('draft', 'consent-recorded', 'sent', 'accepted', 'declined', 'no-capacity', 'in-service',
    'completed', 'dropped', 'lost')),
  state_since timestamptz not null,
  consent uuid,
  sent_at timestamptz,
  -- The last version that somebody of the referring side has looked at.
  seen_version integer not null default 1,
  version integer not null check (version >= 1),
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, id),
  unique (country, code),
  foreign key (country, case_id) references assistance_case (country, id),
  foreign key (country, person) references people_person (country, id),
  foreign key (country, organisation) references organisations_organisation (country, id),
  foreign key (country, point) references services_point (country, id),
  check ((sent_at is null) = (shared is null)),
  check (sent_at is null or consent is not null),
  check (sent_at is not null or state in ('draft', 'consent-recorded', 'dropped'))
);
create index assistance_referral_case on assistance_referral (country, case_id);
create index assistance_referral_provider on assistance_referral (country, organisation, state);
create index assistance_referral_active on assistance_referral (country, state, state_since)
  where state in ('draft', 'consent-recorded', 'sent', 'accepted', 'in-service');

create table assistance_referral_need (
  country text not null,
  referral uuid not null,
  need uuid not null,
  case_id uuid not null,
  sample boolean not null default false,
  primary key (country, referral, need),
  foreign key (country, referral) references assistance_referral (country, id),
  foreign key (country, need) references assistance_need (country, id)
);
create index assistance_referral_need_by_need on assistance_referral_need (country, need);

create table assistance_referral_step (
  country text not null,
  referral uuid not null,
  version integer not null,
  state text not null,
  reason text,
  by_side text not null check (by_side in ('referrer', 'provider', 'link')),
  recorded_at timestamptz not null,
  recorded_by text,
  sample boolean not null default false,
  primary key (country, referral, version),
  foreign key (country, referral) references assistance_referral (country, id)
);

-- One-time links for providers without an account. The database keeps a digest; who has the link has the secret.
create table assistance_referral_link (
  country text not null,
  id uuid not null,
  referral uuid not null,
  digest text not null unique,
  made_at timestamptz not null,
  made_by text,
  expires_at timestamptz not null,
  spent_at timestamptz,
  sample boolean not null default false,
  primary key (country, id),
  foreign key (country, referral) references assistance_referral (country, id)
);
create index assistance_referral_link_referral on assistance_referral_link (country, referral);

-- Whether a person agrees that a class of recipients learns of a referral. A provider's transaction sees no person and no
-- consent; this tells it yes or no and nothing else.
create function assistance_consented(of_country text, of_person uuid, of_class text) returns boolean
  language sql stable security definer set search_path = public as $$
  select exists (select from data_protection_consent_in_force c
    where c.country = of_country and c.person = of_person and c.purpose = 'referral' and c.recipient_class = of_class)
$$;

-- Not santi_protect: like people, belonging to an organisation narrows what one sees and opens nothing by itself.
do $$
declare
  cleared text := '(%1$I.country = any ((select santi_countries(3))::text[]) or (select santi_base_level()) >= 3)';
  writable text := '(%1$I.country = any ((select santi_writes())::text[]) or ''*'' = any ((select santi_writes())::text[]))';
  own text := '(not (select santi_bound()) or %1$I.organisation = any ((select santi_organisations())::uuid[])
    or %1$I.assignee = (select santi_account()))';
  of_case text := 'exists (select from assistance_case c where c.country = %1$I.country and c.id = %1$I.case_id)';
  of_person text := 'exists (select from people_person p where p.country = %1$I.country and p.id = %1$I.person)';
  of_referral text := 'exists (select from assistance_referral r where r.country = %1$I.country and r.id = %1$I.referral)';
  provider text := '(%1$I.sent_at is not null and %1$I.organisation = any ((select santi_organisations())::uuid[])
    and assistance_consented(%1$I.country, %1$I.person, %1$I.recipient_class))';
  rule text;
  target text;
begin
  foreach target in array array['assistance_case', 'assistance_case_step', 'assistance_cause', 'assistance_need',
    'assistance_need_step', 'assistance_service', 'assistance_service_need', 'assistance_goal', 'assistance_follow_up',
    'assistance_referral', 'assistance_referral_need', 'assistance_referral_step', 'assistance_referral_link'] loop
    rule := case target
      when 'assistance_case' then cleared || ' and ' || own
      when 'assistance_cause' then cleared || ' and ' || of_person
      when 'assistance_referral' then of_case || ' or ' || provider
      when 'assistance_referral_step' then of_referral
      when 'assistance_referral_link' then cleared || ' and ' || of_referral
      else of_case end;
    execute format('alter table %I enable row level security', target);
    execute format('create policy visible on %1$I for select to santi_app using (' || rule || ')', target);
    execute format('create policy entered on %1$I for insert to santi_app with check (' || writable || ' and (' || rule || '))', target);
    execute format('grant select, insert on %I to santi_app', target);
    if target in ('assistance_case_step', 'assistance_cause', 'assistance_need_step', 'assistance_service_need',
      'assistance_referral_need', 'assistance_referral_step') then
      execute format('create trigger append_only before update or delete on %I for each row execute function santi_append_only()', target);
    else
      execute format('create policy changed on %1$I for update to santi_app using (' || rule || ') with check (' || writable || ')', target);
      execute format('grant update on %I to santi_app', target);
    end if;
  end loop;
end $$;

-- Published: cases without words, for figures and for access to care. Row-level security holds for who reads.
create view assistance_need_state with (security_invoker = true) as
  select n.country, n.id, n.case_id, c.person, c.organisation, n.kind, n.priority, n.state, n.identified_on
  from assistance_need n join assistance_case c on c.country = n.country and c.id = n.case_id;
create view assistance_service_given with (security_invoker = true) as
  select s.country, s.id, s.case_id, c.person, s.service, s.organisation, s.point, s.given_on, s.quantity, s.cost, s.currency, s.outcome
  from assistance_service s join assistance_case c on c.country = s.country and c.id = s.case_id
  where not s.withdrawn;
grant select on assistance_need_state, assistance_service_given to santi_app;
