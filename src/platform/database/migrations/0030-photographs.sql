-- A face is a part of an identity: sealed like the others, opened for a purpose, erased with them.
alter table people_identity drop constraint people_identity_part_check;
alter table people_identity add constraint people_identity_part_check
  check (part in ('names', 'birth', 'contacts', 'documents', 'household', 'residence', 'photograph'));
