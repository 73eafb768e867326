-- Ledervejen: what somebody calls themselves by their own yes, and what it is read off.
--
-- Where somebody stands is kept nowhere: it is read off door lists, promises and roles each time they ask. Kept is only their own yes, one row for
-- each step, and whether they rest from it. No role but they themselves reads it: no host, no key holder, nobody of the municipality. A no is not kept.
grant create on schema community to oplive_system; -- taken back at the end of this file

create table community.path_step (
  person_id uuid not null references community.person on delete cascade,
  -- 1 participant, 2 contributor, 3 inviter, 4 host, 5 leader, 6 leader of leaders. Everybody is a neighbour without a row.
  stage smallint not null check (stage between 1 and 6),
  said_on date not null,
  -- The last day on which they said that it is still so.
  stands_on date not null,
  -- They pause, or take a smaller part: the yes stays, and counts nowhere meanwhile.
  resting_since date,
  -- Those who are there for them may know it: said with the yes, and taken back with it.
  coach_may_know boolean not null default false,
  primary key (person_id, stage),
  check (stands_on >= said_on)
);
comment on table community.path_step is 'What somebody calls themselves on the leaders'' way, by their own yes. Only they see it, and may rest from it or take it back any day.';
alter table community.path_step enable row level security;
grant select, insert, update (said_on, stands_on, resting_since, coach_may_know), delete on community.path_step to oplive_resident, oplive_host;
grant select, insert, update (person_id), delete on community.path_step to oplive_system;
-- One's own, and nobody else's.
create policy own on community.path_step for all to oplive_resident, oplive_host using (community.is_me(person_id)) with check (community.is_me(person_id));
-- The system counts at the end of a quarter, moves a place, merges two entries of one person and forgets.
create policy life on community.path_step for all to oplive_system using (true) with check (true);

create table community.path_quarter (
  community_id uuid not null references community.community on delete cascade,
  -- The first day of the quarter.
  quarter date not null check (extract(day from quarter) = 1 and extract(month from quarter) in (1, 4, 7, 10)),
  -- How many call themselves inviter, host or more: a multiple of five, rounded down; null for fewer than five.
  takes_on integer check (takes_on >= 5 and takes_on % 5 = 0),
  -- Whether half of the new ones or more are of ages that were few among those before them; null where too few have said how old they are.
  others text check (others in ('half', 'less')),
  -- How mixed their ages are, in three words; null where too few have said it.
  blend text check (blend in ('alike', 'some', 'mixed')),
  primary key (community_id, quarter)
);
comment on table community.path_quarter is 'What a place sees of its leaders at the end of a quarter: a rounded count and two words. Written once, never reckoned again.';
alter table community.path_quarter enable row level security;
grant select on community.path_quarter to oplive_resident, oplive_host;
grant select, insert on community.path_quarter to oplive_system;
-- Those who live there read it; the municipality does not.
create policy the_place_reads on community.path_quarter for select to oplive_resident, oplive_host using (access.belongs(community_id));
-- The program reckons it at the end of a quarter.
create policy reckoned on community.path_quarter for all to oplive_system using (true) with check (true);

-- ----------------------------------------------------------------------------------------------------------- what is read off

-- What the lists of a place say that somebody has done, with its day and what it rests on: door lists, promises, roles. By their entry, or by a
-- name that is theirs alone here. In a role two may stand together: »Freja og Poul«.
create function community.path_acts_of(person uuid) returns table (kind text, on_date date, base text, about text)
language sql stable set search_path = '' as $$
  with me as (
    select p.id, p.community_id from community.person p where p.id = path_acts_of.person
  ), called as (
    select n.name from community.whom_a_name_means n join me on me.community_id = n.community_id and me.id = n.person_id
  ), held as materialized (
    select m.id, (m.starts_at at time zone k.time_zone)::date as day, m.purpose
    from me join community.community k on k.id = me.community_id join community.meeting m on m.community_id = k.id where m.phase <> 'planned'
  )
  select 'came', h.day, 'door', h.purpose from held h join community.arrival a on a.meeting_id = h.id left join community.person o on o.id = a.person_id
    where coalesce(o.merged_into, o.id) = path_acts_of.person or (a.person_id is null and lower(btrim(a.name)) in (select c.name from called c))
  union
  select 'kept', h.day, 'promise', c.what from held h join community.commitment c on c.meeting_id = h.id left join community.person o on o.id = c.person_id
    where c.state = 'kept'
      and (coalesce(o.merged_into, o.id) = path_acts_of.person or (c.person_id is null and lower(btrim(c.name)) in (select c.name from called c)))
  union
  -- Whoever had a part in an evening was there.
  select case when r.role in ('host', 'facilitator') then 'hosted' else 'came' end, h.day, 'role', h.purpose from held h join community.meeting_role r on r.meeting_id = h.id
    where not r.municipal
      and exists (select from called c where c.name = any (regexp_split_to_array(lower(btrim(r.name)), '\s*[,&+]\s*|\s+(?:og|and)\s+')))
$$;
grant execute on function community.path_acts_of(uuid) to oplive_system;

-- Has this person kept something they promised, at a meeting or in a talk?
create function community.keeps_promises(person uuid) returns boolean language sql stable set search_path = '' as $$
  select exists (select from community.path_acts_of(keeps_promises.person) a where a.kind = 'kept')
    or exists (select from community.talk t join community.talk_promise p on p.talk_id = t.id and p.state = 'kept'
      where keeps_promises.person = case p.promised_by when 'starter' then t.starter else t.other end)
    or exists (select from municipal.talk t join municipal.talk_promise p on p.talk_id = t.id and p.state = 'kept' and p.promised_by = 'other'
      where t.other = keeps_promises.person)
