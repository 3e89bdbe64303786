-- Countries whose first records came by import were not marked as countries of this node, and so not offered to choose.
update places_country set active = true
  where not active and exists (select from record_revision r where r.country = places_country.country);
