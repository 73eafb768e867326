-- Ties between people: derived from what two have done with each other, never typed about others. What each of the two wants to be seen of it.
--
-- Nothing of a tie is kept: it is read off talks, promises, arrivals and roles each time it is asked for, so whoever is forgotten there is
-- forgotten here. Kept is only what somebody has said of a tie of theirs: hide it, or leave it out; and that they have looked their ties through.
grant create on schema community to oplive_system; -- taken back at the end of this file

create table community.tie_choice (
  id uuid primary key default gen_random_uuid(),
  -- Whose choice it is, and about the tie with whom: a neighbour, or an employee by their account at work.
  person_id uuid not null references community.person on delete cascade,
  other_person uuid references community.person on delete cascade,
  other_account uuid references access.account on delete cascade,
  -- hidden: it counts without a name, and is drawn nowhere. removed: it does not count at all, and does not come back by itself.
  choice text not null check (choice in ('hidden', 'removed')),
  chosen_on date not null,
  check (num_nonnulls(other_person, other_account) = 1),
  check (other_person <> person_id),
  unique nulls not distinct (person_id, other_person, other_account)
);
comment on table community.tie_choice is 'A tie of somebody''s own that they hide or leave out. Only they see that they did; the tie alone is gone for the other.';
create index on community.tie_choice (other_person);
create index on community.tie_choice (other_account);

create table community.tie_confirmed (
  person_id uuid primary key references community.person on delete cascade,
  confirmed_on date not null
);
comment on table community.tie_confirmed is 'On which day somebody last said of their own ties that they are right. Counted as a share, shown of nobody.';

