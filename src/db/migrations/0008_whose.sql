-- Whose a room is: keys that change hands by two persons, trust that makes a key holder, and the day the municipality hands the room over.
-- Deeds with keys take turns on the row of the room's controller, and each rule below rests on that lock or on a constraint.
grant create on schema community, access to oplive_system; -- taken back at the end of this file

-- ------------------------------------------------------------------------------------------------------------------- the keys

-- They hosted before they got the key: that is left to them when it is given up.
alter table access.community_role add column hosted boolean not null default false;
grant update (hosted) on access.community_role to oplive_system;

create table community.key_change (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  -- Named by an employee as one of the first; somebody else's key goes over; by the trust of members; or when nobody can.
  how text not null check (how in ('named', 'transfer', 'trust', 'inherit')),
  from_person uuid references community.person on delete cascade,
  to_person uuid not null references community.person on delete cascade check (to_person <> from_person),
  -- Which neighbour proposed it; null when the municipality or a rule did.
  by_person uuid references community.person on delete cascade,
  asked_at timestamptz not null,
  -- Who inherits is asked until then; after that the next.
  until timestamptz,
  said_yes_at timestamptz,
  state text not null default 'open' check (state in ('open', 'done', 'declined', 'withdrawn', 'lapsed')),
  ended_at timestamptz,
  check ((state = 'open') = (ended_at is null)),
  check ((how = 'transfer') = (from_person is not null)),
  check ((how = 'inherit') = (until is not null)),
  check (state <> 'done' or said_yes_at is not null)
);
comment on table community.key_change is 'A key that somebody is asked to take: by whom, and whether they said yes. Members see it; it happens by their own yes alone.';
-- Nobody is asked twice at once, a key goes to one, and one inherits.
create unique index one_question_to_each on community.key_change (community_id, to_person) where state = 'open';
create unique index a_key_goes_to_one on community.key_change (from_person) where state = 'open';
create unique index one_inherits on community.key_change (community_id) where state = 'open' and how = 'inherit';
create index on community.key_change (to_person);
create index on community.key_change (by_person);

create table community.key_approval (
  change_id uuid not null references community.key_change on delete cascade,
  person_id uuid not null references community.person on delete cascade,
  at timestamptz not null,
  primary key (change_id, person_id)
);
comment on table community.key_approval is 'Who, besides the one who proposed it, agrees that a key goes over. Each once.';
create index on community.key_approval (person_id);

create table community.key_event (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  what text not null check (what in ('named', 'transferred', 'trusted', 'inherited', 'given_up', 'asked', 'handed_over', 'rule', 'taken_out')),
  person_id uuid references community.person on delete set null,
  from_person uuid references community.person on delete set null,
  association_id uuid references community.association on delete set null,
  at timestamptz not null
);
comment on table community.key_event is 'What has happened to the keys and the room of a place. Added to, never changed; a name goes with its person. Shown to members as a notice for thirty days.';
create index on community.key_event (community_id, at);
create index on community.key_event (person_id);
create index on community.key_event (from_person);

create table community.key_rule (
  community_id uuid primary key references community.community on delete cascade,
  trusts integer not null check (trusts between 1 and 50),
  days integer not null check (days between 0 and 730),
  changed_on date not null
);
comment on table community.key_rule is 'How many members must trust somebody, who has been there for how many days, before they are asked to take a key. Without a row: 3 and 30.';

create table community.trust (
  from_person uuid not null references community.person on delete cascade,
  to_person uuid not null references community.person on delete cascade check (to_person <> from_person),
  since date not null,
  primary key (from_person, to_person)
);
comment on table community.trust is 'Somebody trusts a neighbour with a key. Only the one who says it reads it; the other sees how many.';
create index on community.trust (to_person);

