-- Non-conformities of the sample region go with it when it is removed.
alter table quality_nonconformity add column sample boolean not null default false;
alter table quality_nonconformity_step add column sample boolean not null default false;