alter table community.tie_choice enable row level security;
alter table community.tie_confirmed enable row level security;
grant select, delete on community.tie_choice to oplive_resident, oplive_host;
grant select, insert, update (confirmed_on), delete on community.tie_confirmed to oplive_resident, oplive_host;
grant select, insert, update, delete on community.tie_choice, community.tie_confirmed to oplive_system;
-- One sees one's own choice and takes it back; the other of the two is not told. It is made through choose_tie, for a tie that is there.
create policy own on community.tie_choice for select to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
create policy own_back on community.tie_choice for delete to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
-- One says of one's own ties that they are right.
create policy own on community.tie_confirmed for all to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()))
  with check (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
-- The system counts, moves a place and merges two entries of one person.
create policy life on community.tie_choice for all to oplive_system using (true) with check (true);
create policy life on community.tie_confirmed for all to oplive_system using (true) with check (true);

-- ------------------------------------------------------------------------------------------------------------- where ties come from

-- Whom a written name means: the one person of the place who is called exactly that. A first name alone that is not somebody's whole name here,
-- or a name that two have, means nobody: a tie that is missing is honest, a tie with the wrong neighbour is not.
create view community.whom_a_name_means with (security_invoker) as
  select p.community_id, lower(btrim(p.name)) as name, min(coalesce(p.merged_into, p.id)::text)::uuid as person_id
  from community.person p group by 1, 2 having min(coalesce(p.merged_into, p.id)::text) = max(coalesce(p.merged_into, p.id)::text);

-- What two have done with each other: `one` is a person of the place, `two` another, or an employee's account where `staff` says so. Having been
-- at the same meeting is nothing here. A new kind of tie (coaching, when there is a table of it) is one more part of this view, and one more
-- weight in src/ties/tie.ts.
create view community.tie_source with (security_invoker) as
  -- They have talked, the two of them.
  select t.community_id, t.starter as one, t.other as two, false as staff, 'talk' as kind, t.held_on as on_date, t.id as about
  from community.talk t where t.held_on is not null and t.other is not null
union all
  select t.community_id, t.other, t.starter, true, 'talk', t.held_on, t.id
  from municipal.talk t where t.held_on is not null and t.other is not null
union all
  -- A promise between them was kept. It counts from the day it was given.
  select t.community_id, t.starter, t.other, false, 'promise', coalesce(t.held_on, t.touched_on), p.id
  from community.talk_promise p join community.talk t on t.id = p.talk_id where p.state = 'kept' and t.other is not null
union all
  select t.community_id, t.other, t.starter, true, 'promise', coalesce(t.held_on, t.touched_on), p.id
  from municipal.talk_promise p join municipal.talk t on t.id = p.talk_id where p.state = 'kept' and t.other is not null
union all
  select m.community_id, c.person_id, n.person_id, false, 'promise', (m.starts_at at time zone k.time_zone)::date, c.id
  from community.commitment c join community.meeting m on m.id = c.meeting_id join community.community k on k.id = m.community_id
    join community.whom_a_name_means n on n.community_id = m.community_id and n.name = lower(btrim(c.to_whom))
  where c.state = 'kept' and c.person_id is not null and n.person_id <> c.person_id
union all
  -- One brought the other: as the door list has it, or by the invitation that the other came with. Once for each meeting.
  select brought.community_id, brought.one, brought.two, false, 'brought', brought.on_date, brought.meeting_id from (
    select m.community_id, n.person_id as one, a.person_id as two, (m.starts_at at time zone k.time_zone)::date as on_date, m.id as meeting_id
    from community.arrival a join community.meeting m on m.id = a.meeting_id join community.community k on k.id = m.community_id
      join community.whom_a_name_means n on n.community_id = m.community_id and n.name = lower(btrim(a.bringer))
    where a.person_id is not null and a.brought_by = 'neighbour' and n.person_id <> a.person_id
    union
    select m.community_id, i.person_id, c.person_id, (m.starts_at at time zone k.time_zone)::date, m.id
    from community.coming c join community.invitation i on i.id = c.invitation_id join community.meeting m on m.id = c.meeting_id
      join community.community k on k.id = m.community_id
    where c.person_id is not null and i.person_id is not null and i.person_id <> c.person_id and m.phase <> 'planned'
  ) brought
union all
  -- They carried an evening together.
  select distinct m.community_id, least(x.person_id, y.person_id), greatest(x.person_id, y.person_id), false, 'team',
    (m.starts_at at time zone k.time_zone)::date, m.id
  from community.meeting m join community.community k on k.id = m.community_id
    join community.meeting_role r on r.meeting_id = m.id and not r.municipal
    join community.whom_a_name_means x on x.community_id = m.community_id and x.name = lower(btrim(r.name))
    join community.meeting_role s on s.meeting_id = m.id and not s.municipal and s.role > r.role
    join community.whom_a_name_means y on y.community_id = m.community_id and y.name = lower(btrim(s.name))
  where m.phase <> 'planned' and x.person_id <> y.person_id
union all
  -- The same with an employee who works with the place. Only with the neighbours whose part is public, host and facilitator: what an employee may
  -- see of this tie they could see before.
  select distinct m.community_id, x.person_id, e.account_id, true, 'team', (m.starts_at at time zone k.time_zone)::date, m.id
  from community.meeting m join community.community k on k.id = m.community_id
    join community.meeting_role r on r.meeting_id = m.id and not r.municipal and r.role in ('host', 'facilitator')
    join community.whom_a_name_means x on x.community_id = m.community_id and x.name = lower(btrim(r.name))
    join community.meeting_role s on s.meeting_id = m.id and s.municipal
    join access.employee_community e on e.community_id = m.community_id
    join access.account a on a.id = e.account_id and a.name = btrim(s.name)
  where m.phase <> 'planned';
grant select on community.whom_a_name_means, community.tie_source to oplive_system;

-- May the one who acts know how a place hangs together? Those who belong there, and those of the municipality who work with it or lead.
create function community.may_see_shape(place uuid) returns boolean language sql stable set search_path = '' as $$
  select current_setting('role', true) = 'oplive_system' or access.belongs(place)
    or (current_setting('role', true) = 'oplive_employee' and access.works_with(place))
    or (current_setting('role', true) = 'oplive_leader' and access.me() is not null)
$$;
grant execute on function community.may_see_shape(uuid) to oplive_system;

-- The day up to which the one who acts sees the shape. Those of the municipality see a quarter that is over: whoever asks again and again, and
-- knows with whom they talked in between, learns nothing from what has changed.
create function community.shape_day(at date) returns date language sql stable set search_path = '' as $$
  select case when current_setting('role', true) in ('oplive_employee', 'oplive_leader')
    then least(at, (date_trunc('quarter', access.clock_now() at time zone 'UTC'))::date - 1) else at end
$$;
grant execute on function community.shape_day(date) to oplive_system;

-- Who is there, and what they have left out, as one mark: another mark means that somebody has gone, come or chosen since. Of nobody that could be found.
create function community.tie_mark(place uuid) returns text language sql stable security definer set search_path = '' as $$
  select case when community.may_see_shape(place) then
    (select count(*) || '.' || coalesce(sum(hashtextextended(p.id::text, 0)), 0) from community.person p where p.community_id = place and p.merged_into is null)
    || '.' || (select count(*) || '.' || coalesce(sum(hashtextextended(c.id || c.choice, 0)), 0)
      from community.tie_choice c join community.person p on p.id = c.person_id where p.community_id = place) end
$$;
alter function community.tie_mark owner to oplive_system;
grant execute on function community.tie_mark to oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_system;

-- How a place hangs together on a day, without a name of a neighbour: people are numbers by the lot, thrown anew at each call. What happened in
-- the twelve months before, weighed by its kind and halved every `half_life` days, without the ties that one of the two has left out. The weights
-- stand in src/ties/tie.ts and are brought along.
--   people   how many there are, also those without a tie
--   ties     for each tie 13 bytes: two int4 (who, who), float4 (weight), and 1 where one of the two has hidden it
--   staff    the numbers of the employees, and beside them their names, as they are called at work
--   me       the number of the one who acts, or null
--   mark     as tie_mark says it, of the same moment
-- In one pass, by hashing: a place of 20,000 people would otherwise be sorted three times, on disk.
create function community.ties_in(place uuid, at date, kinds text[], weights float8[], half_life integer)
returns table (on_day date, people integer, ties bytea, staff integer[], staff_names text[], me integer, mark text)
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' set enable_mergejoin = off set enable_nestloop = off set jit = off as $$
declare
  day date := community.shape_day(at);
begin
  -- A stranger is answered nothing, as where nothing is.
  if not community.may_see_shape(place) then return; end if;
  return query
    with node as materialized (
      select e.id, e.staff, (row_number() over (order by random()) - 1)::integer as n from (
        select p.id, false as staff from community.person p where p.community_id = place and p.merged_into is null
        union all
        (select c.account_id, true from access.employee_community c where c.community_id = place
          union select t.starter, true from municipal.talk t where t.community_id = place)
      ) e
    ), chosen as materialized (
      select least(x.n, y.n) as a, greatest(x.n, y.n) as b, bool_or(c.choice = 'removed') as removed
      from community.tie_choice c join node x on x.id = c.person_id join node y on y.id = coalesce(c.other_person, c.other_account)
      group by 1, 2
    ), weighed as (
      select least(x.n, y.n) as a, greatest(x.n, y.n) as b, sum(k.weight * power(0.5::float8, (day - s.on_date)::float8 / half_life)) as weight
      from community.tie_source s join unnest(kinds, weights) as k (kind, weight) on k.kind = s.kind
        join node x on x.id = s.one join node y on y.id = s.two
      where s.community_id = place and s.on_date <= day and s.on_date > (day - interval '12 months')::date
      group by 1, 2
    )
    select day, (select count(*)::integer from node),
      coalesce((select string_agg(int4send(w.a) || int4send(w.b) || float4send(w.weight::float4)
          || case when c.a is null then '\x00'::bytea else '\x01'::bytea end, '')
        from weighed w left join chosen c on c.a = w.a and c.b = w.b where not coalesce(c.removed, false)), ''),
      coalesce((select array_agg(n.n order by n.n) from node n where n.staff), '{}'),
      coalesce((select array_agg(coalesce(a.name, '') order by n.n) from node n left join access.account a on a.id = n.id where n.staff), '{}'),
      (select n.n from node n left join community.person p on p.id = n.id where access.me() in (p.account_id, case when n.staff then n.id end) limit 1),
      community.tie_mark(place);
end $$;
alter function community.ties_in owner to oplive_system;
grant execute on function community.ties_in to oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_system;

-- Of those who did something here in the last six months: how many there are, and how many have said in that time that their ties are right.
create function community.ties_complete(place uuid, at date) returns table (active integer, confirmed integer)
language plpgsql stable security definer set search_path = '' as $$
declare
  day date := community.shape_day(at);
begin
  -- A stranger is answered nothing, as where nothing is.
  if not community.may_see_shape(place) then return; end if;
  return query
    select count(*)::integer, (count(*) filter (where c.confirmed_on > (day - interval '6 months')::date and c.confirmed_on <= day))::integer
    from community.person p left join community.tie_confirmed c on c.person_id = p.id
    where p.community_id = place and p.merged_into is null and p.joined_on <= day and p.active_on > (day - interval '6 months')::date;
end $$;
alter function community.ties_complete owner to oplive_system;
grant execute on function community.ties_complete to oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_system;

-- ------------------------------------------------------------------------------------------------------------------ one's own ties

-- Who the one who acts is in a place: a person there, or the account of an employee who works with it. Null for nobody.
create function community.self_in(place uuid) returns uuid language sql stable set search_path = '' as $$
  select case when current_setting('role', true) = 'oplive_employee' then (select access.me() where access.works_with(place))
    else (select p.id from community.person p where p.community_id = place and p.account_id = access.me() and p.merged_into is null) end
$$;
grant execute on function community.self_in(uuid) to oplive_system;

-- Each thing that ties the one who acts to somebody, in the last twelve months, with what the two have chosen about it: `mine` (hidden, removed)
-- and nothing of the other's. What the other has hidden or left out is not here at all.
create function community.my_tie_sources(place uuid, at date)
returns table (other uuid, other_name text, staff boolean, mine text, kind text, on_date date)
language sql stable security definer set search_path = '' as $$
  with me as materialized (select community.self_in(place) as id), met as (
    -- An employee's account stands in `two` alone.
    select case when s.one = me.id then s.two else s.one end as other, s.staff and s.one = me.id as to_staff, s.kind, s.on_date, me.id as me
    from me join community.tie_source s on s.one = me.id or s.two = me.id
    where s.community_id = place and s.on_date <= at and s.on_date > (at - interval '12 months')::date
  )
  select m.other, coalesce(a.name, p.name), m.to_staff, c.choice, m.kind, m.on_date
  from met m left join community.person p on not m.to_staff and p.id = m.other left join access.account a on m.to_staff and a.id = m.other
    left join community.tie_choice c on c.person_id = m.me and (c.other_person = m.other or c.other_account = m.other)
  where not exists (select from community.tie_choice t where t.person_id = m.other and (t.other_person = m.me or t.other_account = m.me))
  order by 2, 1, m.on_date desc
$$;
alter function community.my_tie_sources owner to oplive_system;
grant execute on function community.my_tie_sources to oplive_resident, oplive_host, oplive_employee;

-- Hides a tie of one's own, or leaves it out, until one takes that back. Answers whether there was such a tie: for a stranger and for nobody alike it is no.
create function community.choose_tie(place uuid, other uuid, how text, at date) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := (select p.id from community.person p where p.community_id = place and p.account_id = access.me() and p.merged_into is null);
  of_staff boolean;
begin
  select s.staff into of_staff from community.my_tie_sources(place, at) s where s.other = choose_tie.other limit 1;
  if me is null or of_staff is null then return false; end if;
  insert into community.tie_choice as c (person_id, other_person, other_account, choice, chosen_on)
    values (me, case when not of_staff then choose_tie.other end, case when of_staff then choose_tie.other end, how, at)
    on conflict (person_id, other_person, other_account) do update set choice = excluded.choice, chosen_on = excluded.chosen_on;
  return true;
end $$;
alter function community.choose_tie owner to oplive_system;
grant execute on function community.choose_tie to oplive_resident, oplive_host;

-- The same for somebody without an account, who says so on paper or aloud to a key holder. Answers whether exactly one of the place, or of the
-- employees who work with it, is called that; never whether there is a tie: a key holder learns of nobody's ties by writing down a wish.
create function community.choose_tie_for(person uuid, other_name text, how text, at date) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  place uuid := (select p.community_id from community.person p where p.id = person and p.account_id is null and p.merged_into is null and access.keeps(p.community_id));
  meant uuid[];
  of_staff boolean;
begin
  if place is null then raise exception 'only for somebody without an account, by a key holder' using errcode = '42501'; end if;
  select array_agg(f.id), bool_or(f.staff) into meant, of_staff from (
    select n.person_id as id, false as staff from community.whom_a_name_means n
      where n.community_id = place and n.name = lower(btrim(other_name)) and n.person_id <> person
    union all
    select a.id, true from access.employee_community e join access.account a on a.id = e.account_id
      where e.community_id = place and lower(btrim(a.name)) = lower(btrim(other_name))
  ) f;
  if coalesce(cardinality(meant), 0) <> 1 then return false; end if;
  delete from community.tie_choice c where c.person_id = person and coalesce(c.other_person, c.other_account) = meant[1];
  if how <> 'back' then
    insert into community.tie_choice (person_id, other_person, other_account, choice, chosen_on)
      values (person, case when not of_staff then meant[1] end, case when of_staff then meant[1] end, how, at);
  end if;
  return true;
end $$;
alter function community.choose_tie_for owner to oplive_system;
grant execute on function community.choose_tie_for to oplive_keyholder;

-- Whom the one who acts could introduce to whom: two of their own circle who have both chosen to be found on the contact list and to be asked
-- about something, and who have no tie that both let be seen. Only what both have made visible to their neighbours is in it.
create function community.could_meet(place uuid, at date, circle uuid[])
returns table (one uuid, one_about text, two uuid, two_about text)
language sql stable security definer set search_path = '' as $$
  with found as materialized (
    select p.id, f.asked_about from community.person p join community.profile f on f.person_id = p.id
    where p.community_id = place and p.merged_into is null and f.asked_about is not null
      and coalesce(community.known_here(place), false)
      and p.id in (select s.other from community.my_tie_sources(place, at) s where s.other = any (circle))
      and (select count(distinct c.purpose) from community.consent c
        where c.person_id = p.id and c.purpose in ('contactList', 'askMe') and c.withdrawn_at is null) = 2
    limit 60
  ), tied as materialized (
    select s.one, s.two from community.tie_source s
    where s.community_id = place and not s.staff and s.on_date <= at and s.on_date > (at - interval '12 months')::date
      and s.one in (select id from found) and s.two in (select id from found)
      and not exists (select from community.tie_choice c where (c.person_id, c.other_person) in ((s.one, s.two), (s.two, s.one)))
  )
  select x.id, x.asked_about, y.id, y.asked_about from found x join found y on x.id < y.id
  where not exists (select from tied t where (t.one, t.two) in ((x.id, y.id), (y.id, x.id)))
$$;
alter function community.could_meet owner to oplive_system;
grant execute on function community.could_meet to oplive_resident, oplive_host;

revoke create on schema community from oplive_system;
