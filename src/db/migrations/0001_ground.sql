-- The ground: who may act, the communities and their meetings, and the sealed exit card.
--
-- Five roles act. Nobody logs in as them: the program's own login takes one of them for each transaction (as-actor.ts).
--   guest     somebody in the hall or on the street, without an account
--   resident  a signed-in neighbour
--   host      a signed-in neighbour who hosts in at least one community
--   employee  somebody of the municipality: a guest in every community's room
--   system    the program itself, always with a stated reason
do $$
declare r text;
begin
  foreach r in array array['guest', 'resident', 'host', 'employee', 'system'] loop
    if not exists (select from pg_roles where rolname = 'oplive_' || r) then
      execute format('create role %I nologin noinherit', 'oplive_' || r);
    end if;
  end loop;
end $$;
-- The one who migrates hands functions over to the system role, and must be a member for that.
grant oplive_system to current_user;

create schema access;
create schema community;
create schema municipal;
grant create on schema community to oplive_system; -- taken back at the end of this file
comment on schema access is 'Who is signed in, and as what.';
comment on schema community is 'Byens rum: what belongs to the residents of a place. The municipality is a guest here.';
comment on schema municipal is 'Kommunens rum: what belongs to the municipality.';
grant usage on schema access, community, municipal to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
-- PostgreSQL lets everybody call a new function. Here nobody may, until it is granted.
alter default privileges revoke execute on functions from public;

-- The account that acts, as as-actor.ts has set it; null for a guest.
create function access.me() returns uuid language sql stable
  return nullif(current_setting('oplive.account', true), '')::uuid;
-- The instant now, as the program's clock says it.
create function access.clock_now() returns timestamptz language sql stable
  return coalesce(nullif(current_setting('oplive.now', true), '')::timestamptz, now());
grant execute on function access.me(), access.clock_now() to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;

-- ---------------------------------------------------------------------------------------------------------------- municipal

create table municipal.municipality (
  singleton boolean primary key default true check (singleton),
  name text not null check (length(name) between 1 and 120),
  time_zone text not null default 'Europe/Copenhagen',
  accessibility_statement text
);
comment on table municipal.municipality is 'The one municipality (or association) that runs this installation.';
alter table municipal.municipality enable row level security;
grant select on municipal.municipality to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert, update on municipal.municipality to oplive_system;
-- Everybody may know which municipality this is.
create policy known_to_all on municipal.municipality for select using (true);
-- Only set-up writes it.
create policy set_up on municipal.municipality for all to oplive_system using (true) with check (true);

-- ------------------------------------------------------------------------------------------------------------------- access

create table access.account (
  id uuid primary key,
  name text not null check (length(name) between 1 and 80),
  municipal_role text check (municipal_role in ('employee', 'leader', 'operator'))
);
comment on table access.account is 'Somebody who can sign in: a display name, and a role in the municipality if they have one. Nothing else is known.';

create table community.community (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'),
  name text not null check (length(name) between 1 and 80),
  residents integer check (residents > 0),
  residents_source text,
  time_zone text not null default 'Europe/Copenhagen',
  presence text not null default 'idea' check (presence in ('idea', 'beside', 'behind', 'on_call', 'out')),
  founded_at timestamptz not null
);
comment on table community.community is 'A local community. It has a withdrawal plan from the moment it exists.';

create table access.community_role (
  account_id uuid not null references access.account on delete cascade,
  community_id uuid not null references community.community on delete cascade,
  role text not null check (role in ('host', 'resident')),
  primary key (account_id, community_id)
);
comment on table access.community_role is 'In which communities an account is a resident, and in which it hosts.';

-- Does the one who acts host this community?
create function access.hosts(community uuid) returns boolean language sql stable
  return exists (select from access.community_role r where r.account_id = access.me() and r.community_id = community and r.role = 'host');
-- Does the one who acts belong to this community, as host or resident?
create function access.belongs(community uuid) returns boolean language sql stable
  return exists (select from access.community_role r where r.account_id = access.me() and r.community_id = community);
grant execute on function access.hosts(uuid), access.belongs(uuid) to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;

