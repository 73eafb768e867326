-- Talks of two: planned, held, and the note that both have agreed to. And what the municipality carries, for a time, that residents carried.
--
-- A talk between residents lies in the community's room, an employee's in the municipality's. In both, the two of it see it and nobody else:
-- no host, no key holder, no other employee, no leader, no officer. Nobody is written down by being asked: `other` is set by their own yes, or
-- when a neighbour whom one may know of here is asked through Oplive. There is no column for what one thinks of the other.
grant create on schema community, municipal to oplive_system; -- taken back at the end of this file

-- Is this person the one who acts?
create function community.is_me(person uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from community.person p where p.id = person and p.account_id = access.me())
$$;
alter function community.is_me owner to oplive_system;
grant execute on function community.is_me(uuid) to oplive_resident, oplive_host, oplive_system;

do $$
declare
  room text;
  starts text;
  who text;
begin
  foreach room in array array['community', 'municipal'] loop
    -- Who asks for the talk: a neighbour as the person they are in the place, an employee by their account at work.
    starts := case room when 'community' then 'community.person' else 'access.account' end;
    who := case room when 'community' then 'community.is_me(starter)' else 'starter = access.me()' end;
    execute format($t$
      create table %1$I.talk (
        id uuid primary key,
        community_id uuid not null references community.community on delete cascade,
        starter uuid not null references %2$s on delete cascade,
        -- Null until the other has said yes as somebody of the place.
        other uuid references community.person on delete cascade,
        -- What the other is called, in their own letters, when they are no person here: told with their yes.
        other_name text check (length(other_name) between 1 and 60),
        -- Who wanted it.
        wanted_by text not null default 'starter' check (wanted_by in ('starter', 'other')),
        kind text not null check (kind in ('recruitment', 'maintenance', 'escalation')),
        medium text not null check (medium in ('walk', 'home', 'public', 'telephone', 'elsewhere')),
        -- Said in advance: why we meet, and whether there will be a question.
        purpose text not null check (length(purpose) between 3 and 280),
        spot text check (length(spot) between 1 and 80),
        planned_on date,
        planned_time time,
        answer text not null default 'waiting' check (answer in ('waiting', 'yes', 'not_now', 'no')),
        held_on date,
        minutes text check (minutes in ('under30', 'to45', 'to60', 'over60')),
        thanked_on date,
        -- The last day on which one of the two did something with it, or they met again.
        touched_on date not null,
        rev integer not null default 1,
        check (other is null or other_name is null),
        check (held_on is not null or (minutes is null and thanked_on is null))
      )$t$, room, starts);
    execute format('create index on %I.talk (starter)', room);
    execute format('create index on %I.talk (other)', room);
    execute format('create index on %I.talk (community_id)', room);

    execute format($t$
      create table %1$I.agreed_note (
        talk_id uuid primary key references %1$I.talk on delete cascade,
        community_id uuid not null references community.community on delete cascade,
        starter uuid not null references %2$s on delete cascade,
        other uuid references community.person on delete cascade,
        -- Invariant 14: no row without both of them.
        starter_yes_at timestamptz not null,
        other_yes_at timestamptz not null,
        way text not null check (way in ('two_phones', 'one_phone', 'slip')),
        -- On whose telephone both said yes, when it was one.
        phone_of text check (phone_of in ('starter', 'other')),
        -- SHA-256 of what both said yes to.
        content_hash bytea not null check (length(content_hash) = 32),
        themes text[] not null check (cardinality(themes) <= 5),
        own_words text check (length(own_words) between 1 and 280),
        outcome text not null check (outcome in ('commitment', 'meet_again', 'not_now', 'no')),
        next_on date,
        rev integer not null default 1,
        check ((phone_of is not null) = (way = 'one_phone'))
      )$t$, room, starts);
    execute format('create index on %I.agreed_note (starter)', room);
    execute format('create index on %I.agreed_note (other)', room);

    execute format($t$
      create table %1$I.talk_promise (
        id uuid primary key,
        talk_id uuid not null references %1$I.talk on delete cascade,
        community_id uuid not null references community.community on delete cascade,
        starter uuid not null references %2$s on delete cascade,
        other uuid references community.person on delete cascade,
        promised_by text not null check (promised_by in ('starter', 'other')),
        what text not null check (length(what) between 1 and 140),
        by_when date,
        -- made · kept · renegotiated · released. Never late.
        state text not null default 'made' check (state in ('made', 'kept', 'renegotiated', 'released')),
        rev integer not null default 1
      )$t$, room, starts);
    execute format('create index on %I.talk_promise (talk_id)', room);
    execute format('create index on %I.talk_promise (starter)', room);
    execute format('create index on %I.talk_promise (other)', room);

    execute format($t$
      create table %1$I.unapproved_note (
        talk_id uuid primary key references %1$I.talk on delete cascade,
        -- Whose turn it is not: the one of the two who has said yes to this wording.
        yes_by text not null check (yes_by in ('starter', 'other')),
        -- Of the secret in the link, which only the two have. From it comes the key of the box: what stands here cannot be read from here.
        secret_hash bytea not null unique check (length(secret_hash) = 32),
        box bytea not null check (length(box) <= 8000),
        expires_at timestamptz not null
      )$t$, room);
    execute format('create index on %I.unapproved_note (expires_at)', room);

    execute format('alter table %I.talk enable row level security', room);
    execute format('alter table %I.agreed_note enable row level security', room);
    execute format('alter table %I.talk_promise enable row level security', room);
    execute format('alter table %I.unapproved_note enable row level security', room);

    execute format('grant select on %1$I.talk, %1$I.agreed_note, %1$I.talk_promise to oplive_resident, oplive_host', room);
    execute format('grant update (state, by_when, rev) on %I.talk_promise to oplive_resident, oplive_host', room);
    execute format('grant delete on %I.agreed_note to oplive_resident, oplive_host', room);
    execute format('grant select, insert, update, delete on %1$I.talk, %1$I.agreed_note, %1$I.talk_promise, %1$I.unapproved_note to oplive_system', room);

    -- The two of a talk see it, and nobody else.
    execute format('create policy the_two on %I.talk for select to oplive_resident, oplive_host using (%s)', room,
      case room when 'community' then 'community.is_me(starter) or community.is_me(other)' else 'community.is_me(other)' end);
    -- The two see what they have agreed to, at once, and each may take the note away.
    execute format('create policy the_two on %I.agreed_note for select to oplive_resident, oplive_host using (%s)', room,
      case room when 'community' then 'community.is_me(starter) or community.is_me(other)' else 'community.is_me(other)' end);
    execute format('create policy the_two_take_away on %I.agreed_note for delete to oplive_resident, oplive_host using (%s)', room,
      case room when 'community' then 'community.is_me(starter) or community.is_me(other)' else 'community.is_me(other)' end);
    -- What they promised each other they both see, and each may tell how it went.
    execute format('create policy the_two on %I.talk_promise for select to oplive_resident, oplive_host using (%s)', room,
      case room when 'community' then 'community.is_me(starter) or community.is_me(other)' else 'community.is_me(other)' end);
    execute format('create policy the_two_tell on %1$I.talk_promise for update to oplive_resident, oplive_host using (%2$s) with check (%2$s)', room,
      case room when 'community' then 'community.is_me(starter) or community.is_me(other)' else 'community.is_me(other)' end);
    -- The system hears the yes of the other, keeps what both have agreed to, and forgets.
    execute format('create policy life on %I.talk for all to oplive_system using (true) with check (true)', room);
    execute format('create policy life on %I.agreed_note for all to oplive_system using (true) with check (true)', room);
    execute format('create policy life on %I.talk_promise for all to oplive_system using (true) with check (true)', room);
    -- Nobody reads a sealed wording but the program, and it only with the secret that one of the two brings.
    execute format('create policy sealed on %I.unapproved_note for all to oplive_system using (true) with check (true)', room);
  end loop;
