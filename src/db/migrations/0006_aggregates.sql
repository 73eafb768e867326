-- Numbers about people: the only bridge by which they cross from a community's room to the municipality's.
--
-- The municipality has no right in community.person, community.profile or community.membership. Four times a year the program counts, by
-- the function at the end of this file, which applies the rules of src/shares/breakdown.ts itself and keeps what may be shown. Nobody can
-- ask for another count, another choice of people or the numbers behind the numbers. docs/decisions/2026-11-28-numbers-across-rooms.md
-- says why these questions and no others.

grant create on schema municipal to oplive_system; -- taken back at the end of this file

create table municipal.people_quarter (
  -- The first day of the quarter at whose beginning it was counted.
  quarter date primary key check (quarter = date_trunc('quarter', quarter::timestamp)::date),
  counted_at timestamptz not null
);
comment on table municipal.people_quarter is 'At the turn of which quarters people have been counted. Each once.';
alter table municipal.people_quarter enable row level security;
grant select on municipal.people_quarter to oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_system;
grant insert on municipal.people_quarter to oplive_system;
-- When it was counted is no secret.
create policy known on municipal.people_quarter for select using (true);
-- Only the counting writes.
create policy counting on municipal.people_quarter for insert to oplive_system with check (true);

create table municipal.people_count (
  community_id uuid not null references community.community on delete cascade,
  quarter date not null references municipal.people_quarter,
  -- Rounded to the nearest five; null where they, or those beside them, are too few.
  people integer,
  members integer,
  under40 integer,
  from60 integer,
  from40to59 integer,
  under25 integer,
  under18 integer,
  from75 integer,
  -- Associations and groups are no persons: that they exist is public.
  associations integer not null check (associations >= 0),
  counted_at timestamptz not null,
  primary key (community_id, quarter),
  check (least(people, members, under40, from60, from40to59, under25, under18, from75) >= 5),
  check (0 = all (array[people % 5, members % 5, under40 % 5, from60 % 5, from40to59 % 5, under25 % 5, under18 % 5, from75 % 5])),
  check (people is not null or coalesce(members, under40, from60, from40to59, under25, under18, from75) is null)
);
comment on table municipal.people_count is 'How many take part in a place, and some parts of them, as the place and the municipality may both see it. Frozen; the newest stands.';
create index on municipal.people_count (quarter);
alter table municipal.people_count enable row level security;
grant select on municipal.people_count to oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_system;
grant insert on municipal.people_count to oplive_system;
-- A place sees its own numbers first, and nobody else's.
create policy own_place on municipal.people_count for select to oplive_resident, oplive_host using (access.belongs(community_id));
-- The municipality sees the same numbers 48 hours later: its employees and its leaders, who work with them.
create policy after_48_hours on municipal.people_count for select to oplive_employee, oplive_leader
  using (counted_at <= access.clock_now() - interval '48 hours');
create policy counting on municipal.people_count for all to oplive_system using (true) with check (true);
-- A frozen number stays as it was.
create trigger frozen before update on municipal.people_count for each row execute function community.refuse_change();

create table community.people_counted (
  community_id uuid not null references community.community on delete cascade,
  quarter date not null,
  people integer not null check (people >= 0),
  primary key (community_id, quarter)
);
comment on table community.people_counted is 'How many there really were at each count that was shown: to know how many have gone since. Read by the counting alone, and says nothing of anybody''s age.';
alter table community.people_counted enable row level security;
grant select, insert on community.people_counted to oplive_system;
create policy counting on community.people_counted for all to oplive_system using (true) with check (true);

-- ---------------------------------------------------------------------------------------------------------------- the rules
-- The same as in src/shares/breakdown.ts; src/numbers/rules.test.ts holds the two equal.

-- Rounded to the nearest five: 12 is 10, 13 is 15.
create function municipal.rounded(people integer) returns integer language sql immutable strict set search_path = ''
  return 5 * ((people + 2) / 5);

-- The number of a part, if it may be told: the part, those who are left beside it, and what the page lets one reckon of them, are each
-- as many as the minimum.
create function municipal.part_told(part integer, whole integer, whole_told integer, minimum integer) returns integer
language sql immutable set search_path = ''
  return case when part >= minimum and whole - part >= minimum and whole_told - municipal.rounded(part) >= minimum then municipal.rounded(part) end;

-- What may be shown of the people of one place. The order of the parts is fixed: it never depends on how many there are.
create function municipal.people_told(
  all_ integer, members_ integer, from15 integer, from18 integer, from25 integer, from40 integer, from60_ integer, from75_ integer, small boolean,
  out people integer, out members integer, out under40 integer, out from60 integer, out from40to59 integer, out under25 integer, out under18 integer, out from75 integer)
language plpgsql immutable set search_path = '' as $$
declare
  minimum constant integer := case when small then 10 else 5 end;
  left_ integer := all_;
  left_told integer := municipal.rounded(all_);