alter table access.account enable row level security;
grant select on access.account to oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert on access.account to oplive_system;
-- An account sees itself, and nobody else.
create policy own on access.account for select to oplive_resident, oplive_host, oplive_employee using (id = access.me());
-- The system makes accounts and finds the one that signs in.
create policy sign_in on access.account for all to oplive_system using (true) with check (true);

alter table access.community_role enable row level security;
grant select on access.community_role to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert on access.community_role to oplive_system;
-- Each sees only their own roles.
create policy own on access.community_role for select to oplive_guest, oplive_resident, oplive_host, oplive_employee using (account_id = access.me());
-- The system hands out roles at set-up.
create policy set_up on access.community_role for all to oplive_system using (true) with check (true);

create table access.sign_in_link (
  token_hash bytea primary key check (length(token_hash) = 32),
  account_id uuid not null references access.account on delete cascade,
  expires_at timestamptz not null
);
comment on table access.sign_in_link is 'One-time links, by the hash of their token. A used link is gone.';
alter table access.sign_in_link enable row level security;
grant select, insert, delete on access.sign_in_link to oplive_system;
-- Only the system makes and spends links.
create policy links on access.sign_in_link for all to oplive_system using (true) with check (true);

create table access.session (
  token_hash bytea primary key check (length(token_hash) = 32),
  account_id uuid not null references access.account on delete cascade,
  expires_at timestamptz not null
);
comment on table access.session is 'Who is signed in, by the hash of the token in their cookie.';
alter table access.session enable row level security;
grant select, insert, delete on access.session to oplive_system;
-- Only the system opens, reads and ends sessions.
create policy sessions on access.session for all to oplive_system using (true) with check (true);

-- ---------------------------------------------------------------------------------------------------------------- community

alter table community.community enable row level security;
grant select on community.community to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert on community.community to oplive_employee, oplive_system;
-- A community's name and size are public.
create policy public_face on community.community for select using (true);
-- The municipality may found a community, and so may the system at set-up.
create policy founding on community.community for insert to oplive_employee, oplive_system with check (true);

create table community.definition (
  community_id uuid not null references community.community on delete cascade,
  version integer not null check (version > 0),
  text text not null check (length(text) between 1 and 600),
  authors integer not null check (authors > 0),
  written_at timestamptz not null,
  primary key (community_id, version)
);
comment on table community.definition is 'The community''s own definition of a good community: every version, and how many residents wrote it.';
alter table community.definition enable row level security;
grant select on community.definition to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert on community.definition to oplive_resident, oplive_host, oplive_system;
-- Everybody may read how a place defines itself.
create policy readable on community.definition for select using (true);
-- Only those who belong to the community word its definition; an employee cannot.
create policy own_words on community.definition for insert to oplive_resident, oplive_host with check (access.belongs(community_id));
create policy set_up on community.definition for insert to oplive_system with check (true);

create table community.withdrawal_plan (
  community_id uuid primary key references community.community on delete cascade,
  last_day date not null,
  still_missing text not null check (length(still_missing) between 1 and 600),
  written_at timestamptz not null
);
comment on table community.withdrawal_plan is 'When the municipality means to be gone, and what is still missing. Public. Born with the community.';
alter table community.withdrawal_plan enable row level security;
grant select on community.withdrawal_plan to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert on community.withdrawal_plan to oplive_system;
grant update (last_day, still_missing, written_at) on community.withdrawal_plan to oplive_host, oplive_employee, oplive_system;
-- What is still missing is public.
create policy readable on community.withdrawal_plan for select using (true);
-- The hosts of the community and the municipality may both write the plan: it is an agreement.
create policy hosts_write on community.withdrawal_plan for update to oplive_host using (access.hosts(community_id)) with check (access.hosts(community_id));
create policy municipality_writes on community.withdrawal_plan for update to oplive_employee using (true) with check (true);
create policy birth on community.withdrawal_plan for all to oplive_system using (true) with check (true);

