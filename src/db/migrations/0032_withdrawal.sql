-- How the municipality leaves: bounds that a place has agreed on, phases by its own vote, what is handed over and by whom it was
-- received, check-ins that the place reads first, and being called back.

grant create on schema community to oplive_system; -- taken back at the end of this file

-- ------------------------------------------------------------------------------------------------------------------ criteria

create table community.withdrawal_rule (
  community_id uuid not null references community.community on delete cascade,
  criterion text not null check (criterion in ('retention', 'orphans', 'autonomy', 'redundancy', 'leaders', 'neighbours', 'brokerage', 'vote')),
  -- From where it is under way, and from where it is ready; null for the usual bounds.
  under_way numeric(6, 3) check (under_way between 0 and 100),
  ready numeric(6, 3) check (ready between 0 and 100),
  -- The place does not look at this one.
  left_out boolean not null default false,
  primary key (community_id, criterion)
);
comment on table community.withdrawal_rule is 'Where a place has agreed on other bounds than the usual ones for when the municipality can go. Agreed, not proven.';
alter table community.withdrawal_rule enable row level security;
grant select on community.withdrawal_rule to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_officer, oplive_operator, oplive_system;
grant insert, update, delete on community.withdrawal_rule to oplive_keyholder;
-- The bounds are part of the plan, and the plan is public.
create policy readable on community.withdrawal_rule for select using (true);
-- The place agrees on them, and its key holders write them. The municipality does not.
create policy the_place_agrees on community.withdrawal_rule for all to oplive_keyholder using (access.keeps(community_id)) with check (access.keeps(community_id));

create table community.withdrawal_quarter (
  community_id uuid not null references community.community on delete cascade,
  -- The first day of the quarter.
  quarter date not null check (extract(day from quarter) = 1 and extract(month from quarter) in (1, 4, 7, 10)),
  criterion text not null check (criterion in ('retention', 'orphans', 'autonomy', 'redundancy', 'leaders', 'neighbours', 'brokerage', 'vote',
    -- The employees' share of the ways between people: what `brokerage` is told from.
    'brokerage-share')),
  -- Null: could not be told.
  value numeric(9, 4),
  -- Of how many it was reckoned.
  base integer not null check (base >= 0),
  primary key (community_id, quarter, criterion)
);
comment on table community.withdrawal_quarter is 'How the criteria stood at the end of each quarter: numbers about a place, never about a person. The place reads them first.';
alter table community.withdrawal_quarter enable row level security;
grant select on community.withdrawal_quarter to oplive_resident, oplive_host;
grant select, insert, update, delete on community.withdrawal_quarter to oplive_system;
-- Those who live there read how their place holds together.
create policy the_place_reads on community.withdrawal_quarter for select to oplive_resident, oplive_host using (access.belongs(community_id));
-- The program reckons at the end of a quarter.
create policy reckoned on community.withdrawal_quarter for all to oplive_system using (true) with check (true);

-- --------------------------------------------------------------------------------------------------------------------- votes

create table community.phase_vote (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  from_phase text not null check (from_phase in ('idea', 'beside', 'behind', 'on_call', 'out')),
  to_phase text not null check (to_phase in ('beside', 'behind', 'on_call', 'out')),
  voted_on date not null,
  yes smallint not null check (yes between 0 and 200),
  no smallint not null check (no between 0 and 200),
  blank smallint not null check (blank between 0 and 200),
  farewell_on date,
  farewell text check (length(farewell) between 1 and 300),
  -- One writes the count down, and another who was there says that it is so. Null when they have left.
  typed_by uuid references access.account on delete set null,
  typed_at timestamptz not null,
  confirmed_by uuid references access.account on delete set null,
  state text not null default 'typed' check (state in ('typed', 'adopted', 'fell', 'withdrawn')),
  ended_at timestamptz,
  check (from_phase <> to_phase),
  check (yes + no + blank between 1 and 200),
  check (confirmed_by is null or typed_by is null or confirmed_by <> typed_by),
  check ((state = 'typed') = (ended_at is null)),
  -- More than half of those present said yes.
  check (state <> 'adopted' or yes * 2 > yes + no + blank)
);
comment on table community.phase_vote is 'The core group''s own votes on how near the municipality stands: only the count is kept. Typed by one, confirmed by another.';
create unique index one_open_vote on community.phase_vote (community_id) where state = 'typed';
create index votes_of on community.phase_vote (community_id, voted_on);
create index vote_typed_by on community.phase_vote (typed_by);
create index vote_confirmed_by on community.phase_vote (confirmed_by);
alter table community.phase_vote enable row level security;
grant select on community.phase_vote to oplive_resident, oplive_host, oplive_employee, oplive_leader;
grant insert (id, community_id, from_phase, to_phase, voted_on, yes, no, blank, farewell_on, farewell, typed_by, typed_at) on community.phase_vote to oplive_host;
grant update (state, ended_at, confirmed_by) on community.phase_vote to oplive_host;
grant select, insert, update (typed_by, confirmed_by) on community.phase_vote to oplive_system;
-- Those who belong read the counts, also of what is not confirmed yet.
create policy the_place_reads on community.phase_vote for select to oplive_resident, oplive_host using (access.belongs(community_id));
-- The employees who work there, and their leaders, read what was decided.
create policy employees_read on community.phase_vote for select to oplive_employee using (state = 'adopted' and access.works_with(community_id));
create policy leaders_read on community.phase_vote for select to oplive_leader using (state = 'adopted');
-- A host or a key holder types the count, as themselves, from where the place stands.
create policy a_host_types on community.phase_vote for insert to oplive_host
  with check (access.hosts(community_id) and typed_by = access.me() and state = 'typed'
    and from_phase = (select c.presence from community.community c where c.id = community_id));
