-- attachments: files that belong to a record of any kind. What they are, their bytes, and who may see which copy.
create table attachment (
  country text not null check (country ~ '^[A-Z]{3}$'),
  id uuid not null,
  owner_type text not null check (owner_type ~ '^[a-z-]+\.[a-z-]+$'),
  owner_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  caption text,
  taken_on date,
  -- What was found in the file and taken out of the copy that is given out; never where it was made.
  removed text[] not null default '{}',
  -- What was found and could not be taken out.
  remaining text[] not null default '{}',
  sensitivity smallint not null check (sensitivity between 0 and 3),
  organisation uuid,
  added_at timestamptz not null,
  added_by text,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_reason text,
  -- The bytes are gone too, because the record was still a draft.
  forgotten boolean not null default false,
  sample boolean not null default false,
  primary key (country, id),
  check ((withdrawn_at is null) = (withdrawn_reason is null)),
  check (withdrawn_at is not null or not forgotten)
);
create index attachment_by_owner on attachment (country, owner_type, owner_id, added_at, id);
select santi_protect('attachment', true);

-- The copies of an attachment: the one that is given out, and the original where it was to be kept, one level higher.
create table attachment_copy (
  country text not null,
  attachment_id uuid not null,
  variant text not null check (variant in ('given', 'original')),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size integer not null check (size > 0),
  sensitivity smallint not null check (sensitivity between 0 and 3),
  organisation uuid,
  sample boolean not null default false,
  primary key (country, attachment_id, variant),
  foreign key (country, attachment_id) references attachment (country, id) on delete cascade
);
create index attachment_copy_by_content on attachment_copy (country, sha256);
select santi_protect('attachment_copy', true);
revoke update on attachment_copy from santi_app;

-- The bytes, once for each content and country, in parts so that no single value is large.
create table attachment_part (
  country text not null,
  sha256 text not null,
  part integer not null check (part >= 0),
  bytes bytea not null check (length(bytes) between 1 and 524288),
  primary key (country, sha256, part)
);
alter table attachment_part enable row level security;
-- Bytes are seen by whom some copy with them is seen.
create policy visible on attachment_part for select to santi_app using (exists (
  select from attachment_copy c where c.country = attachment_part.country and c.sha256 = attachment_part.sha256));
create policy entered on attachment_part for insert to santi_app
  with check (country = any ((select santi_writes())::text[]) or '*' = any ((select santi_writes())::text[]));
grant select, insert on attachment_part to santi_app;

-- Whether bytes are stored already, also when whoever asks may not see them; only the program asks, to store them once.
create function santi_attachment_stored(of_country text, of_sha256 text) returns boolean
  language sql stable security definer set search_path = public as $$
  select exists (select from attachment_part where country = of_country and sha256 = of_sha256)
$$;

-- How many attachments a record holds and how many bytes, also those above the level of whoever asks.
create function santi_attachment_usage(of_country text, of_type text, of_owner uuid)
  returns table (files bigint, bytes bigint)
  language sql stable security definer set search_path = public as $$
  select count(distinct a.id), coalesce(sum(c.size), 0)::bigint
  from attachment a join attachment_copy c on c.country = a.country and c.attachment_id = a.id
  where a.country = of_country and a.owner_type = of_type and a.owner_id = of_owner and a.withdrawn_at is null
$$;

-- Drops the bytes of a withdrawn attachment unless another attachment has the same ones.
create function santi_attachment_forget(of_country text, of_id uuid) returns void
  language plpgsql security definer set search_path = public as $$
begin
  if not (of_country = any (santi_writes()) or '*' = any (santi_writes())) then
    raise exception 'Not allowed to change attachments of %', of_country using errcode = '42501';
  end if;
  update attachment set forgotten = true where country = of_country and id = of_id and withdrawn_at is not null;
  if not found then return; end if;
  delete from attachment_part p using attachment_copy c
    where c.country = of_country and c.attachment_id = of_id and p.country = c.country and p.sha256 = c.sha256
      and not exists (select from attachment_copy o join attachment a on a.country = o.country and a.id = o.attachment_id
        where o.country = c.country and o.sha256 = c.sha256 and not a.forgotten);
end $$;
