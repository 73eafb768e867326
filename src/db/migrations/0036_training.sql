-- Training: an evening in a place on one of ten modules, who has signed up for it, who was there, and what neighbours would like to have.
--
-- A seat is a neighbour who signed up themselves, or a name off a paper list; nobody becomes a person of the place by it. What a neighbour has
-- been trained in is told to that neighbour. Nobody is rated, and there is no certificate.
grant create on schema community to oplive_system; -- taken back at the end of this file

create table community.training (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  -- The ninth is for those who work for the municipality, among themselves.
  module smallint not null check (module between 1 and 10 and module <> 9),
  starts_at timestamptz not null,
  place text not null check (length(place) between 1 and 120),
  led_by text not null check (led_by in ('resident', 'municipality')),
  leader_id uuid references community.person on delete set null,
  leader_name text not null check (length(leader_name) between 1 and 120),
  -- Null: nobody has said how many there is room for.
  room smallint check (room between 2 and 30),
  cancelled_at timestamptz,
  -- What those who had signed up may do instead.
  cancel_words text check (length(cancel_words) between 1 and 300),
  check (led_by = 'resident' or leader_id is null),
  check (cancelled_at is not null or cancel_words is null)
);
comment on table community.training is 'A training in a place: module, time, where, and who leads it. Open to read for all, as a poster is.';
create index trainings_of on community.training (community_id, starts_at);
create index training_led_by on community.training (leader_id);
alter table community.training enable row level security;
grant select on community.training to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_officer, oplive_operator, oplive_system;
grant insert (id, community_id, module, starts_at, place, led_by, leader_id, leader_name, room) on community.training to oplive_host, oplive_employee;
grant update (cancelled_at, cancel_words) on community.training to oplive_host, oplive_employee;
grant insert, update (leader_id, leader_name) on community.training to oplive_system;
-- What is announced hangs on the board of the hall.
create policy announced on community.training for select using (true);
-- A host or a key holder announces one that they lead themselves.
create policy hosts_announce on community.training for insert to oplive_host
  with check (access.hosts(community_id) and led_by = 'resident'
    and leader_id = (select p.id from community.person p where p.community_id = training.community_id and p.account_id = access.me() and p.merged_into is null));
-- An employee who works there announces one while the municipality stands beside the place or behind it, and not after.
create policy employees_announce on community.training for insert to oplive_employee
  with check (access.works_with(community_id) and led_by = 'municipality'
    and (select c.presence from community.community c where c.id = community_id) in ('beside', 'behind'));
-- Hosts may call off any of their place; an employee one that the municipality leads.
create policy hosts_call_off on community.training for update to oplive_host using (access.hosts(community_id)) with check (access.hosts(community_id));
create policy employees_call_off on community.training for update to oplive_employee
  using (access.works_with(community_id) and led_by = 'municipality') with check (access.works_with(community_id) and led_by = 'municipality');
-- The program brings them along when a place moves, and takes out names when their time is over.
create policy moved on community.training for all to oplive_system using (true) with check (true);