$$;
grant execute on function community.keeps_promises(uuid) to oplive_system;

-- The acts of the one who acts, in a place where they are somebody: the lists, and promises of talks that they gave and kept. Whom they brought
-- is read off community.brought_in beside this. Of those who lean on them: that they have kept something (not what, nor when: the day is the one
-- the two began), and that they call themselves leader, if they let it be known.
create function community.my_path_acts(place uuid) returns table (kind text, on_date date, base text, about text, whom uuid)
language sql stable security definer set search_path = '' as $$
  with me as materialized (
    select p.id from community.person p where p.community_id = place and p.account_id = access.me() and p.merged_into is null
  )
  select a.kind, a.on_date, a.base, a.about, null::uuid from me, community.path_acts_of(me.id) a
  union all
  select 'kept', coalesce(t.held_on, t.touched_on), 'talk', p.what, null from me join community.talk t on me.id in (t.starter, t.other)
    join community.talk_promise p on p.talk_id = t.id and p.state = 'kept' and me.id = case p.promised_by when 'starter' then t.starter else t.other end
    where t.community_id = place
  union all
  select 'kept', coalesce(t.held_on, t.touched_on), 'talk', p.what, null from me join municipal.talk t on t.other = me.id
    join municipal.talk_promise p on p.talk_id = t.id and p.state = 'kept' and p.promised_by = 'other'
    where t.community_id = place
  union all
  select 'coached', c.since, 'coaching', null, c.coachee from me join community.coaching c on c.coach = me.id and c.ended_on is null
    where c.community_id = place and community.keeps_promises(c.coachee)
  union all
  select 'raised', min(s.said_on), 'coaching', null, c.coachee from me join community.coaching c on c.coach = me.id
    join community.path_step s on s.person_id = c.coachee and s.stage >= 5 and s.coach_may_know and s.resting_since is null
    where c.community_id = place group by c.coachee
$$;
alter function community.my_path_acts owner to oplive_system;
grant execute on function community.my_path_acts to oplive_resident, oplive_host;

-- The same for somebody without an account, to be printed for them by a key holder: only what stands on the lists that key holders keep.
create function community.path_acts_for(person uuid) returns table (kind text, on_date date, base text, about text)
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
  where lower(btrim(a.bringer)) in (select n.name from community.whom_a_name_means n where n.community_id = k.id and n.person_id = them.id)
    or upper(translate(a.bringer, ' -', '')) in (select o.code from community.own_card o where o.person_id = them.id)
$$;
alter function community.path_acts_for owner to oplive_system;
grant execute on function community.path_acts_for to oplive_keyholder;

-- Writes down what somebody without an account has said on paper or aloud. The key holder reads none of it afterwards.
create function community.path_step_for(person uuid, stage_ integer, at date) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from community.person p where p.id = path_step_for.person and p.account_id is null and p.merged_into is null and access.keeps(p.community_id)) then
    raise exception 'only for somebody without an account, by a key holder' using errcode = '42501';
  end if;
  -- Whatever stood there before is theirs to change: what they call themselves now is what they say now.
  delete from community.path_step s where s.person_id = path_step_for.person and s.stage >= stage_;
  if stage_ > 0 then
    insert into community.path_step (person_id, stage, said_on, stands_on) values (path_step_for.person, stage_, at, at);
  end if;
end $$;
alter function community.path_step_for owner to oplive_system;
grant execute on function community.path_step_for to oplive_keyholder;

-- --------------------------------------------------------------------------------------------------------- numbers about a place

-- How many called themselves leader or more at the end of a day and did not rest from it; how many of them say how old they are, and of how many ages they are.
create function community.path_leaders(place uuid, at date) returns table (leaders integer, said integer, bands integer)
language sql stable set search_path = '' as $$
  select count(*)::integer, count(f.age_band)::integer, count(distinct f.age_band)::integer
  from community.person p left join community.profile f on f.person_id = p.id
  where p.community_id = place and p.merged_into is null and exists (select from community.path_step s
    where s.person_id = p.id and s.stage >= 5 and s.said_on <= at and coalesce(s.resting_since > at, true))
$$;
grant execute on function community.path_leaders(uuid, date) to oplive_system;

-- For each age that somebody has said: how many of the place are of it, how many of them had taken something on a year before the day, and how many
-- since. The row without an age is those who have not said it.
create function community.path_ages(place uuid, at date) returns table (age_band text, people integer, earlier integer, since integer)
language sql stable set search_path = '' as $$
  select f.age_band, count(*)::integer, (count(*) filter (where s.first_on <= (at - interval '12 months')::date))::integer,
    (count(*) filter (where s.first_on > (at - interval '12 months')::date))::integer
  from community.person p left join community.profile f on f.person_id = p.id
    left join lateral (select min(s.said_on) as first_on from community.path_step s
      where s.person_id = p.id and s.stage >= 3 and s.said_on <= at and coalesce(s.resting_since > at, true)) s on true
  where p.community_id = place and p.merged_into is null and p.joined_on <= at
  group by f.age_band
$$;
grant execute on function community.path_ages(uuid, date) to oplive_system;

-- The sign »leaders« is counted off the steps from now on; beside it, of how many ages they are. Quarters that are measured stay as they are.
alter table community.withdrawal_quarter drop constraint withdrawal_quarter_criterion_check;
alter table community.withdrawal_quarter add constraint withdrawal_quarter_criterion_check
  check (criterion in ('retention', 'orphans', 'autonomy', 'redundancy', 'leaders', 'neighbours', 'brokerage', 'vote', 'brokerage-share', 'leader-ages'));

revoke create on schema community from oplive_system;