-- Another confirms it; whoever typed it may only take it back.
create policy another_confirms on community.phase_vote for update to oplive_host
  using (state = 'typed' and access.hosts(community_id))
  with check ((state in ('adopted', 'fell') and confirmed_by = access.me() and typed_by is distinct from access.me())
    or (state = 'withdrawn' and confirmed_by is null));
-- The program brings them along when a place moves, and takes out who typed when they leave.
create policy moved on community.phase_vote for all to oplive_system using (true) with check (true);

grant update (presence) on community.community to oplive_system;
-- Only by the two triggers below: by a vote that was adopted, or by a call.
create policy where_it_stands on community.community for update to oplive_system using (true) with check (true);

-- The place stands where it voted to stand, from the moment the vote is adopted. Nothing else changes it.
create function community.vote_moves() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update community.community set presence = new.to_phase where id = new.community_id and presence = old.from_phase;
  if not found then raise exception 'the place stands elsewhere by now' using errcode = '40001'; end if;
  if new.from_phase <> 'idea' and array_position(array['beside', 'behind', 'on_call', 'out'], new.to_phase)
      > array_position(array['beside', 'behind', 'on_call', 'out'], new.from_phase) then
    insert into community.check_in (vote_id, community_id, month, due_on)
      select new.id, new.community_id, m, (new.voted_on + make_interval(months => m))::date from unnest(array[6, 12]) m;
  end if;
  return null;
end $$;
alter function community.vote_moves owner to oplive_system;
create trigger moves after update of state on community.phase_vote for each row
  when (old.state = 'typed' and new.state = 'adopted') execute function community.vote_moves();

-- ------------------------------------------------------------------------------------------------------------------ handed over

create table community.passed_on (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  kind text not null check (kind in ('keys', 'accounts', 'contacts', 'money', 'calendar', 'knowledge', 'other')),
  what text not null check (length(what) between 1 and 160),
  added_at timestamptz not null,
  -- Ticked by whoever received it; null while the municipality has it.
  received_at timestamptz,
  received_by uuid references access.account on delete set null,
  -- On paper: a signed slip lies with whoever typed it.
  medium text check (medium in ('tap', 'paper')),
  check ((received_at is null) = (medium is null))
);
comment on table community.passed_on is 'What the municipality holds for a place and hands over: keys, accounts, money, knowledge. Ticked by whoever received it.';
create index passed_on_of on community.passed_on (community_id, added_at);
create index passed_on_to on community.passed_on (received_by);
alter table community.passed_on enable row level security;
grant select on community.passed_on to oplive_resident, oplive_host, oplive_employee;
grant insert (id, community_id, kind, what, added_at) on community.passed_on to oplive_host, oplive_employee;
grant update (received_at, received_by, medium) on community.passed_on to oplive_resident, oplive_host;
grant delete on community.passed_on to oplive_host, oplive_employee;
grant select, insert, update (received_by) on community.passed_on to oplive_system;
-- Those who belong, and the employees who work there, read the list.
create policy the_place_reads on community.passed_on for select to oplive_resident, oplive_host using (access.belongs(community_id));
create policy employees_read on community.passed_on for select to oplive_employee using (access.works_with(community_id));
-- Hosts, key holders and the employees who work there write down what is to be handed over.
create policy hosts_add on community.passed_on for insert to oplive_host with check (access.hosts(community_id));
create policy employees_add on community.passed_on for insert to oplive_employee with check (access.works_with(community_id));
-- Whoever lives there ticks what they themselves received, and may take their own tick back. No employee can tick.
create policy the_receiver_ticks on community.passed_on for update to oplive_resident, oplive_host
  using (access.belongs(community_id) and (received_at is null or received_by = access.me()))
  with check (access.belongs(community_id) and (received_at is null or received_by = access.me()));