-- Invariant 7: every community has a withdrawal plan from the day it is created.
create function community.plan_withdrawal() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into community.withdrawal_plan (community_id, last_day, still_missing, written_at)
  values (new.id, (new.founded_at + interval '3 years')::date, 'Vi har ikke talt om det endnu.', new.founded_at);
  return null;
end $$;
alter function community.plan_withdrawal owner to oplive_system;
create trigger withdrawal_from_day_one after insert on community.community for each row execute function community.plan_withdrawal();

create table community.meeting (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  -- Six characters that are easy to say on the telephone: no 0/O, no 1/I.
  code text not null unique check (code ~ '^[23456789A-HJ-NP-Z]{6}$'),
  kind text not null check (kind in ('listening', 'dialogue', 'house', 'public', 'training', 'action')),
  purpose text not null check (length(purpose) between 1 and 200),
  place text not null check (length(place) between 1 and 120),
  host_name text not null check (length(host_name) between 1 and 120),
  starts_at timestamptz not null,
  phase text not null default 'planned' check (phase in ('planned', 'open', 'closed')),
  opened_at timestamptz,
  closes_by timestamptz,
  closed_at timestamptz,
  attended integer check (attended between 0 and 20000),
  check ((phase = 'planned') = (opened_at is null)),
  check ((phase = 'planned') = (closes_by is null)),
  check ((phase = 'closed') = (closed_at is not null))
);
comment on table community.meeting is 'A meeting: planned, open (its exit card takes answers), closed.';
create index on community.meeting (community_id, starts_at);
alter table community.meeting enable row level security;
grant select on community.meeting to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert on community.meeting to oplive_host, oplive_system;
grant update (kind, purpose, place, host_name, starts_at, attended) on community.meeting to oplive_host;
grant update on community.meeting to oplive_system;
-- A meeting's time and place are public.
create policy public_face on community.meeting for select using (true);
-- Hosts plan and change meetings of their own community, nobody else's.
create policy hosts_plan on community.meeting for insert to oplive_host with check (access.hosts(community_id) and phase = 'planned');
create policy hosts_change on community.meeting for update to oplive_host using (access.hosts(community_id)) with check (access.hosts(community_id));
-- Opening and closing goes with keys and counting, and is the system's, on behalf of a host or at the deadline.
create policy life on community.meeting for all to oplive_system using (true) with check (true);

-- --------------------------------------------------------------------------------------------------- the sealed exit card
-- Each card is sealed to a public key of the meeting. The private half lies in a file outside the database and every backup,
-- and is destroyed when the cards are counted. What stands in these tables cannot be read from these tables.

create table community.card_round (
  meeting_id uuid not null references community.meeting on delete cascade,
  -- Round 1 is the meeting itself; later rounds gather late cards.
  round integer not null check (round > 0),
  shares_key bytea not null check (length(shares_key) = 32),
  next_key bytea not null check (length(next_key) = 32),
  who_key bytea not null check (length(who_key) = 32),
  -- A round is closed in one transaction and counted in the next: if the counting is cut off and done again, it counts the same cards.
  -- What a cut-off transaction wrote lives on in the write-ahead log, and two counts of different cards could be subtracted.
  closed_at timestamptz,
  counted_at timestamptz,
  primary key (meeting_id, round),
  check (counted_at is null or closed_at is not null)
);
comment on table community.card_round is 'The public keys to which cards are sealed. A round takes cards until it is closed.';
create unique index one_round_takes_cards on community.card_round (meeting_id) where closed_at is null;
alter table community.card_round enable row level security;
grant select on community.card_round to oplive_guest, oplive_system;
grant insert, update, delete on community.card_round to oplive_system;
-- Whoever seals a card needs the public key.
create policy public_keys on community.card_round for select to oplive_guest using (true);
create policy rounds on community.card_round for all to oplive_system using (true) with check (true);

