-- Leaders who do not stand alone: somebody to lean on whom one has chosen oneself, tasks that two carry, and who may be asked to share one.
--
-- Nobody is written down by another: a task is told by whoever carries it, and a second name stands beside it by that one's own yes. Of a no nothing
-- is told: for whoever asked it looks as if nobody had answered. Nobody of the municipality, no host and no key holder reads any of it.
grant create on schema community to oplive_system; -- taken back at the end of this file

-- ---------------------------------------------------------------------------------------------------------- somebody to lean on

create table community.coaching (
  id uuid primary key default gen_random_uuid(),
  community_id uuid not null references community.community on delete cascade,
  -- Whom the other has chosen to lean on, and who has said yes.
  coach uuid not null references community.person on delete cascade,
  coachee uuid not null references community.person on delete cascade,
  since date not null,
  -- Either of the two ends it, any day, without a reason.
  ended_on date,
  -- What the one who leans lets the other see: how they stand with their tasks, and whether they would lose their only contact.
  shows_tasks boolean not null default false,
  shows_contact boolean not null default false,
  check (coach <> coachee),
  check (ended_on >= since),
  check (ended_on is null or not (shows_tasks or shows_contact))
);
comment on table community.coaching is 'Somebody of a place whom a neighbour has chosen to lean on, by the yes of both. The two see it, and nobody else.';
create unique index leans_once on community.coaching (coach, coachee) where ended_on is null;
create index on community.coaching (community_id);
create index on community.coaching (coachee);
alter table community.coaching enable row level security;
grant select, update (ended_on, shows_tasks, shows_contact) on community.coaching to oplive_resident, oplive_host;
grant select, insert, update (coach, coachee, ended_on, shows_tasks, shows_contact), delete on community.coaching to oplive_system;
-- The two see it, and nobody else in any role.
create policy the_two on community.coaching for select to oplive_resident, oplive_host using (community.is_me(coach) or community.is_me(coachee));
-- Whoever leans says what the other may see, and ends it.
create policy who_leans on community.coaching for update to oplive_resident, oplive_host
  using (ended_on is null and community.is_me(coachee)) with check (community.is_me(coachee));
-- Whoever is leant on ends it, and with it what they were shown; they cannot show themselves more.
create policy who_is_leant_on on community.coaching for update to oplive_resident, oplive_host
  using (ended_on is null and community.is_me(coach)) with check (community.is_me(coach) and ended_on is not null);
-- The system hears the yes, moves a place, merges two entries of one person and forgets.
create policy life on community.coaching for all to oplive_system using (true) with check (true);

-- ------------------------------------------------------------------------------------------------------------ tasks and their carriers

create table community.carried_task (
  id uuid primary key default gen_random_uuid(),
  community_id uuid not null references community.community on delete cascade,
  -- The same for all who share it: there is no task without somebody who carries it.
  task uuid not null,
  kind text not null check (kind in ('convene', 'chair', 'welcome', 'record', 'keys', 'contact', 'own')),
  -- What the task is called, in the words of the first who told of it.
  own_words text check (length(own_words) between 1 and 60),
  person_id uuid not null references community.person on delete cascade,
  since date not null,
  ended_on date,
  -- By their own tap, or from a slip that they have signed.
  medium text not null check (medium in ('tap', 'paper')),
  check ((kind = 'own') = (own_words is not null)),
  check (ended_on >= since)
);
comment on table community.carried_task is 'A standing task of a place, and who has said that they carry it. Whoever shares it sees it; the place sees how many tasks two carry.';
create unique index carries_once on community.carried_task (task, person_id) where ended_on is null;
create index on community.carried_task (community_id);
create index on community.carried_task (person_id);
alter table community.carried_task enable row level security;
grant select, delete on community.carried_task to oplive_resident, oplive_host;
grant select, insert, update (person_id, ended_on), delete on community.carried_task to oplive_system;
-- One sees what one has said of oneself, and may take it away. With whom one shares is told by my_tasks.
create policy own on community.carried_task for select to oplive_resident, oplive_host using (community.is_me(person_id));
create policy own_away on community.carried_task for delete to oplive_resident, oplive_host using (community.is_me(person_id));
-- The system writes down what somebody says of themselves, counts, moves a place, merges and forgets.
create policy life on community.carried_task for all to oplive_system using (true) with check (true);

