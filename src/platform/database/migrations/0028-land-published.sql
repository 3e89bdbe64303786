-- What a country tells anybody about a plot, by its setting `land.published`: nothing, land that was released, or beside it
-- how many open areas there are about the plot. These functions see past row-level security, so they are the gate: they
-- look at the setting themselves, leave out areas that are kept closer than usual, and tell open areas by cells of a
-- hundredth of a degree only, however small the plot is.
create function land_published(c text) returns text language sql stable security definer set search_path = public as $$
  select coalesce((select value #>> '{}' from setting where name = 'land.published' and country in (c, '')
    order by country desc limit 1), 'nothing')
$$;

create function land_published_released(c text, shape geometry)
  returns table (kind text, geometry geometry, depth_centimetres integer, effective_on date, report_code text)
  language sql stable security definer set search_path = public as $$
  select p.kind, p.geometry, p.depth_centimetres, p.effective_on, r.code
  from land_product p
    join land_area a on a.country = p.country and a.id = p.area and a.sensitivity <= 1 and not a.withdrawn
    join land_report r on r.country = p.country and r.id = p.report
  where land_published(c) in ('released', 'released-and-open') and p.country = c and not p.void
    and p.geometry && shape and ST_Intersects(p.geometry, shape)
  order by p.effective_on desc, r.code limit 200
$$;

create function land_published_open(c text, shape geometry) returns table (areas integer, newest date)
  language sql stable security definer set search_path = public as $$
  select count(*)::integer, max(s.effective_on)
  from land_state s
    join land_area a on a.country = s.country and a.id = s.area and a.sensitivity <= 1 and not a.withdrawn
  where land_published(c) = 'released-and-open' and s.country = c and s.status not in ('closed', 'released')
    and s.area_class <> 'indication'
    and s.ground && ST_MakeEnvelope(floor(ST_XMin(shape) * 100) / 100, floor(ST_YMin(shape) * 100) / 100,
      ceil(ST_XMax(shape) * 100) / 100, ceil(ST_YMax(shape) * 100) / 100, 4326)
$$;
revoke all on function land_published(text), land_published_released(text, geometry), land_published_open(text, geometry) from public;
grant execute on function land_published(text), land_published_released(text, geometry), land_published_open(text, geometry)
  to santi_app;