end $$;

alter table community.talk add check (starter <> other);

grant insert (id, community_id, starter, other, wanted_by, kind, medium, purpose, spot, planned_on, planned_time, touched_on) on community.talk
  to oplive_resident, oplive_host;
grant update (kind, medium, purpose, spot, planned_on, planned_time, held_on, minutes, thanked_on, touched_on, rev) on community.talk to oplive_resident, oplive_host;
grant delete on community.talk to oplive_resident, oplive_host;
-- One asks in one's own name, and through Oplive only a neighbour whom one may know of here.
create policy ask_for on community.talk for insert to oplive_resident, oplive_host with check (community.is_me(starter)
  and exists (select from community.person p where p.id = starter and p.community_id = talk.community_id)
  and (other is null or other in (select n.id from community.neighbours_known(talk.community_id) n)));
-- Both may move the plan and say that it was held.
create policy the_two_change on community.talk for update to oplive_resident, oplive_host
  using (community.is_me(starter) or community.is_me(other)) with check (community.is_me(starter) or community.is_me(other));
-- Each of the two may take it away.
create policy the_two_take_away on community.talk for delete to oplive_resident, oplive_host using (community.is_me(starter) or community.is_me(other));

grant select, delete on municipal.talk, municipal.agreed_note to oplive_employee;
grant select on municipal.talk_promise to oplive_employee;
grant insert (id, community_id, starter, wanted_by, kind, medium, purpose, spot, planned_on, planned_time, touched_on) on municipal.talk to oplive_employee;
grant update (kind, medium, purpose, spot, planned_on, planned_time, held_on, minutes, thanked_on, touched_on, rev) on municipal.talk to oplive_employee;
grant update (state, by_when, rev) on municipal.talk_promise to oplive_employee;
-- An employee sees their own talks: not those of a colleague.
create policy own on municipal.talk for select to oplive_employee using (starter = access.me());
-- They ask in their own name, in a place they work with, and cannot write who the other is: the other says so.
create policy ask_for on municipal.talk for insert to oplive_employee with check (starter = access.me() and access.works_with(community_id));
create policy own_change on municipal.talk for update to oplive_employee using (starter = access.me()) with check (starter = access.me());
-- A talk that was not held may be taken away.
create policy own_take_away on municipal.talk for delete to oplive_employee using (starter = access.me() and held_on is null);
create policy own on municipal.agreed_note for select to oplive_employee using (starter = access.me());
create policy own_take_away on municipal.agreed_note for delete to oplive_employee using (starter = access.me());
create policy own on municipal.talk_promise for select to oplive_employee using (starter = access.me());
create policy own_tell on municipal.talk_promise for update to oplive_employee using (starter = access.me()) with check (starter = access.me());

