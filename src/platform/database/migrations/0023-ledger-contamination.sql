-- Whole years of entries summed by what the land is contaminated with, for tables that ask for one kind of it.
create table ledger_year_type (
  country text not null,
  province uuid not null,
  account text not null,
  contamination text[] not null,
  effective_year smallint not null,
  known_year smallint not null,
  square_metres bigint not null,
  primary key (country, province, account, contamination, effective_year, known_year)
);
insert into ledger_year_type (country, province, account, contamination, effective_year, known_year, square_metres)
  select country, coalesce(province, '00000000-0000-0000-0000-000000000000'), account, contamination,
    extract(year from effective_on)::smallint, extract(year from known_at at time zone 'UTC')::smallint, sum(square_metres)
  from ledger_entry group by 1, 2, 3, 4, 5, 6;

create or replace function ledger_add_years() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into ledger_year as y (country, province, account, effective_year, known_year, square_metres)
  select country, coalesce(province, '00000000-0000-0000-0000-000000000000'), account,
    extract(year from effective_on)::smallint, extract(year from known_at at time zone 'UTC')::smallint, sum(square_metres)
  from changed group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
  on conflict (country, province, account, effective_year, known_year)
    do update set square_metres = y.square_metres + excluded.square_metres;
  insert into ledger_year_type as y (country, province, account, contamination, effective_year, known_year, square_metres)
  select country, coalesce(province, '00000000-0000-0000-0000-000000000000'), account, contamination,
    extract(year from effective_on)::smallint, extract(year from known_at at time zone 'UTC')::smallint, sum(square_metres)
  from changed group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (country, province, account, contamination, effective_year, known_year)
    do update set square_metres = y.square_metres + excluded.square_metres;
  return null;
end $$;
create or replace function ledger_take_years() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update ledger_year y set square_metres = y.square_metres - c.square_metres
  from (select country, coalesce(province, '00000000-0000-0000-0000-000000000000') as province, account,
      extract(year from effective_on)::smallint as effective_year,
      extract(year from known_at at time zone 'UTC')::smallint as known_year, sum(square_metres) as square_metres
    from changed group by 1, 2, 3, 4, 5) c
  where (y.country, y.province, y.account, y.effective_year, y.known_year)
    = (c.country, c.province, c.account, c.effective_year, c.known_year);
  update ledger_year_type y set square_metres = y.square_metres - c.square_metres
  from (select country, coalesce(province, '00000000-0000-0000-0000-000000000000') as province, account, contamination,
      extract(year from effective_on)::smallint as effective_year,
      extract(year from known_at at time zone 'UTC')::smallint as known_year, sum(square_metres) as square_metres
    from changed group by 1, 2, 3, 4, 5, 6) c
  where (y.country, y.province, y.account, y.contamination, y.effective_year, y.known_year)
    = (c.country, c.province, c.account, c.contamination, c.effective_year, c.known_year);
  return null;
end $$;

-- The entries of the years that the asked days cut are told from the index alone, with contamination too.
drop index ledger_entry_effective;
drop index ledger_entry_known;
create index ledger_entry_effective on ledger_entry (country, effective_on)
  include (known_at, account, square_metres, province, contamination);
create index ledger_entry_known on ledger_entry (country, known_at)
  include (effective_on, account, square_metres, province, contamination);

alter table ledger_year_type enable row level security;
create policy visible on ledger_year_type for select to santi_app using (true);
grant select on ledger_year_type to santi_app;