begin
  if all_ < minimum then return; end if;
  people := left_told;
  members := municipal.part_told(members_, all_, people, minimum);
  under40 := municipal.part_told(from15 + from18 + from25, left_, left_told, minimum);
  if under40 is not null then
    left_ := left_ - from15 - from18 - from25;
    left_told := left_told - under40;
  end if;
  from60 := municipal.part_told(from60_ + from75_, left_, left_told, minimum);
  if from60 is not null then
    left_ := left_ - from60_ - from75_;
    left_told := left_told - from60;
  end if;
  from40to59 := municipal.part_told(from40, left_, left_told, minimum);
  -- A part of what is not told has no whole to be told beside: null goes on.
  under25 := municipal.part_told(from15 + from18, from15 + from18 + from25, under40, minimum);
  under18 := municipal.part_told(from15, from15 + from18, under25, minimum);
  from75 := municipal.part_told(from75_, from60_ + from75_, from60, minimum);
end $$;

-- Nobody, or as many as the minimum; under twenty not one more or less than a multiple of five, for which rounding could tell too much.
create function municipal.is_batch(people integer, minimum integer) returns boolean language sql immutable set search_path = ''
  return people = 0 or people >= 20 or (people >= minimum and people % 5 not in (1, 4));

-- May a new count take the place of the one that stands? `came` and `gone` are since each earlier count, the one that stands last. It rests
-- on who came and who left, never on an age.
create function municipal.may_count_again(stands_told boolean, now_ integer, came integer[], gone integer[], small boolean) returns boolean
language sql immutable set search_path = ''
  return cardinality(came) = 0 or (
    (stands_told or now_ >= case when small then 10 else 5 end)
    and came[cardinality(came)] + gone[cardinality(gone)] > 0
    and not exists (select from unnest(came || gone) n where not municipal.is_batch(n, case when small then 10 else 5 end)));

-- Counts the people of every place at the turn of a quarter, and keeps what may be shown. Those who joined before the quarter began count;
-- a person who was found to be another one does not. Answers in how many places there is a new count; null when it was counted before.
create function municipal.count_people(quarter_ date) returns integer language plpgsql security definer set search_path = '' as $$
declare
  place record;
  flow record;
  told record;
  fresh integer := 0;
begin
  insert into municipal.people_quarter (quarter, counted_at) values (quarter_, access.clock_now()) on conflict do nothing;
  if not found then return null; end if;
  for place in
    select c.id, coalesce(c.residents < 100, false) as small, count(p.id)::integer as people, count(m.person_id)::integer as members,
      (count(*) filter (where f.age_band = '15-17'))::integer as from15, (count(*) filter (where f.age_band = '18-24'))::integer as from18,
      (count(*) filter (where f.age_band = '25-39'))::integer as from25, (count(*) filter (where f.age_band = '40-59'))::integer as from40,
      (count(*) filter (where f.age_band = '60-74'))::integer as from60, (count(*) filter (where f.age_band = '75+'))::integer as from75,
      (select count(*)::integer from community.association a where a.community_id = c.id) as associations
    from community.community c
      left join community.person p on p.community_id = c.id and p.merged_into is null and p.joined_on < quarter_
      left join community.profile f on f.person_id = p.id
      left join (select distinct s.person_id from community.membership s where s.said_yes_at is not null) m on m.person_id = p.id
    group by c.id
  loop
    select coalesce(array_agg(since.joined + greatest(-since.gone, 0) order by since.quarter), '{}') as came,
        coalesce(array_agg(greatest(since.gone, 0) order by since.quarter), '{}') as gone,
        coalesce((array_agg(since.told order by since.quarter desc))[1], false) as stands_told
      into flow
      from (
        select v.quarter, n.people is not null as told, coalesce(j.joined, 0) as joined, v.people + coalesce(j.joined, 0) - place.people as gone
        from community.people_counted v
          join municipal.people_count n on n.community_id = v.community_id and n.quarter = v.quarter
          left join lateral (select count(*)::integer as joined from community.person p
            where p.community_id = place.id and p.merged_into is null and p.joined_on >= v.quarter and p.joined_on < quarter_) j on true
        where v.community_id = place.id
      ) since;
    continue when not municipal.may_count_again(flow.stands_told, place.people, flow.came, flow.gone, place.small);
    select * into told from municipal.people_told(place.people, place.members, place.from15, place.from18, place.from25, place.from40,
      place.from60, place.from75, place.small);
    insert into municipal.people_count (community_id, quarter, people, members, under40, from60, from40to59, under25, under18, from75, associations, counted_at)
      values (place.id, quarter_, told.people, told.members, told.under40, told.from60, told.from40to59, told.under25, told.under18, told.from75,
        place.associations, access.clock_now());
    insert into community.people_counted (community_id, quarter, people) values (place.id, quarter_, place.people);
    fresh := fresh + 1;
  end loop;
  return fresh;
end $$;
alter function municipal.count_people owner to oplive_system;
grant execute on function municipal.rounded(integer), municipal.part_told(integer, integer, integer, integer), municipal.is_batch(integer, integer),
  municipal.people_told, municipal.may_count_again, municipal.count_people to oplive_system;

revoke create on schema municipal from oplive_system;
