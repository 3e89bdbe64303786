-- The land ledger: balanced entries in whole square metres, posted by approved reports and never altered.
-- Positive amounts are where square metres are, negative ones where they came from; each report sums to zero.
create table ledger_entry (
  country text not null,
  -- The approved report that posted the entry, and the entry's number in it.
  report uuid not null,
  line integer not null,
  -- The report whose facts the entry states: the posting one, or an earlier one that it puts right.
  about uuid not null,
  area uuid not null,
  account text not null,
  square_metres bigint not null check (square_metres <> 0),
  -- As at: the day from which it holds. As known on: the moment of approval.
  effective_on date not null,
  known_at timestamptz not null,
  province uuid,
  unit uuid,
  organisation uuid,
  project text,
  contamination text[] not null default '{}',
  method text,
  land_class text,
  depth_centimetres integer,
  sample boolean not null default false,
  primary key (country, report, line)
);
create index ledger_entry_area on ledger_entry (country, area, effective_on);
create index ledger_entry_about on ledger_entry (country, about);
create index ledger_entry_effective on ledger_entry (country, effective_on) include (known_at, account, square_metres, province);
create index ledger_entry_known on ledger_entry (country, known_at) include (effective_on, account, square_metres, province);
create trigger append_only before update or delete on ledger_entry for each row execute function santi_append_only();

-- Whole years of entries summed, so that a table for any two dates reads these and the entries of two years only.
create table ledger_year (
  country text not null,
  province uuid not null,
  account text not null,
  effective_year smallint not null,
  known_year smallint not null,
  square_metres bigint not null,
  primary key (country, province, account, effective_year, known_year)
);

create function ledger_add_years() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into ledger_year as y (country, province, account, effective_year, known_year, square_metres)
  select country, coalesce(province, '00000000-0000-0000-0000-000000000000'), account,
    extract(year from effective_on)::smallint, extract(year from known_at at time zone 'UTC')::smallint, sum(square_metres)
  from changed group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
  on conflict (country, province, account, effective_year, known_year)
    do update set square_metres = y.square_metres + excluded.square_metres;
  return null;
end $$;
create function ledger_take_years() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update ledger_year y set square_metres = y.square_metres - c.square_metres
  from (select country, coalesce(province, '00000000-0000-0000-0000-000000000000') as province, account,
      extract(year from effective_on)::smallint as effective_year,
      extract(year from known_at at time zone 'UTC')::smallint as known_year, sum(square_metres) as square_metres
    from changed group by 1, 2, 3, 4, 5) c
  where (y.country, y.province, y.account, y.effective_year, y.known_year)
    = (c.country, c.province, c.account, c.effective_year, c.known_year);
  return null;
end $$;
create trigger years_added after insert on ledger_entry referencing new table as changed
  for each statement execute function ledger_add_years();
create trigger years_taken after delete on ledger_entry referencing old table as changed
  for each statement execute function ledger_take_years();

-- Refuses entries that leave a report unbalanced. The entries of a report are written by one statement.
create function ledger_balanced() returns trigger language plpgsql security definer set search_path = public as $$
declare
  wrong record;
begin
  select e.report, sum(e.square_metres) as remainder into wrong
  from ledger_entry e join (select distinct country, report from changed) c on e.country = c.country and e.report = c.report
  group by e.country, e.report having sum(e.square_metres) <> 0 limit 1;
  if found then
    raise exception 'The entries of report % do not balance: % m² are left over', wrong.report, wrong.remainder
      using errcode = 'P0409';
  end if;
  return null;
end $$;
create trigger balanced after insert on ledger_entry referencing new table as changed
  for each statement execute function ledger_balanced();

-- Figures are public, as class, status and size of areas are; which area an entry is about is read through land_area.
alter table ledger_entry enable row level security;
create policy visible on ledger_entry for select to santi_app using (true);
create policy entered on ledger_entry for insert to santi_app
  with check (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
alter table ledger_year enable row level security;
create policy visible on ledger_year for select to santi_app using (true);
grant select, insert on ledger_entry to santi_app;
grant select on ledger_year to santi_app;
