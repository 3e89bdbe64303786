-- Tables of one operator or one project read the entries of these alone, from the index.
create index ledger_entry_organisation on ledger_entry (country, organisation, effective_on)
  include (known_at, account, square_metres, province, contamination);
create index ledger_entry_project on ledger_entry (country, project, effective_on)
  include (known_at, account, square_metres, province, contamination) where project is not null;