-- What the two of each talk of the one who acts are called: nobody else's name is told.
create function community.talk_names() returns table (talk uuid, starter text, other text) language sql stable security definer set search_path = '' as $$
  select t.id, s.name, coalesce(o.name, t.other_name) from community.talk t join community.person s on s.id = t.starter
    left join community.person o on o.id = t.other
  where s.account_id = access.me() or o.account_id = access.me()
  union all
  select t.id, s.name, coalesce(o.name, t.other_name) from municipal.talk t join access.account s on s.id = t.starter
    left join community.person o on o.id = t.other
  where t.starter = access.me() or o.account_id = access.me()
$$;
alter function community.talk_names owner to oplive_system;
grant execute on function community.talk_names() to oplive_resident, oplive_host, oplive_employee;

-- ------------------------------------------------------------------------------------------------------------------ the rhythm

create table community.talk_rhythm (
  person_id uuid primary key references community.person on delete cascade,
  talks integer not null check (talks between 1 and 20),
  every text not null check (every in ('week', 'month'))
);
comment on table community.talk_rhythm is 'How many talks somebody wants to have, by their own word. Only they see it, and nobody counts after them.';
alter table community.talk_rhythm enable row level security;
grant select, insert, update, delete on community.talk_rhythm to oplive_resident, oplive_host, oplive_system;
-- One's own, and nobody else's.
create policy own on community.talk_rhythm for all to oplive_resident, oplive_host using (community.is_me(person_id)) with check (community.is_me(person_id));
create policy life on community.talk_rhythm for all to oplive_system using (true) with check (true);