create table community.sealed_card (
  purpose text not null,
  meeting_id uuid not null,
  round integer not null,
  -- A keyed hash of the phone's random token for this meeting and this purpose. The key lies beside the private key.
  tag bytea not null check (length(tag) = 16),
  -- Which correction this is: an older card that arrives late does not replace a newer one. Not a time. 0: sent without a script
  -- that counts, so the last to arrive stands.
  rev integer not null check (rev between 0 and 1000000),
  box bytea not null,
  -- No foreign key: keep_cards alone inserts, and only beside a locked row of card_round. One lock for a batch, not one for a card.
  primary key (purpose, meeting_id, round, tag)
) partition by list (purpose);
create table community.sealed_shares partition of community.sealed_card for values in ('shares');
create table community.sealed_next partition of community.sealed_card for values in ('next');
create table community.sealed_who partition of community.sealed_card for values in ('who');
comment on table community.sealed_card is 'Sealed cards. The three answers, the promise and the number lie in tables of their own, under other keys and other tags.';
do $$
declare t text;
begin
  foreach t in array array['sealed_card', 'sealed_shares', 'sealed_next', 'sealed_who'] loop
    execute format('alter table community.%I enable row level security', t);
    execute format('grant select, insert, update, delete on community.%I to oplive_system', t);
    -- Nobody reads a sealed card but the counting; nobody writes one but community.keep_cards.
    execute format('create policy sealed on community.%I for all to oplive_system using (true) with check (true)', t);
  end loop;
end $$;

create table community.card_receipt (
  meeting_id uuid not null references community.meeting on delete cascade,
  purpose text not null,
  tag bytea not null,
  rev integer not null,
  primary key (meeting_id, purpose, tag)
);
comment on table community.card_receipt is 'Whose card has been counted, by keyed hash: so that a phone that never heard the thanks is not counted twice. Written in the order of the hash, gone with its key after the late days.';
alter table community.card_receipt enable row level security;
grant select, insert, delete on community.card_receipt to oplive_system;
create policy receipts on community.card_receipt for all to oplive_system using (true) with check (true);

-- Keeps a batch of sealed cards of one purpose. Answers one letter for each card, in the order given:
--   k kept (new, corrected, or an older one that a newer has already replaced) · c the round takes no more cards
--   d counted before, nothing new in it · l counted before, and this correction comes too late
create function community.keep_cards(purpose_ text, meetings uuid[], rounds integer[], tags bytea[], revs integer[], boxes bytea[])
returns text language plpgsql security definer set search_path = '' as $$
declare verdict text;
begin
  -- Closing takes the same row for itself: a card is in before the closing, or not at all.
  perform 1 from community.card_round r
    where r.closed_at is null and r.meeting_id = any (meetings)
    order by r.meeting_id for share;
  with given as (
    select g.*, r.meeting_id is not null as takes,
      -- In the first round nothing has been counted yet.
      case when g.round_ > 1 then
        (select c.rev from community.card_receipt c where c.meeting_id = g.meeting and c.purpose = purpose_ and c.tag = g.tag_)
      end as counted_rev
    from unnest(meetings, rounds, tags, revs, boxes) with ordinality as g (meeting, round_, tag_, rev_, box_, place)
    left join community.card_round r on r.meeting_id = g.meeting and r.round = g.round_ and r.closed_at is null
  ), kept as (
    insert into community.sealed_card as s (purpose, meeting_id, round, tag, rev, box)
    select purpose_, meeting, round_, tag_, rev_, box_ from given where takes and counted_rev is null order by place
    on conflict (purpose, meeting_id, round, tag) do update
      set box = excluded.box, rev = greatest(s.rev, excluded.rev)
      where excluded.rev >= s.rev or excluded.rev = 0
  )
  select string_agg(case
      when counted_rev >= rev_ and rev_ > 0 then 'd' when counted_rev is not null then 'l'
      when takes then 'k' else 'c' end, '' order by place)
    into verdict from given;
  return verdict;
end $$;
alter function community.keep_cards owner to oplive_system;
grant execute on function community.keep_cards to oplive_guest;

-- How many phones and paper cards have answered the three questions, as the hall sees it while the card is open.
create function community.answered_so_far(meeting uuid) returns integer language sql stable security definer set search_path = ''
begin atomic
  select count(*)::integer from community.sealed_shares s where s.meeting_id = meeting and s.round = 1;
