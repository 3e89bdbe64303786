-- Accounts. The tables named auth_ have the columns that the account library wants. Requests run as santi_app and see
-- none of this: what must be read there is offered by a view, and everything else goes through platform/access.
create table auth_user (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  two_factor_enabled boolean default false,
  language text,
  disabled boolean not null default false,
  sample boolean not null default false,
  check (email = lower(email))
);

create table auth_session (
  id text primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  user_id text not null references auth_user (id) on delete cascade,
  last_seen_at timestamptz default now(),
  rotated_at timestamptz default now(),
  previous_token text
);
create index auth_session_user_id_idx on auth_session (user_id);
create index auth_session_previous on auth_session (previous_token) where previous_token is not null;

create table auth_account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references auth_user (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index auth_account_user_id_idx on auth_account (user_id);

create table auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_verification_identifier_idx on auth_verification (identifier);

create table auth_two_factor (
  id text primary key,
  secret text not null,
  backup_codes text not null,
  user_id text not null unique references auth_user (id) on delete cascade,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
create index auth_two_factor_secret_idx on auth_two_factor (secret);
create index auth_two_factor_user_id_idx on auth_two_factor (user_id);

create table auth_passkey (
  id text primary key,
  name text,
  public_key text not null,
  user_id text not null references auth_user (id) on delete cascade,
  credential_id text not null unique,
  counter integer not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  created_at timestamptz default now(),
  aaguid text
);
create index auth_passkey_user_id_idx on auth_passkey (user_id);
create index auth_passkey_credential_id_idx on auth_passkey (credential_id);

-- What an account may do: a role, in one country or in all, on behalf of an organisation or of none.
create table access_grant (
  id uuid primary key,
  account_id text not null references auth_user (id) on delete cascade,
  role text not null check (role in ('administrator', 'information-manager', 'data-entry', 'operator', 'quality-officer',
    'victim-assistance-officer', 'service-provider', 'regional-analyst', 'donor')),
  country text check (country ~ '^[A-Z]{3}$'),
  organisation uuid,
  granted_by text,
  granted_at timestamptz not null,
  sample boolean not null default false
);
create unique index access_grant_once on access_grant
  (account_id, role, coalesce(country, ''), coalesce(organisation, '00000000-0000-0000-0000-000000000000'));
create index access_grant_by_role on access_grant (role);

-- One-time links that an administrator hands over: to a new account, or to choose a new password. Only a digest is kept.
create table access_link (
  id uuid primary key,
  account_id text not null references auth_user (id) on delete cascade,
  purpose text not null check (purpose in ('invitation', 'reset')),
  digest bytea not null unique,
  -- The account's second factor is taken off with the new password, for somebody who lost the device.
  removes_two_factor boolean not null default false,
  made_by text,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index access_link_by_account on access_link (account_id);

-- Tokens for programs. A token can do what its account can and its scopes name. Only a digest is kept.
create table access_token (
  id uuid primary key,
  account_id text not null references auth_user (id) on delete cascade,
  name text not null,
  start text not null,
  digest bytea not null unique,
  scopes text[] not null check (cardinality(scopes) > 0),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz
);
create index access_token_by_account on access_token (account_id);

-- Failed sign-ins since the last good one, by digest of the address typed or of the network address.
create table access_attempt (
  subject text primary key,
  failures integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz
);
create index access_attempt_by_time on access_attempt (last_failed_at);

-- One-time codes already used, until they run out by themselves.
create table access_used_code (
  account_id text not null references auth_user (id) on delete cascade,
  digest bytea not null,
  used_at timestamptz not null,
  primary key (account_id, digest)
);

-- Names beside what people did, for those who have an account themselves.
create view access_person as
  select id, name from auth_user where santi_account() is not null or santi_administers();
grant select on access_person to santi_app;