create table municipal.talk_rhythm (
  account_id uuid primary key references access.account on delete cascade,
  talks integer not null check (talks between 1 and 20),
  every text not null check (every in ('week', 'month'))
);
comment on table municipal.talk_rhythm is 'How many talks an employee wants to have. Only they see it: no leader does.';
alter table municipal.talk_rhythm enable row level security;
grant select, insert, update, delete on municipal.talk_rhythm to oplive_employee;
grant select, delete on municipal.talk_rhythm to oplive_system;
-- One's own, and nobody else's.
create policy own on municipal.talk_rhythm for all to oplive_employee using (account_id = access.me()) with check (account_id = access.me());
create policy life on municipal.talk_rhythm for all to oplive_system using (true) with check (true);

-- ----------------------------------------------------------------------------------------------------------------- the balance

create table municipal.step (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  -- What is to be done or carried. No person stands in it.
  what text not null check (length(what) between 3 and 140),
  made_on date not null,
  -- The last day somebody else took it, or it was done.
  moved_on date not null,
  done_on date
);
comment on table municipal.step is 'A next step or a task in a place, and who carries it: residents, a group, or the municipality for a time. The place sees it.';
create index on municipal.step (community_id);
create table municipal.step_owner (
  step_id uuid not null references municipal.step on delete cascade,
  n integer not null check (n > 0),
  since date not null,
  owner text not null check (owner in ('resident', 'team', 'municipality')),
  -- The two questions when the municipality takes over: who used to carry it, and what it takes to give it back.
  carried_before text check (carried_before in ('resident', 'team', 'nobody')),
  give_back text check (length(give_back) between 3 and 280),
  primary key (step_id, n),
  check (owner = 'municipality' or (carried_before is null and give_back is null)),
  check (owner <> 'municipality' or carried_before is not null),
  check (carried_before is null or carried_before = 'nobody' or give_back is not null)
);
comment on table municipal.step_owner is 'Who has carried a step, one after the other. Nothing of it is changed: it is the log of the balance.';
alter table municipal.step enable row level security;
alter table municipal.step_owner enable row level security;
grant select on municipal.step, municipal.step_owner to oplive_resident, oplive_host, oplive_employee, oplive_leader;
grant insert on municipal.step, municipal.step_owner to oplive_employee;
grant update (moved_on, done_on) on municipal.step to oplive_employee;
grant select, insert, update, delete on municipal.step, municipal.step_owner to oplive_system;
-- Those of the place see who carries what there; so do the employees who work with it, and the leaders.
create policy the_place_sees on municipal.step for select to oplive_resident, oplive_host using (access.belongs(community_id));
create policy at_work on municipal.step for select to oplive_employee using (access.works_with(community_id));
create policy leaders_see on municipal.step for select to oplive_leader using (true);
create policy write_down on municipal.step for insert to oplive_employee with check (access.works_with(community_id));
create policy move_on on municipal.step for update to oplive_employee using (access.works_with(community_id)) with check (access.works_with(community_id));
create policy life on municipal.step for all to oplive_system using (true) with check (true);
-- Whoever sees a step sees who has carried it.
create policy with_its_step on municipal.step_owner for select to oplive_resident, oplive_host, oplive_employee, oplive_leader
  using (exists (select from municipal.step s where s.id = step_id));
