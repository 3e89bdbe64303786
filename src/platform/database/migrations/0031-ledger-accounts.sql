-- A figure is an account of a province or of the country over some days: what stands behind it is counted and added up from
-- the index alone.
create index ledger_entry_account on ledger_entry (country, account, province, effective_on)
  include (known_at, square_metres, contamination, area);
