-- The talk that would help most: two neighbours who could meet. Each is asked alone, and neither learns who the other is before both have said yes.
grant create on schema community to oplive_system; -- taken back at the end of this file

create table community.introduction (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  one uuid not null references community.person on delete cascade,
  two uuid not null references community.person on delete cascade,
  -- How many hang together on each side when the employees are gone.
  side_one integer not null check (side_one >= 1),
  side_two integer not null check (side_two >= 1),
  made_on date not null,
  one_says boolean,
  two_says boolean
);
comment on table community.introduction is 'Two neighbours whose talk would help most. Each is asked without a name; both names are told when both have said yes. Gone after sixty days.';
create index on community.introduction (community_id);
create index on community.introduction (one);
create index on community.introduction (two);
alter table community.introduction enable row level security;
grant select, insert, update (one, two, one_says, two_says), delete on community.introduction to oplive_system;
-- Only the program proposes, asks and forgets; the two see theirs through the functions below, and nobody else sees that they were asked.
create policy program on community.introduction for all to oplive_system using (true) with check (true);

-- What the one who acts is asked in a place. The other's name is there when both have said yes, and not before; that the other has said yes or
-- no is never told.
create function community.my_introductions(place uuid)
returns table (id uuid, mine integer, theirs integer, said boolean, name text)
language sql stable security definer set search_path = '' as $$
  select i.id, case when p.id = i.one then i.side_one else i.side_two end, case when p.id = i.one then i.side_two else i.side_one end,
    case when p.id = i.one then i.one_says else i.two_says end,
    case when i.one_says and i.two_says then o.name end
  from community.introduction i
    join community.person p on p.id in (i.one, i.two) and p.account_id = access.me()
    join community.person o on o.id = case when p.id = i.one then i.two else i.one end
  where i.community_id = place and coalesce(case when p.id = i.one then i.one_says else i.two_says end, true)
  order by i.made_on, i.id
$$;
alter function community.my_introductions owner to oplive_system;
grant execute on function community.my_introductions to oplive_resident, oplive_host;

-- Says yes or no for oneself, once. Answers whether there was something to answer.
create function community.answer_introduction(introduction uuid, yes boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  found boolean;
begin
  update community.introduction i set one_says = case when p.id = i.one then yes else i.one_says end,
      two_says = case when p.id = i.two then yes else i.two_says end
    from community.person p
    where i.id = introduction and p.id in (i.one, i.two) and p.account_id = access.me()
      and case when p.id = i.one then i.one_says else i.two_says end is null
    returning true into found;
  return coalesce(found, false);
end $$;
alter function community.answer_introduction owner to oplive_system;
grant execute on function community.answer_introduction to oplive_resident, oplive_host;

revoke create on schema community from oplive_system;