create policy write_down on municipal.step_owner for insert to oplive_employee
  with check (exists (select from municipal.step s where s.id = step_id and access.works_with(s.community_id)));
create policy life on municipal.step_owner for all to oplive_system using (true) with check (true);

create table municipal.legitimacy_check (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  account_id uuid not null references access.account on delete cascade,
  -- What the municipality is about to promise.
  promise text not null check (length(promise) between 3 and 280),
  -- The six questions, in the order they are asked.
  equal text not null check (equal in ('yes', 'no', 'unsure')),
  interest text not null check (interest in ('yes', 'no', 'unsure')),
  mandate text not null check (mandate in ('yes', 'no', 'unsure')),
  authority text not null check (authority in ('yes', 'no', 'unsure')),
  election text not null check (election in ('yes', 'no', 'unsure')),
  keepable text not null check (keepable in ('yes', 'no', 'unsure')),
  note text check (length(note) between 1 and 280),
  checked_on date not null
);
comment on table municipal.legitimacy_check is 'Six questions before the municipality promises something, and a short note for the leader. Nobody of the place stands in it.';
create index on municipal.legitimacy_check (community_id);
create index on municipal.legitimacy_check (account_id);
alter table municipal.legitimacy_check enable row level security;
grant select on municipal.legitimacy_check to oplive_employee, oplive_leader;
grant insert, delete on municipal.legitimacy_check to oplive_employee;
grant select, insert, delete on municipal.legitimacy_check to oplive_system;
-- The employee's own, and their leader's to read.
create policy own on municipal.legitimacy_check for select to oplive_employee using (account_id = access.me());
create policy leaders_read on municipal.legitimacy_check for select to oplive_leader using (true);
create policy ask_oneself on municipal.legitimacy_check for insert to oplive_employee with check (account_id = access.me() and access.works_with(community_id));
create policy own_take_away on municipal.legitimacy_check for delete to oplive_employee using (account_id = access.me());
create policy life on municipal.legitimacy_check for all to oplive_system using (true) with check (true);

comment on table community.talk is 'A talk between two residents: planned, held, and when they met last. The two see it, and nobody else.';
comment on table community.agreed_note is 'What two residents have agreed to write down of a talk: themes, own words, outcome, when again. Never without the yes of both.';
comment on table community.talk_promise is 'What two residents promised each other in a talk.';
comment on table community.unapproved_note is 'A wording that one of two has said yes to, sealed with a secret that only the two have, for a day.';
comment on table municipal.talk is 'A talk between an employee and a resident. The two see it: no colleague, no leader.';
comment on table municipal.agreed_note is 'What an employee and a resident have agreed to write down. Nothing of it that the resident does not see.';
comment on table municipal.talk_promise is 'What an employee and a resident promised each other in a talk.';
comment on table municipal.unapproved_note is 'A wording that one of the two has said yes to, sealed with a secret that only the two have, for a day.';

comment on policy the_two on community.talk is 'The two of a talk see it, and nobody else.';
comment on policy the_two on community.agreed_note is 'The two see what they have agreed to, at once.';
comment on policy the_two_take_away on community.agreed_note is 'Each of the two may take the note away.';
comment on policy the_two on community.talk_promise is 'What they promised each other they both see.';
comment on policy the_two_tell on community.talk_promise is 'Each of the two may tell how it went.';
comment on policy the_two on municipal.talk is 'The two of a talk see it, and nobody else.';
comment on policy the_two on municipal.agreed_note is 'The two see what they have agreed to, at once.';
comment on policy the_two_take_away on municipal.agreed_note is 'Each of the two may take the note away.';
comment on policy the_two on municipal.talk_promise is 'What they promised each other they both see.';
comment on policy the_two_tell on municipal.talk_promise is 'Each of the two may tell how it went.';

revoke create on schema community, municipal from oplive_system;