-- What nobody has received yet can be taken off the list.
create policy hosts_take_off on community.passed_on for delete to oplive_host using (received_at is null and access.hosts(community_id));
create policy employees_take_off on community.passed_on for delete to oplive_employee using (received_at is null and access.works_with(community_id));
-- The program brings the list along when a place moves, and takes out who received when they leave.
create policy moved on community.passed_on for all to oplive_system using (true) with check (true);

-- -------------------------------------------------------------------------------------------------------------------- check-ins

create table community.check_in (
  vote_id uuid not null references community.phase_vote on delete cascade,
  community_id uuid not null references community.community on delete cascade,
  month smallint not null check (month in (6, 12)),
  due_on date not null,
  held_on date,
  how text check (how in ('holds', 'partly', 'not')),
  words text check (length(words) between 1 and 600),
  -- The municipality reads it when the place says so.
  shared boolean not null default false,
  primary key (vote_id, month),
  check ((held_on is null) = (how is null)),
  check (held_on is not null or (words is null and not shared))
);
comment on table community.check_in is 'Six and twelve months after a step out: how it goes, in the place''s own words. The place reads it first, and decides whether the municipality does.';
create index check_ins_of on community.check_in (community_id, due_on);
alter table community.check_in enable row level security;
grant select on community.check_in to oplive_resident, oplive_host, oplive_employee, oplive_leader;
grant update (held_on, how, words, shared) on community.check_in to oplive_host;
grant select, insert on community.check_in to oplive_system;
-- Those who belong read it.
create policy the_place_reads on community.check_in for select to oplive_resident, oplive_host using (access.belongs(community_id));
-- The municipality reads what was shared with it.
create policy employees_read on community.check_in for select to oplive_employee using (shared and access.works_with(community_id));
create policy leaders_read on community.check_in for select to oplive_leader using (shared);
-- Hosts and key holders write how it goes.
create policy hosts_write on community.check_in for update to oplive_host
  using (access.hosts(community_id)) with check (access.hosts(community_id));
-- The program sets them up with the vote, and brings them along when a place moves.
create policy set_up on community.check_in for all to oplive_system using (true) with check (true);

-- ------------------------------------------------------------------------------------------------------------------- called back

create table community.called_back (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  from_phase text not null check (from_phase in ('behind', 'on_call', 'out')),
  called_at timestamptz not null,
  called_by uuid references access.account on delete set null,
  words text check (length(words) between 1 and 600),
  -- When somebody of the municipality has said that they come.
  answered_at timestamptz,
  comes_on date,
  check ((answered_at is null) = (comes_on is null))
);
comment on table community.called_back is 'A place that has called the municipality back: no reason is asked, and it is no defeat.';
create unique index one_open_call on community.called_back (community_id) where answered_at is null;
create index calls_of on community.called_back (community_id, called_at);
create index called_by on community.called_back (called_by);
alter table community.called_back enable row level security;
grant select on community.called_back to oplive_resident, oplive_host, oplive_employee, oplive_leader;
grant insert (id, community_id, from_phase, called_at, called_by, words) on community.called_back to oplive_host;
grant update (answered_at, comes_on) on community.called_back to oplive_employee;
grant select, insert, update (called_by) on community.called_back to oplive_system;
-- Those who belong, the employees who work there and their leaders read the call: it is meant for them.
create policy the_place_reads on community.called_back for select to oplive_resident, oplive_host using (access.belongs(community_id));
create policy employees_hear on community.called_back for select to oplive_employee using (access.works_with(community_id));
create policy leaders_hear on community.called_back for select to oplive_leader using (true);
-- Hosts and key holders call, as themselves, from where the place stands.
create policy hosts_call on community.called_back for insert to oplive_host
  with check (access.hosts(community_id) and called_by = access.me()
    and from_phase = (select c.presence from community.community c where c.id = community_id));
-- An employee who works there answers once.
create policy employees_answer on community.called_back for update to oplive_employee
  using (answered_at is null and access.works_with(community_id)) with check (access.works_with(community_id));
-- The program brings the calls along when a place moves, and takes out who called when they leave.
create policy moved on community.called_back for all to oplive_system using (true) with check (true);

-- Whoever has been called stands one step nearer: from out on call, else beside.
create function community.call_moves() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update community.community set presence = case new.from_phase when 'out' then 'on_call' else 'beside' end
    where id = new.community_id and presence = new.from_phase;
  return null;
end $$;
alter function community.call_moves owner to oplive_system;
create trigger moves after insert on community.called_back for each row execute function community.call_moves();

revoke create on schema community from oplive_system;