create table community.training_seat (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  training_id uuid not null references community.training on delete cascade,
  -- Of the training: so that whoever reads what is kept of them reads which.
  module smallint not null check (module between 1 and 10 and module <> 9),
  -- Who signed up themselves; null for a name off a paper list, and when the name's time is over.
  person_id uuid references community.person on delete set null,
  name text check (length(name) between 1 and 60),
  -- The others who have signed up may read the first name.
  name_seen boolean not null default false,
  came boolean not null default false,
  check (person_id is null or name is null)
);
comment on table community.training_seat is 'Who has signed up for a training, and was there: a neighbour, or a name off the paper list. Names for 24 months; then the number.';
create unique index one_seat_each on community.training_seat (training_id, person_id) where person_id is not null;
create unique index one_seat_a_name on community.training_seat (training_id, lower(btrim(name))) where name is not null;
create index seat_name on community.training_seat (lower(btrim(name))) where name is not null;
create index seats_of on community.training_seat (community_id);
create index seat_of on community.training_seat (person_id);
alter table community.training_seat enable row level security;
grant select, update (name_seen, came), delete on community.training_seat to oplive_resident, oplive_host;
grant select, insert, update (person_id, name), delete on community.training_seat to oplive_system;
-- One sees one's own seat, ticks that one was there, shows one's first name, and signs off.
create policy own on community.training_seat for all to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()))
  with check (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
-- Hosts keep the list of their place, as they keep the door list.
create policy hosts_see on community.training_seat for select to oplive_host using (access.hosts(community_id));
create policy hosts_tick on community.training_seat for update to oplive_host using (access.hosts(community_id)) with check (access.hosts(community_id));
create policy hosts_strike on community.training_seat for delete to oplive_host using (access.hosts(community_id));
-- The program gives seats, counts, merges, moves, and takes out names when their time is over.
create policy program on community.training_seat for all to oplive_system using (true) with check (true);

create table community.training_wish (
  community_id uuid not null references community.community on delete cascade,
  module smallint not null check (module between 1 and 10 and module <> 9),
  person_id uuid not null references community.person on delete cascade,
  wished_on date not null,
  primary key (community_id, module, person_id)
);
comment on table community.training_wish is 'A training that a neighbour would like to have. Told as a number from five on, and never who.';
create index wishes_of on community.training_wish (person_id);
alter table community.training_wish enable row level security;
grant select, delete on community.training_wish to oplive_resident, oplive_host;
grant insert (community_id, module, person_id, wished_on) on community.training_wish to oplive_resident, oplive_host;
grant select, insert, update (person_id), delete on community.training_wish to oplive_system;
-- One's own wish: made and taken back by oneself, in a place where one belongs.
create policy own on community.training_wish for all to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()))
  with check (exists (select from community.person p where p.id = person_id and p.account_id = access.me() and p.community_id = training_wish.community_id));
-- The program counts, merges, moves and forgets.
create policy program on community.training_wish for all to oplive_system using (true) with check (true);

