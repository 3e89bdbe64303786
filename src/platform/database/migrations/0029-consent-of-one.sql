-- Whether the latest decision of a person about a purpose and a class of recipients is a consent that holds now: what the view
-- data_protection_consent_in_force says, for one person, found by its index however little the database knows of its tables.
create function data_protection_consented(of_country text, of_person uuid, of_purpose text, of_class text) returns boolean
  language sql stable security definer set search_path = public as $$
  select coalesce((
    select c.decision = 'given' and c.withdrawn_at is null and (c.valid_until is null or c.valid_until >= current_date)
    from data_protection_consent c
    where c.country = of_country and c.purpose = of_purpose and c.recipient_class = of_class
      and c.person = any (array(
        select o.id from people_person o
        where o.country = of_country and coalesce(o.merged_into, o.id) = (
          select coalesce(p.merged_into, p.id) from people_person p where p.country = of_country and p.id = of_person)))
    order by c.decided_on desc, c.recorded_at desc, c.id desc limit 1), false)
    and exists (select from people_person p where p.country = of_country and p.id = of_person and p.erased_on is null
      and (not p.withdrawn or p.merged_into is not null))
$$;
revoke execute on function data_protection_consented(text, uuid, text, text) from public;
create or replace function assistance_consented(of_country text, of_person uuid, of_class text) returns boolean
  language sql stable security definer set search_path = public as $$
  select data_protection_consented(of_country, of_person, 'referral', of_class)
$$;
