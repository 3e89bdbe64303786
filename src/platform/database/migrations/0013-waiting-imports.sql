-- A batch is there from the moment it is asked for, before the job that imports it begins.
alter table imports_import drop constraint imports_import_status_check;
alter table imports_import add constraint imports_import_status_check
  check (status in ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted', 'undone'));

-- The subscripts of the Khmer letters da (U+17D2 U+178A) and ta (U+17D2 U+178F) look alike and are searched for alike:
-- what was stored for searching before is written with the one that the program now writes.
do $$
declare
  target text;
  da constant text := chr(6098) || chr(6026);
  ta constant text := chr(6098) || chr(6031);
begin
  for target in
    select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'search' and c.data_type = 'text' and t.table_type = 'BASE TABLE'
  loop
    execute format('update %I set search = replace(search, $1, $2) where strpos(search, $1) > 0', target) using da, ta;
  end loop;
end $$;

-- No caller without clearance is shown a position, so there is nothing to choose how precisely.
delete from setting where name = 'places.public-precision';
