-- Why a country changed its rules, and the day from which a version holds when that is later than the day it was stored.
alter table land_rules add column reason text;
alter table land_rules add column valid_from date;
