-- What hangs on an invented person, case or referral is invented too, whoever entered it: the sample is removed as a whole.
create function santi_inherit_sample() returns trigger language plpgsql security definer set search_path = public as $$
declare
  invented boolean;
  parent text := to_jsonb(new) ->> tg_argv[1];
begin
  if not new.sample and parent is not null then
    execute format('select sample from %I where country = $1 and id = $2', tg_argv[0]) into invented
      using new.country, parent::uuid;
    new.sample := coalesce(invented, false);
  end if;
  return new;
end $$;
do $$
declare
  link text[];
begin
  foreach link slice 1 in array array[
    ['assistance_case', 'people_person', 'person'],
    ['assistance_case_step', 'assistance_case', 'case_id'],
    ['assistance_cause', 'people_person', 'person'],
    ['assistance_need', 'assistance_case', 'case_id'],
    ['assistance_need_step', 'assistance_case', 'case_id'],
    ['assistance_service', 'assistance_case', 'case_id'],
    ['assistance_service_need', 'assistance_case', 'case_id'],
    ['assistance_goal', 'assistance_case', 'case_id'],
    ['assistance_follow_up', 'assistance_case', 'case_id'],
    ['assistance_referral', 'assistance_case', 'case_id'],
    ['assistance_referral_need', 'assistance_case', 'case_id'],
    ['assistance_referral_step', 'assistance_referral', 'referral'],
    ['assistance_referral_link', 'assistance_referral', 'referral'],
    ['assessments_assessment', 'people_person', 'person'],
    ['assessments_alert', 'people_person', 'person'],
    ['data_protection_opening', 'people_person', 'person'],
    ['data_protection_note', 'people_person', 'person'],
    ['data_protection_consent', 'people_person', 'person'],
    ['data_protection_disclosure', 'people_person', 'person'],
    ['data_protection_request', 'people_person', 'person']] loop
    execute format('create trigger inherit_sample before insert on %I for each row execute function santi_inherit_sample(%L, %L)',
      link[1], link[2], link[3]);
  end loop;
end $$;

-- Whom a case can be given to: accounts that care for people of the country. Asked only by who is cleared for cases; who
-- works for an organisation sees its own people.
create function assistance_carers(of_country text) returns table (id text, name text)
  language sql stable security definer set search_path = public as $$
  select distinct u.id, u.name from access_grant g join auth_user u on u.id = g.account_id
  where g.role = 'victim-assistance-officer' and (g.country is null or g.country = of_country) and not u.disabled
    and (of_country = any (santi_countries(3)) or santi_base_level() >= 3)
    and (not santi_bound() or g.organisation = any (santi_organisations()))
$$;

-- Published: on which days a person was hurt, by the casualties that are linked to it.
create view accidents_of_person with (security_invoker = true) as
  select c.country, c.person, a.occurred_on
  from accidents_casualty c join accidents_accident a on a.country = c.country and a.id = c.accident
  where c.person is not null and a.occurred_on is not null and not c.withdrawn and not a.withdrawn;
grant select on accidents_of_person to santi_app;

-- When an identity is erased, words that staff wrote about the person go with it, in the same transaction and whoever
-- erases: what was needed, given and decided stays. Words that a rule asks for become a dash.
create function assistance_words_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('santi.purge', true) = 'sample' and old.sample then
    return old;
  end if;
  if tg_op = 'UPDATE' and current_setting('santi.forgetting', true) = 'words'
    and to_jsonb(new) - 'reason' = to_jsonb(old) - 'reason' and new.reason is null then
    return new;
  end if;
  raise exception 'Table % is append-only', tg_table_name using errcode = 'P0400';
end $$;
drop trigger append_only on assistance_case_step;
drop trigger append_only on assistance_need_step;
drop trigger append_only on assistance_referral_step;
create trigger append_only before update or delete on assistance_case_step for each row execute function assistance_words_kept();
create trigger append_only before update or delete on assistance_need_step for each row execute function assistance_words_kept();
create trigger append_only before update or delete on assistance_referral_step for each row execute function assistance_words_kept();

create function assistance_forget_words(of_country text, of_person uuid) returns void
  language plpgsql security definer set search_path = public as $$
declare
  before text := current_setting('santi.forgetting', true);
  cases uuid[] := array(select c.id from assistance_case c join people_person p on p.country = c.country and p.id = c.person
    where c.country = of_country and c.person = of_person and p.erased_on is not null);
begin
  perform set_config('santi.forgetting', 'words', true);
  update assistance_case_step set reason = null where country = of_country and case_id = any (cases) and reason is not null;
  update assistance_need set detail = null where country = of_country and case_id = any (cases) and detail is not null;
  update assistance_need_step set reason = null where country = of_country and case_id = any (cases) and reason is not null;
  update assistance_service set detail = null, withdrawn_reason = case when withdrawn then '–' end
    where country = of_country and case_id = any (cases);
  update assistance_goal set goal = '–', reason = null where country = of_country and case_id = any (cases);
  update assistance_follow_up set detail = null, outcome = null where country = of_country and case_id = any (cases);
  update assistance_referral set message = null where country = of_country and case_id = any (cases) and message is not null;
  update assistance_referral_step s set reason = null from assistance_referral r
    where r.country = s.country and r.id = s.referral and r.country = of_country and r.case_id = any (cases)
      and s.reason is not null;
  perform set_config('santi.forgetting', coalesce(before, ''), true);
end $$;
revoke execute on function assistance_forget_words(text, uuid) from public;
create function assistance_forget() returns trigger language plpgsql security definer set search_path = public as $$
begin
  perform assistance_forget_words(new.country, new.id);
  return null;
end $$;
create trigger assistance_forget after update on people_person for each row
  when (old.erased_on is null and new.erased_on is not null) execute function assistance_forget();

-- The words about those who were erased before.
select assistance_forget_words(country, id) from people_person where erased_on is not null;