alter table community.key_change enable row level security;
alter table community.key_approval enable row level security;
alter table community.key_event enable row level security;
alter table community.key_rule enable row level security;
alter table community.trust enable row level security;
grant select on community.key_change, community.key_approval, community.key_event to oplive_resident, oplive_host, oplive_system;
grant insert, update (said_yes_at, state, ended_at), delete on community.key_change to oplive_system;
grant insert on community.key_approval, community.key_event to oplive_system;
grant select on community.key_rule to oplive_guest, oplive_resident, oplive_host, oplive_municipal, oplive_system;
grant insert, update (trusts, days, changed_on) on community.key_rule to oplive_keyholder, oplive_system;
grant select, delete on community.trust to oplive_resident, oplive_host, oplive_system;
grant insert on community.trust to oplive_system;
-- Who gets a key concerns everybody who belongs: it is done in the open.
create policy members_see on community.key_change for select to oplive_resident, oplive_host using (access.belongs(community_id));
create policy members_see on community.key_approval for select to oplive_resident, oplive_host
  using (exists (select from community.key_change k where k.id = change_id and access.belongs(k.community_id)));
create policy members_see on community.key_event for select to oplive_resident, oplive_host using (access.belongs(community_id));
-- The rule of a place is public, and its key holders set it.
create policy public_face on community.key_rule for select using (true);
create policy key_holders_set on community.key_rule for insert to oplive_keyholder with check (access.keeps(community_id));
create policy key_holders_change on community.key_rule for update to oplive_keyholder using (access.keeps(community_id)) with check (access.keeps(community_id));
-- One sees and takes back the trust one has given; nobody else sees it, not even the one who is trusted.
create policy own on community.trust for select to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = from_person and p.account_id = access.me()));
create policy own_back on community.trust for delete to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = from_person and p.account_id = access.me()));
-- Keys change hands one after the other, as the system, after it has asked who may.
create policy in_turn on community.key_change for all to oplive_system using (true) with check (true);
create policy in_turn on community.key_approval for all to oplive_system using (true) with check (true);
create policy told on community.key_event for all to oplive_system using (true) with check (true);
create policy set_up on community.key_rule for all to oplive_system using (true) with check (true);
create policy given on community.trust for all to oplive_system using (true) with check (true);

-- ------------------------------------------------------------------------------------------------------------- the hand-over

create table community.hand_over (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  association_id uuid not null references community.association on delete cascade,
  -- The day on which it happens, if two key holders have said yes by then; otherwise when the second says it.
  on_date date not null,
  by_municipality boolean not null,
  by_account uuid references access.account on delete set null,
  proposed_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'done', 'withdrawn', 'declined')),
  ended_at timestamptz,
  -- How many key holders had said yes when it happened: their names go with them, the number stays.
  signed integer check (signed >= 2),
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'done') = (signed is not null))
);
comment on table community.hand_over is 'That a room is to be handed over to an association, or has been. Public.';
create unique index one_hand_over_at_a_time on community.hand_over (community_id) where state = 'open';
create index on community.hand_over (association_id);
create index on community.hand_over (by_account);

create table community.hand_over_yes (
  hand_over_id uuid not null references community.hand_over on delete cascade,
  person_id uuid not null references community.person on delete cascade,
  at timestamptz not null,
  primary key (hand_over_id, person_id)
);
comment on table community.hand_over_yes is 'Which key holders have said yes to taking the room over: each once, as themselves.';
create index on community.hand_over_yes (person_id);

alter table community.hand_over enable row level security;
alter table community.hand_over_yes enable row level security;
grant select (id, community_id, association_id, on_date, by_municipality, proposed_at, state, ended_at, signed) on community.hand_over
  to oplive_guest, oplive_resident, oplive_host, oplive_municipal;
grant select, insert, update (state, ended_at, signed) on community.hand_over to oplive_system;
grant select on community.hand_over_yes to oplive_resident, oplive_host, oplive_system;
grant insert, delete on community.hand_over_yes to oplive_system;
-- Whose a room is to be, everybody may know.
create policy public_face on community.hand_over for select using (true);
create policy in_turn on community.hand_over for all to oplive_system using (true) with check (true);
-- Who said yes for the place, those who belong to it may know.
create policy members_see on community.hand_over_yes for select to oplive_resident, oplive_host
  using (exists (select from community.hand_over h where h.id = hand_over_id and access.belongs(h.community_id)));