-- ------------------------------------------------------------------------------------------------------------ a question to a neighbour

create table community.asked_along (
  id uuid primary key default gen_random_uuid(),
  community_id uuid not null references community.community on delete cascade,
  asker uuid not null references community.person on delete cascade,
  asked uuid not null references community.person on delete cascade,
  -- The task to share. Null: to be somebody to lean on.
  task uuid,
  asked_on date not null,
  said_no boolean not null default false,
  check (asker <> asked),
  unique nulls not distinct (asker, asked, task)
);
comment on table community.asked_along is 'A neighbour who was asked to share a task, or to be somebody to lean on. Gone with a yes, and after sixty days; that somebody said no is told to nobody.';
create index on community.asked_along (asked);
create index on community.asked_along (community_id);
alter table community.asked_along enable row level security;
grant select (id, community_id, asker, asked, task, asked_on), delete on community.asked_along to oplive_resident, oplive_host;
grant select, insert, update (asker, asked, said_no), delete on community.asked_along to oplive_system;
-- Whoever asked sees that they did, and takes it back. Whether the other has said no is in a column that nobody reads.
create policy own on community.asked_along for select to oplive_resident, oplive_host using (community.is_me(asker));
create policy taken_back on community.asked_along for delete to oplive_resident, oplive_host using (community.is_me(asker));
-- The system asks, hears the answer and forgets.
create policy life on community.asked_along for all to oplive_system using (true) with check (true);

-- ------------------------------------------------------------------------------------------------------------ who may be asked to share

-- To be asked to share a task is a yes of its own.
alter table community.consent drop constraint consent_purpose_check;
alter table community.consent add constraint consent_purpose_check
  check (purpose in ('contactList', 'askMe', 'photo', 'letters', 'treeName', 'shareTask'));

create table community.helper_mark (
  id uuid primary key default gen_random_uuid(),
  by_person uuid not null references community.person on delete cascade,
  about uuid not null references community.person on delete cascade,
  made_on date not null,
  check (by_person <> about),
  unique (by_person, about)
);
comment on table community.helper_mark is 'That a neighbour has helped, said of somebody who lets themselves be asked. Both see it and can take it away; it is counted on no page.';
create index on community.helper_mark (about);
alter table community.helper_mark enable row level security;
grant select, delete on community.helper_mark to oplive_resident, oplive_host;
grant select, insert, update (by_person, about), delete on community.helper_mark to oplive_system;
-- Whoever said it and whom it is about see it, and each may take it away.
create policy the_two on community.helper_mark for select to oplive_resident, oplive_host using (community.is_me(by_person) or community.is_me(about));
create policy the_two_away on community.helper_mark for delete to oplive_resident, oplive_host using (community.is_me(by_person) or community.is_me(about));
-- The system writes it down when whom it is about lets themselves be asked, moves a place, merges and forgets.
create policy life on community.helper_mark for all to oplive_system using (true) with check (true);

-- Has this person said that they may be asked to share a task?
create function community.may_be_asked(person uuid) returns boolean language sql stable set search_path = '' as $$
  select exists (select from community.consent c where c.person_id = person and c.purpose = 'shareTask' and c.withdrawn_at is null)
$$;
grant execute on function community.may_be_asked(uuid) to oplive_system;

-- Those who may be asked, for a neighbour who is known here: by name, in no other order. `marked`: the one who acts has said that they helped.
create function community.open_to_share(place uuid) returns table (id uuid, name text, marked boolean)
language sql stable security definer set search_path = '' as $$
  select p.id, p.name, exists (select from community.helper_mark h where h.about = p.id and community.is_me(h.by_person))
  from community.person p
  where p.community_id = place and p.merged_into is null and coalesce(community.known_here(place), false)
    and p.account_id is distinct from access.me() and community.may_be_asked(p.id)
  order by p.name collate "da-x-icu", p.id limit 500