-- A seat for oneself, or, typed by a host, for a name off the paper list. The training is held meanwhile: so the last place is given once, and
-- two phones that press at once are one neighbour. `day`: today in the place. Answers what came of it:
--   taken   a seat; from the beginning on, of somebody who was there
--   there   they have one
--   full    no room
--   off     the training is called off
--   over    it began more than 60 days ago
--   not     no training of this place, or not theirs to do
create function community.take_seat(training uuid, seat uuid, who text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  t community.training;
  me uuid;
  taken integer;
  begun boolean;
begin
  select * into t from community.training x where x.id = take_seat.training for update;
  if t.id is null then return 'not'; end if;
  if who is null then
    select p.id into me from community.person p where p.community_id = t.community_id and p.account_id = access.me() and p.merged_into is null;
    if me is null or not access.belongs(t.community_id) then return 'not'; end if;
  elsif not access.hosts(t.community_id) then
    return 'not';
  end if;
  if exists (select from community.training_seat s where s.training_id = t.id
      and (s.id = seat or s.person_id = me or (me is null and lower(btrim(s.name)) = lower(btrim(who))))) then return 'there'; end if;
  if t.cancelled_at is not null then return 'off'; end if;
  if t.starts_at < at - interval '60 days' then return 'over'; end if;
  begun := t.starts_at <= at;
  select count(*) into taken from community.training_seat s where s.training_id = t.id and (s.person_id is not null or s.name is not null);
  -- Who was there was there, also where there was room for fewer. Thirty is as many as anybody can train.
  if taken >= (case when begun then 60 else coalesce(t.room, 30) end) then return 'full'; end if;
  insert into community.training_seat (id, community_id, training_id, module, person_id, name, came)
    values (seat, t.community_id, t.id, t.module, me, who, begun);
  -- What was wished for is coming.
  delete from community.training_wish w where w.community_id = t.community_id and w.module = t.module and w.person_id = me;
  return 'taken';
end $$;
alter function community.take_seat owner to oplive_system;
grant execute on function community.take_seat to oplive_resident, oplive_host;

-- How full the trainings of a place are. Those who belong there read the numbers; all others whether there is room.
create function community.training_seats(place uuid) returns table (training uuid, taken integer, came integer, is_full boolean)
language sql stable security definer set search_path = '' as $$
  select t.id, case when access.belongs(training_seats.place) then s.taken end, case when access.belongs(training_seats.place) then s.came end, s.taken >= coalesce(t.room, 30)
  from community.training t cross join lateral (
    select (count(*) filter (where x.person_id is not null or x.name is not null))::integer as taken, (count(*) filter (where x.came))::integer as came
    from community.training_seat x where x.training_id = t.id) s
  where t.community_id = training_seats.place
$$;
alter function community.training_seats owner to oplive_system;
grant execute on function community.training_seats to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_officer, oplive_operator;

-- The list of a training, for the hosts of its place: who will come, and afterwards who was there.
create function community.training_list(training uuid) returns table (id uuid, name text, came boolean, paper boolean)
language sql stable security definer set search_path = '' as $$
  select s.id, coalesce(s.name, p.name), s.came, s.person_id is null
  from community.training_seat s left join community.person p on p.id = s.person_id
  where s.training_id = training_list.training and access.hosts(s.community_id) and (s.name is not null or s.person_id is not null)
  order by coalesce(s.name, p.name) collate "da-x-icu", s.id
$$;
alter function community.training_list owner to oplive_system;
grant execute on function community.training_list to oplive_host;

-- The first names of the others who have signed up and let it be read; for whoever has signed up and lets theirs be read.
create function community.seen_beside_me(training uuid) returns table (name text)
language sql stable security definer set search_path = '' as $$
  select split_part(btrim(o.name), ' ', 1) from community.training_seat s join community.person o on o.id = s.person_id
  where s.training_id = seen_beside_me.training and s.name_seen and o.account_id is distinct from access.me()
    and exists (select from community.training_seat m join community.person p on p.id = m.person_id
      where m.training_id = s.training_id and m.name_seen and p.account_id = access.me())
  order by 1
$$;
alter function community.seen_beside_me owner to oplive_system;
grant execute on function community.seen_beside_me to oplive_resident, oplive_host;

-- How many wish for each module: from five on. To those of the municipality in fives.
create function community.training_wishes(place uuid) returns table (module integer, people integer)
language sql stable security definer set search_path = '' as $$
  select w.module::integer, case when access.belongs(place) then count(*)::integer else (count(*) / 5 * 5)::integer end
  from community.training_wish w
  where w.community_id = place and (access.belongs(place) or (current_setting('role', true) = 'oplive_employee' and access.works_with(place)))
  group by w.module having count(*) >= 5
$$;
alter function community.training_wishes owner to oplive_system;
grant execute on function community.training_wishes to oplive_resident, oplive_host, oplive_employee;

-- How many were at the trainings of a place, quarter by quarter, for those of the municipality: quarters that ended 60 days ago, when nobody can
-- say any more that they were there; so nothing can be read from what changes. Rounded by the program that asks; under five is null.
create function community.trained_quarters(place uuid) returns table (quarter date, trainings integer, came integer)
language sql stable security definer set search_path = '' as $$
  select q.quarter, count(*)::integer, case when sum(q.came) >= 5 then sum(q.came)::integer end from (
    select date_trunc('quarter', t.starts_at at time zone k.time_zone)::date as quarter,
      (select count(*) from community.training_seat s where s.training_id = t.id and s.came) as came
    from community.training t join community.community k on k.id = t.community_id
    where t.community_id = trained_quarters.place and t.cancelled_at is null
      and t.starts_at at time zone k.time_zone < date_trunc('quarter', (access.clock_now() - interval '60 days') at time zone k.time_zone)
      and ((current_setting('role', true) = 'oplive_employee' and access.works_with(trained_quarters.place)) or current_setting('role', true) = 'oplive_leader')
  ) q group by q.quarter order by q.quarter desc
$$;
alter function community.trained_quarters owner to oplive_system;
grant execute on function community.trained_quarters to oplive_employee, oplive_leader;

revoke create on schema community from oplive_system;
