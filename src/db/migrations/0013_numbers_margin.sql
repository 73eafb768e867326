-- Numbers about people: a part is told only where the numbers of the page leave the minimum beside it, however each of them was rounded.
--
-- Before, it was told where the minimum was really left. Somebody who knows the total exactly, as key holders do, could then know more of a
-- part than its number says. Now no rule looks at what the rounding hides, except that a part itself holds the minimum.

-- The number of a part, if it may be told: it holds the minimum, and of `left_`, who are left at the least, the minimum is left again.
create or replace function municipal.part_told(part integer, left_ integer, minimum integer) returns integer
language sql immutable set search_path = ''
  return case when part >= minimum and left_ - municipal.rounded(part) - 2 >= minimum then municipal.rounded(part) end;
grant execute on function municipal.part_told(integer, integer, integer) to oplive_system;

-- What may be shown of the people of one place. The order of the parts is fixed: it never depends on how many there are.
create or replace function municipal.people_told(
  all_ integer, members_ integer, from15 integer, from18 integer, from25 integer, from40 integer, from60_ integer, from75_ integer, small boolean,
  out people integer, out members integer, out under40 integer, out from60 integer, out from40to59 integer, out under25 integer, out under18 integer, out from75 integer)
language plpgsql immutable set search_path = '' as $$
declare
  minimum constant integer := case when small then 10 else 5 end;
  -- How many are left at the least, as the page lets one reckon: each number may be two off.
  left_ integer;
begin
  if all_ < minimum then return; end if;
  people := municipal.rounded(all_);
  left_ := people - 2;
  members := municipal.part_told(members_, left_, minimum);
  under40 := municipal.part_told(from15 + from18 + from25, left_, minimum);
  if under40 is not null then left_ := left_ - under40 - 2; end if;
  from60 := municipal.part_told(from60_ + from75_, left_, minimum);
  if from60 is not null then left_ := left_ - from60 - 2; end if;
  from40to59 := municipal.part_told(from40, left_, minimum);
  -- A part of what is not told has nobody it could be told beside: null goes on.
  under25 := municipal.part_told(from15 + from18, under40 - 2, minimum);
  under18 := municipal.part_told(from15, under25 - 2, minimum);
  from75 := municipal.part_told(from75_, from60 - 2, minimum);
end $$;

drop function municipal.part_told(integer, integer, integer, integer);

-- Counts the people of every place at the turn of a quarter, and keeps what may be shown. Those who joined before the quarter began count;
-- a person who was found to be another one does not. Answers in how many places there is a new count; null when it was counted before.
create or replace function municipal.count_people(quarter_ date) returns integer language plpgsql security definer set search_path = '' as $$
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
    with days as materialized (
      select p.joined_on, count(*) as n from community.person p
      where p.community_id = place.id and p.merged_into is null and p.joined_on < quarter_ group by p.joined_on
    )
    select coalesce(array_agg(since.joined + greatest(-since.gone, 0) order by since.quarter), '{}') as came,
        coalesce(array_agg(greatest(since.gone, 0) order by since.quarter), '{}') as gone,
        coalesce((array_agg(since.told order by since.quarter desc))[1], false) as stands_told
      into flow
      from (
        select v.quarter, n.people is not null as told, coalesce(j.joined, 0) as joined, v.people + coalesce(j.joined, 0) - place.people as gone
        from community.people_counted v
          join municipal.people_count n on n.community_id = v.community_id and n.quarter = v.quarter
          -- How many joined is counted once for each day, not once for each earlier count.
          left join lateral (select sum(d.n)::integer as joined from days d where d.joined_on >= v.quarter) j on true
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
