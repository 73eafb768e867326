-- Whom somebody brought is counted for themselves as everywhere since 0039: by a name, by the code of their card however it was written, and by
-- their invitation. Else whoever brings many by card would be told that they stand alone.

-- As in 0034, with the last number read so.
create or replace function community.load_of(person uuid, at date)
returns table (tasks integer, shared integer, sharers integer, kept integer, kept_here integer, brought integer)
language sql stable set search_path = '' as $$
  with me as (select p.id, p.community_id, lower(btrim(p.name)) as name, k.time_zone from community.person p
      join community.community k on k.id = p.community_id where p.id = person),
    carried as (select t.task from community.carried_task t where t.person_id = person and t.since <= at and (t.ended_on is null or t.ended_on > at)),
    beside as (select t.task, t.person_id from community.carried_task t where t.task in (select c.task from carried c) and t.person_id <> person
      and t.since <= at and (t.ended_on is null or t.ended_on > at)),
    done as (
      select c.person_id from me join community.meeting m on m.community_id = me.community_id join community.commitment c on c.meeting_id = m.id
      where c.state = 'kept' and (m.starts_at at time zone me.time_zone)::date between (at - interval '6 months')::date + 1 and at
      union all
      select case r.promised_by when 'starter' then t.starter else t.other end from me join community.talk t on t.community_id = me.community_id
        join community.talk_promise r on r.talk_id = t.id
      where r.state = 'kept' and coalesce(t.held_on, t.touched_on) between (at - interval '6 months')::date + 1 and at
      union all
      select t.other from me join municipal.talk t on t.community_id = me.community_id join municipal.talk_promise r on r.talk_id = t.id
      where r.state = 'kept' and r.promised_by = 'other' and coalesce(t.held_on, t.touched_on) between (at - interval '6 months')::date + 1 and at
    )
  select (select count(*)::integer from carried), (select count(distinct b.task)::integer from beside b), (select count(distinct b.person_id)::integer from beside b),
    (select count(*)::integer from done d where d.person_id = person), (select count(*)::integer from done),
    (select count(*)::integer from me join community.meeting m on m.community_id = me.community_id join community.arrival a on a.meeting_id = m.id
        left join community.own_card o on o.community_id = me.community_id and a.brought_by = 'neighbour'
          and o.code = case when a.bringer ~ '[0-9]' then community.card_code(a.bringer) end
        left join community.whom_a_name_means n on n.community_id = me.community_id and a.brought_by = 'neighbour'
          and n.name = case when a.bringer ~ '[0-9]' then community.bringer_name(a.bringer) else lower(btrim(a.bringer)) end
        left join community.own_card i on i.id = a.card_id
      where a.first_time and a.person_id is distinct from person and coalesce(o.person_id, n.person_id, i.person_id) = person
        and (m.starts_at at time zone me.time_zone)::date between (at - interval '6 months')::date + 1 and at)
$$;

-- As in 0035, with codes and names read so. What an invitation did stands on no list, and so not on the sheet.
create or replace function community.path_acts_for(person uuid) returns table (kind text, on_date date, base text, about text)
language sql stable security definer set search_path = '' as $$
  with them as materialized (
    select p.id, p.community_id from community.person p
    where p.id = path_acts_for.person and p.account_id is null and p.merged_into is null and access.keeps(p.community_id)
  )
  select a.kind, a.on_date, a.base, a.about from them, community.path_acts_of(them.id) a
  union
  select 'brought', (m.starts_at at time zone k.time_zone)::date, 'door', m.purpose
  from them join community.community k on k.id = them.community_id join community.meeting m on m.community_id = k.id and m.phase <> 'planned'
    join community.arrival a on a.meeting_id = m.id and a.brought_by = 'neighbour' and a.first_time
  where case when a.bringer ~ '[0-9]' then community.bringer_name(a.bringer) else lower(btrim(a.bringer)) end
      in (select n.name from community.whom_a_name_means n where n.community_id = k.id and n.person_id = them.id)
    or case when a.bringer ~ '[0-9]' then community.card_code(a.bringer) end in (select o.code from community.own_card o where o.person_id = them.id)
$$;