$$;
alter function community.open_to_share owner to oplive_system;
grant execute on function community.open_to_share to oplive_resident, oplive_host;

-- Three of them: those whom most have said that they helped. By name; how many said so is told to nobody, them included. Without those the one who
-- acts shares a task with, or has asked. `paper`: has no way in, and is asked with a slip.
create function community.could_share(place uuid) returns table (id uuid, name text, paper boolean)
language sql stable security definer set search_path = '' as $$
  select three.id, three.name, three.paper from (
    select p.id, p.name, p.account_id is null as paper from community.person p
    where p.community_id = place and p.merged_into is null and coalesce(community.known_here(place), false)
      and p.account_id is distinct from access.me() and community.may_be_asked(p.id)
      and not exists (select from community.asked_along a where a.asked = p.id and a.task is not null and community.is_me(a.asker))
      and not exists (select from community.carried_task m join community.carried_task t on t.task = m.task
        where m.ended_on is null and t.ended_on is null and community.is_me(m.person_id) and t.person_id = p.id)
    order by (select count(*) from community.helper_mark h where h.about = p.id) desc, p.id limit 3
  ) three order by three.name collate "da-x-icu", three.id
$$;
alter function community.could_share owner to oplive_system;
grant execute on function community.could_share to oplive_resident, oplive_host;

-- Says that a neighbour has helped, once. Answers whether they are one who may be asked: of others it is no.
create function community.mark_helper(who uuid, on_day date) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  place uuid := (select p.community_id from community.person p where p.id = who and p.merged_into is null and community.may_be_asked(p.id));
  me uuid := (select p.id from community.person p where p.community_id = place and p.account_id = access.me() and p.merged_into is null);
begin
  if me is null or me = who or not coalesce(community.known_here(place), false) then return false; end if;
  insert into community.helper_mark (by_person, about, made_on) values (me, who, on_day) on conflict (by_person, about) do nothing;
  return true;
end $$;
alter function community.mark_helper owner to oplive_system;
grant execute on function community.mark_helper to oplive_resident, oplive_host;

-- What was said of the one who acts, by whom; and nothing of how many said it of others.
create function community.my_marks(place uuid) returns table (id uuid, name text)
language sql stable security definer set search_path = '' as $$
  select h.id, b.name from community.helper_mark h join community.person p on p.id = h.about join community.person b on b.id = h.by_person
  where p.community_id = place and p.account_id = access.me() order by b.name collate "da-x-icu", h.id
$$;
alter function community.my_marks owner to oplive_system;
grant execute on function community.my_marks to oplive_resident, oplive_host;

-- --------------------------------------------------------------------------------------------------------------------- deeds

-- The person that the one who acts is in a place, or null.
create function community.me_in(place uuid) returns uuid language sql stable set search_path = '' as $$
  select p.id from community.person p where p.community_id = place and p.account_id = access.me() and p.merged_into is null
    and current_setting('role', true) not in ('oplive_employee', 'oplive_leader', 'oplive_officer', 'oplive_operator')
$$;
grant execute on function community.me_in(uuid) to oplive_system;

-- Says that one carries a task. Answers whether it is new: one is not the same task twice.
create function community.carry_task(place uuid, what text, words text, on_day date) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := community.me_in(place);
begin
  if me is null then return null; end if;
  -- One at a time, so that two taps are one.
  perform 1 from community.person p where p.id = me for update;
  if exists (select from community.carried_task t where t.person_id = me and t.ended_on is null and t.kind = what
      and lower(btrim(t.own_words)) is not distinct from lower(btrim(words))) then return false; end if;
  if (select count(*) from community.carried_task t where t.person_id = me and t.ended_on is null) >= 30 then return false; end if;
  insert into community.carried_task (community_id, task, kind, own_words, person_id, since, medium)
    values (place, gen_random_uuid(), what, words, me, on_day, 'tap');
  return true;
end $$;
alter function community.carry_task owner to oplive_system;
grant execute on function community.carry_task to oplive_resident, oplive_host;

