-- Reports are asked for by the areas that they changed.
create index land_report_changed on land_report using gin ((result -> 'areas')) where state = 'approved';

-- What tasking publishes for reports that name a task: its areas, and the polygon within which it was to be done.
create view tasking_task_ground with (security_invoker = true) as
  select t.country, t.id, t.code, t.status, t.organisation, t.area, t.issued_on, t.geometry,
    coalesce((select array_agg(f.area::text) from tasking_task_area f
      where f.country = t.country and f.task = t.id and f.removed_at is null), '{}') as further_areas
  from tasking_task t where not t.withdrawn;

-- What accidents publish for completion reports: what happened in an area.
create view accidents_of_area with (security_invoker = true) as
  select country, id, code, occurred_on, area, killed, injured
  from accidents_accident where not withdrawn and area is not null;
grant select on tasking_task_ground, accidents_of_area to santi_app;