create policy in_turn on community.hand_over_yes for all to oplive_system using (true) with check (true);

-- How many have said yes to a hand-over and still hold a key: a key that was taken meanwhile takes its yes along.
create function community.yes_that_counts(hand_over uuid) returns integer language sql stable security definer set search_path = '' as $$
  select count(*)::integer from community.hand_over_yes y
    join community.hand_over h on h.id = y.hand_over_id
    join community.person p on p.id = y.person_id and p.merged_into is null
    join access.community_role r on r.account_id = p.account_id and r.community_id = h.community_id and r.role = 'keyholder'
  where y.hand_over_id = hand_over
$$;
alter function community.yes_that_counts owner to oplive_system;
grant execute on function community.yes_that_counts(uuid) to oplive_guest, oplive_resident, oplive_host, oplive_municipal, oplive_system;

-- The hand-over of this room whose moment has come: its day has begun where the place lies, and two key holders stand by their yes.
create function community.hand_over_due(community uuid) returns uuid language sql stable security definer set search_path = '' as $$
  select h.id from community.hand_over h join community.community c on c.id = h.community_id
  where h.community_id = community and h.state = 'open'
    and h.on_date <= (access.clock_now() at time zone c.time_zone)::date and community.yes_that_counts(h.id) >= 2
$$;
alter function community.hand_over_due owner to oplive_system;
grant execute on function community.hand_over_due(uuid) to oplive_guest, oplive_resident, oplive_host, oplive_municipal, oplive_system;

-- Is the municipality still the interim controller? Not from the moment the hand-over is due, also if nobody has written it down yet.
create or replace function community.is_interim(community uuid) returns boolean language sql stable
  return exists (select from community.controller c where c.community_id = community and c.kind = 'municipality')
    and community.hand_over_due(community) is null;

-- The controller changes by a hand-over that is due, and by nothing else; and never to an association of the municipality's own.
create function community.only_handed_over() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.kind <> 'association' or not exists (
    select from community.hand_over h join community.association a on a.id = h.association_id
    where h.id = community.hand_over_due(new.community_id) and h.association_id = new.association_id
      and a.community_id = new.community_id and not a.municipal)
  then raise exception 'a room is handed over by two key holders, to an association of the place' using errcode = '42501';
  end if;
  return new;
end $$;
alter function community.only_handed_over owner to oplive_system;
grant execute on function community.only_handed_over() to oplive_system;
create trigger handed_over before update on community.controller for each row execute function community.only_handed_over();

-- ------------------------------------------------------------------------------------------------------- who may know what

-- The names that belong to the keys of a place, and who holds one: for those who belong there.
create function community.key_people(community uuid) returns table (id uuid, name text, holds boolean)
language sql stable security definer set search_path = '' as $$
  select p.id, p.name, r.role is not null from community.person p
    left join access.community_role r on r.account_id = p.account_id and r.community_id = p.community_id and r.role = 'keyholder'
  where p.community_id = community and p.merged_into is null and access.belongs(community) and (
    r.role is not null
    or exists (select from community.key_change k where p.id in (k.to_person, k.from_person, k.by_person))
    or exists (select from community.key_approval a where a.person_id = p.id)
    or exists (select from community.hand_over_yes y where y.person_id = p.id)
    or exists (select from community.key_event e where p.id in (e.person_id, e.from_person)))
  order by p.search
$$;
alter function community.key_people owner to oplive_system;
grant execute on function community.key_people(uuid) to oplive_resident, oplive_host;

-- How many keys a room has, and how many are asked whether they want one: a number that everybody may know.
create function community.keys_counted(community uuid) returns table (held integer, asked integer)
language sql stable security definer set search_path = '' as $$
  select (select count(*)::integer from access.community_role r where r.community_id = community and r.role = 'keyholder'),
    (select count(*)::integer from community.key_change k where k.community_id = community and k.state = 'open' and k.how = 'named')
$$;
alter function community.keys_counted owner to oplive_system;
grant execute on function community.keys_counted(uuid) to oplive_guest, oplive_resident, oplive_host, oplive_municipal, oplive_system;

