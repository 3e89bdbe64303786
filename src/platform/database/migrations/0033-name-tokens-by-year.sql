-- A common name is borne by thousands; those born when somebody says are found among them without reading all.
-- 0 stands for a year that is not known. The year itself is no secret: people_person has it.
alter table people_name_token add column born smallint not null default 0;
update people_name_token t set born = p.birth_year from people_person p
  where p.country = t.country and p.id = t.person and p.birth_year is not null;
alter table people_name_token drop constraint people_name_token_pkey;
alter table people_name_token add primary key (country, token, born, person);

-- The year is corrected with the person, by people who may not read tokens.
create function people_name_token_born() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update people_name_token set born = coalesce(new.birth_year, 0) where country = new.country and person = new.id;
  return null;
end $$;
create trigger born_changed after update of birth_year on people_person for each row
  when (old.birth_year is distinct from new.birth_year) execute function people_name_token_born();
