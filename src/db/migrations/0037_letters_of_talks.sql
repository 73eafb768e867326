-- Letters of talks: what keeps them from becoming a nuisance, a note that one of the two took away, numbers to ring, and promises in the balance.
grant create on schema community to oplive_system; -- taken back at the end of this file

-- ------------------------------------------------------------------------------------------------------ letters, and no nuisance

create table community.talk_rest (
  mark bytea primary key check (length(mark) = 32),
  until date not null
);
comment on table community.talk_rest is 'What is not asked or written again before a day: hashes under the secret of the house, of nobody that could be found in the database.';
alter table community.talk_rest enable row level security;
grant select, insert, update, delete on community.talk_rest to oplive_system;
-- Only the program knows what a mark stands for, and it only when the same two come again.
create policy program on community.talk_rest for all to oplive_system using (true) with check (true);

-- ------------------------------------------------------------------------------------------- a note that one of the two took away

-- Who of the two said that the note does not fit: the other sees it. Nothing is kept of why.
alter table community.talk add column wrong_by text check (wrong_by in ('starter', 'other'));
alter table municipal.talk add column wrong_by text check (wrong_by in ('starter', 'other'));
-- Goes up with each note that is agreed to, and when one is taken away: a yes to a wording from before brings none back.
alter table community.talk add column note_rev integer not null default 0;
alter table municipal.talk add column note_rev integer not null default 0;
update community.talk t set note_rev = n.rev from community.agreed_note n where n.talk_id = t.id;
update municipal.talk t set note_rev = n.rev from municipal.agreed_note n where n.talk_id = t.id;

-- ---------------------------------------------------------------------------------------------------------------- numbers to ring

create table municipal.number_to_ring (
  -- A child: to say it on, as the law has it. A grown-up: who comes or listens by day. The watch: evening, night and holidays.
  what text primary key check (what in ('child', 'adult', 'watch')),
  number text not null check (length(number) between 3 and 30),
  -- When somebody answers, in own words.
  answers text check (length(answers) between 1 and 60),
  checked_on date not null,
  -- Whose word it is that the number is right. Not who.
  checked_by text not null check (checked_by in ('leader', 'operator'))
);
comment on table municipal.number_to_ring is 'The municipality''s own numbers for whoever is worried about somebody. Where there is no row, the page says that there is none yet.';
alter table municipal.number_to_ring enable row level security;
grant select on municipal.number_to_ring to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_officer, oplive_operator, oplive_system;
grant insert, update, delete on municipal.number_to_ring to oplive_leader, oplive_operator;
-- A number to ring is for everybody.
create policy known_to_all on municipal.number_to_ring for select using (true);
-- Leaders and the operator write them down, and say that they have checked them.
create policy written_down on municipal.number_to_ring for all to oplive_leader, oplive_operator using (true) with check (true);

-- --------------------------------------------------------------------------------------------------------- promises in the balance

-- The day on which it was told that a promise was kept, or that somebody is free of it: from then on nobody carries it.
alter table community.commitment add column told_on date;
create function community.commitment_told() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.state in ('kept', 'released') then
    if old.state not in ('kept', 'released') then new.told_on := (access.clock_now() at time zone 'UTC')::date; end if;
  else
    new.told_on := null;
  end if;
  return new;
end $$;
create trigger told before update of state on community.commitment for each row execute function community.commitment_told();

-- How many promises of a place's meetings are carried on each of these days, and how many of them by residents: numbers alone, and nothing
-- where there are fewer than five, as nobody but the hosts reads a promise. Each counts once: the same words of the same person at one meeting
-- are one promise, and what stands in the balance as a step already is that step. The name of an employee of the place, where no neighbour is
-- called so, is the municipality.
create function community.promises_carried(place uuid, days date[]) returns table (on_day date, residents integer, carried integer)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not community.may_see_shape(promises_carried.place) then return; end if;
  return query
    with works as (
      select lower(btrim(a.name)) as name from access.employee_community e join access.account a on a.id = e.account_id where e.community_id = promises_carried.place
      union
      select lower(split_part(btrim(a.name), ' ', 1)) from access.employee_community e join access.account a on a.id = e.account_id
      where e.community_id = promises_carried.place
    ), given as (
      select m.id as meeting, lower(btrim(c.name)) as name, lower(regexp_replace(btrim(c.what), '[\s.!]+$', '')) as what, c.state, c.person_id,
        (m.starts_at at time zone k.time_zone)::date as made_on,
        case when c.state in ('kept', 'released')
          then greatest(coalesce(c.told_on, c.by_when, (m.starts_at at time zone k.time_zone)::date), (m.starts_at at time zone k.time_zone)::date) end as done_on
      from community.commitment c join community.meeting m on m.id = c.meeting_id join community.community k on k.id = m.community_id
      where m.community_id = promises_carried.place
    ), each as (
      -- Written twice, it is open as long as one of the two is.
      select g.meeting, g.made_on, case when bool_or(g.done_on is null) then null else max(g.done_on) end as done_on,
        bool_or(g.person_id is not null) or not (g.name in (select w.name from works w)
          and not exists (select from community.person p where p.community_id = promises_carried.place and lower(btrim(p.name)) = g.name)) as resident
      from given g
      where not exists (select from municipal.step s where s.community_id = promises_carried.place
        and lower(regexp_replace(btrim(s.what), '[\s.!]+$', '')) = g.what)
      group by g.meeting, g.made_on, g.name, g.what
    )
    select d.day, case when count(e.meeting) < 5 then 0 else (count(e.meeting) filter (where e.resident))::integer end,
      case when count(e.meeting) < 5 then 0 else count(e.meeting)::integer end
    from unnest(promises_carried.days) as d(day) left join each e on e.made_on <= d.day and (e.done_on is null or e.done_on > d.day)
    group by d.day order by d.day;
end $$;
alter function community.promises_carried owner to oplive_system;
grant execute on function community.promises_carried to oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_system;

comment on policy program on community.talk_rest is 'Only the program knows what a mark stands for, and it only when the same two come again.';
comment on policy known_to_all on municipal.number_to_ring is 'A number to ring is for everybody.';
comment on policy written_down on municipal.number_to_ring is 'Leaders and the operator write them down, and say that they have checked them.';

revoke create on schema community from oplive_system;