-- Lays a task down. What was told the same day was a mistake, and goes. Whoever shares it still carries it.
create function community.lay_down_task(of_task uuid, on_day date) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_ uuid;
begin
  delete from community.carried_task t where t.task = of_task and t.ended_on is null and t.since >= on_day and community.is_me(t.person_id) returning t.id into found_;
  if found_ is null then
    update community.carried_task t set ended_on = on_day where t.task = of_task and t.ended_on is null and community.is_me(t.person_id) returning t.id into found_;
  end if;
  delete from community.asked_along a where a.task = of_task and community.is_me(a.asker);
  return found_ is not null;
end $$;
alter function community.lay_down_task owner to oplive_system;
grant execute on function community.lay_down_task to oplive_resident, oplive_host;

-- The tasks that the one who acts carries or has carried, each with everybody who carried it in that time.
create function community.my_tasks(place uuid)
returns table (task uuid, kind text, own_words text, mine boolean, name text, since date, ended_on date)
language sql stable security definer set search_path = '' as $$
  select distinct o.task, o.kind, o.own_words, community.is_me(o.person_id), p.name, o.since, o.ended_on
  from community.carried_task m join community.carried_task o on o.task = m.task
      and o.since <= coalesce(m.ended_on, 'infinity') and coalesce(o.ended_on, 'infinity') >= m.since
    join community.person p on p.id = o.person_id
  where m.community_id = place and community.is_me(m.person_id)
  order by o.since, o.task, p.name
$$;
alter function community.my_tasks owner to oplive_system;
grant execute on function community.my_tasks to oplive_resident, oplive_host;

-- Asks a neighbour to share a task (or, without one, to be somebody to lean on): one whom one may know of here, or who may be asked. The same
-- question twice is one. Answers whether it could be asked.
create function community.ask_along(place uuid, whom uuid, of_task uuid, on_day date) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := community.me_in(place);
begin
  if me is null or whom = me then return false; end if;
  perform 1 from community.person p where p.id = me for update;
  if not exists (select from community.neighbours_known(place) n where n.id = whom)
    and not (of_task is not null and coalesce(community.known_here(place), false)
      and exists (select from community.person p where p.id = whom and p.community_id = place and p.merged_into is null and p.account_id is not null and community.may_be_asked(p.id)))
  then return false; end if;
  if of_task is not null and not exists (select from community.carried_task t where t.task = of_task and t.person_id = me and t.ended_on is null) then return false; end if;
  if exists (select from community.carried_task t where t.task = of_task and t.person_id = whom and t.ended_on is null)
    or (of_task is null and exists (select from community.coaching c where c.coach = whom and c.coachee = me and c.ended_on is null)) then return false; end if;
  if (select count(*) from community.asked_along a where a.asker = me) >= 20 then return false; end if;
  insert into community.asked_along (community_id, asker, asked, task, asked_on) values (place, me, whom, of_task, on_day)
    on conflict (asker, asked, task) do nothing;
  return true;
end $$;
alter function community.ask_along owner to oplive_system;
grant execute on function community.ask_along to oplive_resident, oplive_host;

-- What the one who acts has asked, and is asked. What they have said no to is not here; that the other has said no is nowhere.
create function community.my_questions(place uuid, on_day date)
returns table (id uuid, mine boolean, name text, task uuid, kind text, own_words text, asked_on date)
language sql stable security definer set search_path = '' as $$
  select a.id, community.is_me(a.asker), p.name, a.task, t.kind, t.own_words, a.asked_on
  from community.asked_along a join community.person p on p.id = case when community.is_me(a.asker) then a.asked else a.asker end
    left join lateral (select c.kind, c.own_words from community.carried_task c where c.task = a.task and c.person_id = a.asker and c.ended_on is null limit 1) t on true
  where a.community_id = place and a.asked_on > on_day - 60 and (a.task is null or t.kind is not null)
    and (community.is_me(a.asker) or (community.is_me(a.asked) and not a.said_no))
  order by a.asked_on, a.id
$$;
alter function community.my_questions owner to oplive_system;
grant execute on function community.my_questions to oplive_resident, oplive_host;

