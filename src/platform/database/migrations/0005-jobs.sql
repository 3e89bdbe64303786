-- Work that takes longer than a request: what people see of it. The queue itself is the job library's own schema.
create table job (
  id uuid primary key,
  name text not null,
  country text,
  account_id text,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  input jsonb not null,
  progress jsonb not null default '{}',
  result jsonb,
  problem jsonb,
  cancel_requested boolean not null default false,
  created_at timestamptz not null,
  started_at timestamptz,
  heartbeat_at timestamptz,
  finished_at timestamptz
);
create index job_recent on job (created_at desc);
alter table job enable row level security;
create policy visible on job for select to santi_app using ((select santi_administers())
  or account_id = (select santi_account()) or country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
create policy entered on job for insert to santi_app with check (true);
create policy changed on job for update to santi_app using ((select santi_administers())
  or account_id = (select santi_account()) or country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant select, insert, update on job to santi_app;