end;
alter function community.answered_so_far owner to oplive_system;
grant execute on function community.answered_so_far to oplive_guest, oplive_resident, oplive_host, oplive_employee;

create table community.card_count (
  meeting_id uuid not null references community.meeting on delete cascade,
  question text not null check (question in ('INF', 'ABLE', 'COUR', 'NEXT', 'WHO')),
  -- 1-5 for the three questions (strongly agree … do not know); 1 wrote, 2 nothing right now for NEXT; the number itself for WHO.
  answer integer not null check (answer between 0 and 20),
  n integer not null check (n >= 0),
  primary key (meeting_id, question, answer)
);
comment on table community.card_count is 'What was counted, question by question, when enough had answered. Read only by the counting: pages read the frozen results.';
create table community.counted_cards (
  meeting_id uuid primary key references community.meeting on delete cascade,
  cards integer not null check (cards >= 0)
);
comment on table community.counted_cards is 'How many cards were counted: a card may leave a question open.';
alter table community.card_count enable row level security;
alter table community.counted_cards enable row level security;
grant select, insert, update on community.card_count, community.counted_cards to oplive_system;
create policy counting on community.card_count for all to oplive_system using (true) with check (true);
create policy counting on community.counted_cards for all to oplive_system using (true) with check (true);

create table community.next_word (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null references community.meeting on delete cascade,
  text text not null check (length(text) between 1 and 280)
);
comment on table community.next_word is 'What people wrote that they will do now, without any tie to who or when. Kept only when five or more have written.';
create index on community.next_word (meeting_id);
alter table community.next_word enable row level security;
grant select on community.next_word to oplive_host, oplive_system;
grant insert on community.next_word to oplive_system;
-- The hosts read the words of their own meetings.
create policy hosts_read on community.next_word for select to oplive_host using (exists (
  select from community.meeting m where m.id = meeting_id and access.hosts(m.community_id)));
create policy counting on community.next_word for all to oplive_system using (true) with check (true);

create table community.result (
  meeting_id uuid not null references community.meeting on delete cascade,
  version integer not null check (version > 0),
  audience text not null check (audience in ('community', 'municipality')),
  published_at timestamptz not null,
  body jsonb not null,
  primary key (meeting_id, audience, version)
);
comment on table community.result is 'Frozen results, as each audience may see them: what is too small to show is not in them.';
alter table community.result enable row level security;
grant select on community.result to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert on community.result to oplive_system;
-- The result belongs to those who gave it: guests of the meeting, residents and hosts see it at once.
create policy given_back on community.result for select to oplive_guest, oplive_resident, oplive_host using (audience = 'community');
-- The municipality sees it 48 hours later, with its own stricter limits.
create policy after_48_hours on community.result for select to oplive_employee
  using (audience = 'municipality' and published_at <= access.clock_now() - interval '48 hours');
create policy counting on community.result for all to oplive_system using (true) with check (true);
-- A frozen result stays as it was.
create function community.refuse_change() returns trigger language plpgsql as $$
begin raise exception 'a frozen result is not changed'; end $$;
create trigger frozen before update on community.result for each row execute function community.refuse_change();

-- Phones and screens are told when a meeting changes.
create function community.tell_meeting() returns trigger language plpgsql as $$
begin
  perform pg_catalog.pg_notify('oplive_meeting', new.id::text);
  return null;
end $$;
create trigger tell after insert or update on community.meeting for each row execute function community.tell_meeting();
create function community.tell_result() returns trigger language plpgsql as $$
begin
  perform pg_catalog.pg_notify('oplive_meeting', new.meeting_id::text);
  return null;
end $$;
create trigger tell after insert on community.result for each row execute function community.tell_result();
grant execute on function community.tell_meeting(), community.tell_result(), community.refuse_change(), community.plan_withdrawal()
  to oplive_host, oplive_employee, oplive_system;

revoke create on schema community from oplive_system;

-- The queue of later work is the system's own; pg-boss lays its tables there.
create schema pgboss authorization oplive_system;