-- Says yes or no, once, for oneself. With a yes to a task one carries it; one's own of the same kind, if nobody shared it, becomes this one.
create function community.answer_along(question uuid, yes boolean, on_day date) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  a community.asked_along;
  t community.carried_task;
begin
  select * into a from community.asked_along q where q.id = question and not q.said_no and q.asked_on > on_day - 60 and community.is_me(q.asked) for update;
  if not found then return false; end if;
  if not yes then
    update community.asked_along q set said_no = true where q.id = question;
    return true;
  end if;
  if a.task is null then
    insert into community.coaching (community_id, coach, coachee, since) values (a.community_id, a.asked, a.asker, on_day) on conflict do nothing;
  else
    select * into t from community.carried_task c where c.task = a.task and c.person_id = a.asker and c.ended_on is null for update;
    if not found then return false; end if;
    if t.kind <> 'own' then
      update community.carried_task c set ended_on = on_day where c.person_id = a.asked and c.kind = t.kind and c.ended_on is null and c.task <> t.task
        and not exists (select from community.carried_task o where o.task = c.task and o.person_id <> c.person_id and o.ended_on is null);
    end if;
    insert into community.carried_task (community_id, task, kind, own_words, person_id, since, medium)
      values (a.community_id, t.task, t.kind, t.own_words, a.asked, on_day, 'tap') on conflict do nothing;
  end if;
  delete from community.asked_along q where q.id = question;
  return true;
end $$;
alter function community.answer_along owner to oplive_system;
grant execute on function community.answer_along to oplive_resident, oplive_host;

-- A slip that two have signed, typed in by a host or key holder of the place. Answers whether exactly one is called each of the names; what else the
-- two carry is not told.
create function community.share_on_paper(place uuid, one text, two text, what text, words text, on_day date) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  first_ uuid := (select n.person_id from community.whom_a_name_means n where n.community_id = place and n.name = lower(btrim(one)));
  second_ uuid := (select n.person_id from community.whom_a_name_means n where n.community_id = place and n.name = lower(btrim(two)));
  of_task uuid;
begin
  if not access.hosts(place) then raise exception 'slips are typed in by hosts and key holders' using errcode = '42501'; end if;
  if first_ is null or second_ is null or first_ = second_ then return false; end if;
  perform 1 from community.person p where p.id in (first_, second_) order by p.id for update;
  select t.task into of_task from community.carried_task t where t.person_id = first_ and t.ended_on is null and t.kind = what
    and lower(btrim(t.own_words)) is not distinct from lower(btrim(words)) order by t.since, t.task limit 1;
  if of_task is null then
    of_task := gen_random_uuid();
    insert into community.carried_task (community_id, task, kind, own_words, person_id, since, medium) values (place, of_task, what, words, first_, on_day, 'paper');
  end if;
  insert into community.carried_task (community_id, task, kind, own_words, person_id, since, medium)
    select place, of_task, t.kind, t.own_words, second_, on_day, 'paper' from community.carried_task t where t.task = of_task and t.person_id = first_ and t.ended_on is null
    on conflict do nothing;
  delete from community.asked_along a where a.task = of_task and a.asker = first_ and a.asked = second_;
  return true;
end $$;
alter function community.share_on_paper owner to oplive_system;
grant execute on function community.share_on_paper to oplive_host;

-- Somebody without an account lays a task down, by a slip or by their word. Answers whether exactly one without an account is called that, not
-- whether they had the task: whoever types it learns nothing.
create function community.lay_down_on_paper(place uuid, one text, what text, words text, on_day date) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  person uuid := (select p.id from community.whom_a_name_means n join community.person p on p.id = n.person_id
    where n.community_id = place and n.name = lower(btrim(one)) and p.account_id is null);
begin
  if not access.hosts(place) then raise exception 'slips are typed in by hosts and key holders' using errcode = '42501'; end if;
  if person is null then return false; end if;
  update community.carried_task t set ended_on = greatest(on_day, t.since) where t.person_id = person and t.ended_on is null and t.kind = what
    and lower(btrim(t.own_words)) is not distinct from lower(btrim(words));
  return true;
