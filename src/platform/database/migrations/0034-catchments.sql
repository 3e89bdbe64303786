-- A service may be for several units: three districts, or a province and one across the river.
drop view services_available;
alter table services_point add column catchment_units uuid[];
-- The guard of sensitive places has nothing to say here, and the unit that was declared is the first of several.
update services_point set catchment_units = array[catchment_unit] where catchment_unit is not null;
alter table services_point drop column catchment_unit;

-- What a foreign key says of one unit, for each of several.
create function services_point_catchment() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if exists (select from unnest(new.catchment_units) as served(unit)
    where not exists (select from places_unit u where u.country = new.country and u.id = served.unit)) then
    raise exception 'A catchment unit does not exist' using errcode = '23503', table = 'services_point',
      constraint = 'services_point_catchment_units_fkey';
  end if;
  return new;
end $$;
create trigger catchment before insert or update of catchment_units on services_point for each row
  when (new.catchment_units is not null) execute function services_point_catchment();

create view services_available with (security_invoker = true) as
  select o.country, o.id as offer, o.service, p.id as point, p.code, p.organisation, p.unit, p.geometry, p.languages,
    p.accessibility, coalesce(o.capacity_per_month, p.capacity_per_month) as capacity_per_month,
    coalesce(o.waiting_days, p.waiting_days) as waiting_days, coalesce(o.cost, p.cost) as cost, p.catchment_units,
    greatest(o.valid_from, p.valid_from) as valid_from, least(o.valid_until, p.valid_until) as valid_until, p.verified_on
  from services_offer o join services_point p on p.country = o.country and p.id = o.point
  where not o.withdrawn and not p.withdrawn;
grant select on services_available to santi_app;