-- A look by name compares sounds as the system: what an extension brings is nobody's until it is granted.
grant execute on function public.word_similarity_commutator_op(text, text) to oplive_system;

-- How often the municipality has looked in here, month by month: everybody may know that it did, and not at whom.
create function community.looks_counted(community uuid) returns table (month date, looks integer)
language sql stable security definer set search_path = '' as $$
  select date_trunc('month', l.at)::date, count(*)::integer from community.look l where l.community_id = community group by 1 order by 1 desc
$$;
alter function community.looks_counted owner to oplive_system;
grant execute on function community.looks_counted(uuid) to oplive_guest, oplive_resident, oplive_host, oplive_municipal;

-- How many trust the one who asks, in this place. Nobody is told about anybody else.
create function community.trust_in_me(community uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select count(*)::integer from community.trust t join community.person p on p.id = t.to_person
  where p.community_id = community and p.account_id = access.me()
$$;
alter function community.trust_in_me owner to oplive_system;
grant execute on function community.trust_in_me(uuid) to oplive_resident, oplive_host;

-- Whom one can know of in a place: who stands on the contact list, is in a group with one, or holds a key. To say whom one trusts.
create function community.neighbours_known(community uuid) returns table (id uuid, name text)
language sql stable security definer set search_path = '' as $$
  with me as (select p.id from community.person p where p.community_id = community and p.account_id = access.me())
  select p.id, p.name from community.person p
  where p.community_id = community and p.merged_into is null and p.account_id is not null and exists (select from me) and p.id not in (select me.id from me) and (
    exists (select from community.consent c where c.person_id = p.id and c.purpose = 'contactList' and c.withdrawn_at is null)
    or exists (select from access.community_role r where r.account_id = p.account_id and r.community_id = community and r.role = 'keyholder')
    or exists (select from community.membership theirs join community.membership mine on mine.association_id = theirs.association_id
      where theirs.person_id = p.id and mine.person_id in (select me.id from me) and theirs.said_yes_at is not null and mine.said_yes_at is not null))
  order by p.search, p.id limit 500
$$;
alter function community.neighbours_known owner to oplive_system;
grant execute on function community.neighbours_known(uuid) to oplive_resident, oplive_host;

-- Who is in a group: for those who are in it themselves, and for key holders. The name, and whether they have said yes.
create function community.in_group(association uuid) returns table (id uuid, name text, said_yes boolean, paper boolean)
language sql stable security definer set search_path = '' as $$
  select p.id, p.name, m.said_yes_at is not null, p.account_id is null
  from community.membership m join community.person p on p.id = m.person_id join community.association a on a.id = m.association_id
  where m.association_id = association and p.merged_into is null and (access.keeps(a.community_id) or (m.said_yes_at is not null and exists (
    select from community.membership mine join community.person me on me.id = mine.person_id
    where mine.association_id = association and mine.said_yes_at is not null and me.account_id = access.me())))
  order by p.search, p.id
$$;
alter function community.in_group owner to oplive_system;
grant execute on function community.in_group(uuid) to oplive_resident, oplive_host;

-- -------------------------------------------------------------------------------------------------------- rights that are gone

-- Says that somebody's rights have changed: whoever keeps a page open for them asks again. The payload is an account, or `room`.
create function access.rights_changed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_notify('oplive_rights', case tg_argv[0] when 'room' then 'room' else to_jsonb(old) ->> tg_argv[0] end);
  return null;
end $$;
alter function access.rights_changed owner to oplive_system;
create trigger rights after update of role or delete on access.community_role for each row execute function access.rights_changed('account_id');
create trigger rights after delete on access.session for each row execute function access.rights_changed('account_id');
create trigger rights after delete on access.employee_community for each row execute function access.rights_changed('account_id');
create trigger rights after update of municipal_role, ended_at or delete on access.account for each row execute function access.rights_changed('id');
create trigger rights after update on community.controller for each row execute function access.rights_changed('room');

revoke create on schema community, access from oplive_system;