end $$;
alter function community.lay_down_on_paper owner to oplive_system;
grant execute on function community.lay_down_on_paper to oplive_host;

-- What one leans on and who leans on one, by name.
create function community.my_coachings(place uuid)
returns table (id uuid, leaning boolean, name text, since date, shows_tasks boolean, shows_contact boolean)
language sql stable security definer set search_path = '' as $$
  select c.id, community.is_me(c.coachee), p.name, c.since, c.shows_tasks, c.shows_contact
  from community.coaching c join community.person p on p.id = case when community.is_me(c.coachee) then c.coach else c.coachee end
  where c.community_id = place and c.ended_on is null and (community.is_me(c.coach) or community.is_me(c.coachee))
  order by c.since, p.name, c.id
$$;
alter function community.my_coachings owner to oplive_system;
grant execute on function community.my_coachings to oplive_resident, oplive_host;

-- --------------------------------------------------------------------------------------------------------- how somebody stands

-- How a person stands with their tasks on a day: what they carry and share now; of six months, the promises they kept, those kept in the whole
-- place, and the new people whom they brought.
create function community.load_of(person uuid, at date)
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
      where a.first_time and a.brought_by = 'neighbour' and a.person_id is distinct from person
        and (m.starts_at at time zone me.time_zone)::date between (at - interval '6 months')::date + 1 and at
        and (exists (select from community.whom_a_name_means n where n.community_id = me.community_id and n.person_id = person and n.name = lower(btrim(a.bringer)))
          or exists (select from community.own_card o where o.person_id = person and o.code = upper(translate(a.bringer, ' -', '')))))
$$;
grant execute on function community.load_of(uuid, date) to oplive_system;

-- Has a person ties on a day, and all of them with employees: whoever would lose their only contact. What one of the two has left out is none.
create function community.only_staff_know(person uuid, at date) returns boolean language sql stable set search_path = '' as $$
  with tied as (
    select s.staff from community.tie_source s join community.person p on p.id = person
    where s.community_id = p.community_id and person in (s.one, s.two) and s.on_date <= at and s.on_date > (at - interval '12 months')::date
      and not exists (select from community.tie_choice c where c.choice = 'removed'
        and ((c.person_id = s.one and (c.other_person = s.two or c.other_account = s.two)) or (c.person_id = s.two and c.other_person = s.one)))
  )
  select coalesce(bool_and(staff), false) from tied
$$;
grant execute on function community.only_staff_know(uuid, date) to oplive_system;

-- How the one who acts stands (`coaching` null), and each who leans on them and lets them see it. Null where it is not shown. Told to nobody else.
create function community.loads_for_me(place uuid, at date)
returns table (coaching uuid, name text, tasks integer, shared integer, sharers integer, kept integer, kept_here integer, brought integer, alone boolean)
language sql stable security definer set search_path = '' as $$
  select null::uuid, p.name, l.*, null::boolean from community.person p cross join lateral community.load_of(p.id, at) l where p.id = community.me_in(place)
  union all
  select c.id, p.name, l.*, case when c.shows_contact then community.only_staff_know(p.id, at) end
  from community.coaching c join community.person p on p.id = c.coachee left join lateral community.load_of(p.id, at) l on c.shows_tasks
  where c.community_id = place and c.coach = community.me_in(place) and c.ended_on is null and (c.shows_tasks or c.shows_contact)
$$;
alter function community.loads_for_me owner to oplive_system;
grant execute on function community.loads_for_me to oplive_resident, oplive_host;

-- --------------------------------------------------------------------------------------------------- what ties are made of, with coaching

-- As in 0030, and one part more: whoever leans on another. As long as it lasts it counts like a talk each quarter, from the day it began.
create or replace view community.tie_source with (security_invoker) as
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
  where m.phase <> 'planned'
union all
  select c.community_id, c.coach, c.coachee, false, 'coaching', q.on_date::date, c.id
  from community.coaching c cross join lateral generate_series(c.since::timestamp,
    least(coalesce(c.ended_on, 'infinity'), (access.clock_now() at time zone 'UTC')::date)::timestamp, interval '3 months') q (on_date);

revoke create on schema community from oplive_system;
