-- An invitation to a meeting counts as the card of a neighbour does: whoever said »Jeg kommer« with it, and came, was brought by whoever made it.
--
-- The invitation and who means to come go eight days after the meeting. What stays is a card without a name, a link or a code, and
-- on the row of the door list the number of that card. It goes with the name on that row.
grant create on schema community to oplive_system; -- taken back at the end of this file

alter table community.own_card add column for_meeting boolean not null default false;
comment on column community.own_card.for_meeting is 'What stays of an invitation to a meeting by which somebody came: no link and no code. A neighbour has one card to the place, and one for each such invitation.';
alter table community.own_card alter column code drop not null, alter column secret_hash drop not null,
  add check ((code is null) = for_meeting and (secret_hash is null) = for_meeting);
grant select (for_meeting) on community.own_card to oplive_resident, oplive_host;
drop index community.one_card_each;
create unique index one_card_each on community.own_card (person_id) where person_id is not null and not for_meeting;
create index own_card_person on community.own_card (person_id) where person_id is not null;

-- The invitation with which its maker had said that they come themselves; and the card that it became when somebody came by it.
alter table community.invitation add column parent_id uuid references community.invitation on delete set null check (parent_id <> id),
  add column card_id uuid references community.own_card on delete set null;
alter table community.arrival add column card_id uuid references community.own_card on delete set null;
create index invitation_parent on community.invitation (parent_id) where parent_id is not null;
create index invitation_card on community.invitation (card_id) where card_id is not null;
create index arrival_card on community.arrival (card_id) where card_id is not null;
grant update (card_id) on community.invitation to oplive_system;

-- The code of a card in what somebody wrote: alone or beside a name, with or without a space, and with the letters and digits that are mixed up by
-- hand (8 and B, 5 and S, 6 and G, 2 and Z) put right by their place. Null where there is none. Whether a card has it is another question.
create function community.card_code(written text) returns text language sql immutable set search_path = '' as $$
  select translate(left(c, 3), '856', 'BSG') || translate(right(c, 3), 'BSGZ', '8562')
  from (select translate(substring(upper(written) from '(?:^|[^[:alnum:]])([BCDFGHJKLMNPRSTVX856]{3}[ .–-]?[2-9BSGZ]{3})(?![[:alnum:]])'), ' .–-', '') as c) f
$$;

-- The name in what somebody wrote, without a code. Three letters and three digits are the code of a card that is gone, of a meeting, or written
-- wrongly: no name.
create function community.bringer_name(written text) returns text language sql immutable set search_path = '' as $$
  select nullif(lower(btrim(regexp_replace(regexp_replace(written,
    '(^|[^[:alnum:]])[BCDFGHJKLMNPRSTVX856]{3}[ .–-]?[2-9BSGZ]{3}(?![[:alnum:]])', ' ', 'i'),
    '(^|[^[:alnum:]])[[:alpha:]]{3}[ .–-]?[0-9]{3}(?![[:alnum:]])', ' '), ' ,.:;()»«"-–')), '')
$$;
grant execute on function community.card_code, community.bringer_name to oplive_system;

-- The card of an invitation by which somebody came, made when it is asked for the first time; and those of the invitations it came from.
create function community.card_of_invitation(invitation uuid) returns uuid language plpgsql volatile set search_path = '' as $$
declare
  i record;
  made uuid;
begin
  select v.parent_id, v.card_id, v.person_id, m.community_id into i from community.invitation v join community.meeting m on m.id = v.meeting_id
    where v.id = card_of_invitation.invitation for update of v;
  if i.community_id is null or i.card_id is not null then return i.card_id; end if;
  insert into community.own_card (community_id, parent_id, person_id, for_meeting, made_in)
    values (i.community_id, community.card_of_invitation(i.parent_id), i.person_id, true, date_trunc('month', access.clock_now() at time zone 'UTC'))
    returning id into made;
  update community.invitation v set card_id = made where v.id = card_of_invitation.invitation;
  return made;
end $$;
grant execute on function community.card_of_invitation to oplive_system;

-- By whose card somebody on the door list came: the one who said that they come is the one who came, where they are the same person, or where one
-- alone has that name. What they say themselves at the door comes first: where it is another neighbour, the municipality, or nobody, that stands.
create function community.came_by_invitation() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  own_word boolean := tg_op = 'UPDATE' and (new.brought_by, new.bringer) is distinct from (old.brought_by, old.bringer);
  said text := community.bringer_name(new.bringer);
  asked record;
begin
  -- The code of the meeting names nobody.
  if upper(translate(new.bringer, ' -', '')) = (select m.code from community.meeting m where m.id = new.meeting_id) then said := null; end if;
  select i.id, lower(btrim(i.inviter)) as inviter into asked
    from community.coming c join community.invitation i on i.id = c.invitation_id
    where c.meeting_id = new.meeting_id and (i.person_id is null or i.person_id is distinct from new.person_id)
      and lower(btrim(i.inviter)) is distinct from lower(btrim(new.name))
      and (c.person_id = new.person_id or lower(btrim(c.name)) = lower(btrim(new.name)) and
        (select count(distinct coalesce(d.invitation_id, d.id)) from community.coming d
          where d.meeting_id = c.meeting_id and lower(btrim(d.name)) = lower(btrim(c.name))) = 1)
      -- Two of one name came, and one had said so: one of them is counted.
      and not exists (select from community.arrival a where a.meeting_id = new.meeting_id and a.id <> new.id and a.card_id = i.card_id
        and lower(btrim(a.name)) = lower(btrim(new.name)))
    order by c.person_id = new.person_id desc nulls last limit 1;
  if asked.id is not null then
    -- Where they left it blank, the list says what their yes did: a neighbour.
    if new.brought_by = 'unknown' then new.brought_by := 'neighbour'; end if;
    new.card_id := case when new.brought_by = 'neighbour' and coalesce(said, asked.inviter) = asked.inviter then community.card_of_invitation(asked.id) end;
  elsif own_word or new.name is null and new.person_id is null then
    new.card_id := null;
  end if;
  return new;
end $$;
alter function community.came_by_invitation owner to oplive_system;
create trigger came_by_invitation before insert or update of name, brought_by, bringer, person_id on community.arrival
  for each row execute function community.came_by_invitation();

-- How many have come by a card: those on the door lists of its place with its code, or who had said that they come with its invitation. Who has
-- been there before and writes it again is no other.
create or replace function community.came_by_card(card uuid) returns integer language sql stable set search_path = '' as $$
  select count(*)::integer from community.own_card o join community.meeting m on m.community_id = o.community_id
    join community.arrival a on a.meeting_id = m.id and a.first_time is not false
      and case when a.brought_by = 'neighbour' and a.bringer ~ '[0-9]' and community.card_code(a.bringer) is not null
        then community.card_code(a.bringer) = o.code else a.card_id = o.id end
  where o.id = card
$$;

-- The card to a place that the one who acts has there, and how many have come by it or by their invitations to meetings: told to them alone.
create or replace function community.my_card(place uuid) returns table (id uuid, code text, secret_hash bytea, came integer)
language sql stable security definer set search_path = '' as $$
  select o.id, o.code, o.secret_hash, (select sum(community.came_by_card(c.id))::integer
    from community.own_card c join community.person x on x.id = c.person_id where o.person_id in (x.id, x.merged_into))
  from community.own_card o join community.person p on p.id = o.person_id
  where o.community_id = place and p.account_id = access.me() and not o.for_meeting
$$;

-- Who brought whom in a place, without a name, up to a day: people are numbers by the lot, thrown anew at each call. As in 0031, and by
-- invitations too; sent as bytes, for there may be thousands. For each number:
--   brought_by  int4: the number of whoever brought them along; -1 the municipality, -2 an association, -3 by themselves, -4 nobody has said,
--               -5 there before anybody counted, -6 a neighbour, nobody knows which
--   counted     a byte: 1 where a first time stands on a door list, or they were there before. Not: somebody who only handed a card on
--   first_day   int4: the day of that first time, counted from 1970; the least of all int4 without one
--   card        int4: the number of the card they came by, or -1
-- And once: the names of those who have said yes to it, each with its number, read only by those who stand in the tree themselves; `me`, the number
-- of the one who acts, or null. A name that could mean two means nobody: a tie that is missing is honest, a tie with the wrong neighbour is not.
drop function community.brought_in(uuid, date);
create function community.brought_in(place uuid, at date)
returns table (on_day date, brought_by bytea, counted bytea, first_day bytea, card bytea, named integer[], names text[], me integer)
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' set enable_nestloop = off set jit = off as $$
#variable_conflict use_column
declare
  day date := community.shape_day(at);
  may_read_names boolean := current_setting('role', true) not in ('oplive_employee', 'oplive_leader');
begin
  -- A stranger is answered nothing, as where nothing is.
  if not community.may_see_shape(brought_in.place) then return; end if;
  return query
    with recursive came as materialized (
      select a.id, d.on_date, coalesce(p.merged_into, p.id)::text as person,
        nullif(lower(btrim(a.name)), '') as name, coalesce(a.first_time, false) as first, 
        -- The code of a meeting stands on its poster: whoever wrote it has not said who it was.
        case when w.poster then 'unknown' else a.brought_by end as said,
        -- A code has a digit; a name has none, and there are thousands of them.
        case when a.brought_by <> 'neighbour' or w.poster then null when a.bringer ~ '[0-9]' then community.bringer_name(a.bringer)
          else nullif(lower(btrim(a.bringer)), '') end as bringer,
        case when a.brought_by = 'neighbour' and a.bringer ~ '[0-9]' then community.card_code(a.bringer) end as code,
        a.card_id as invited
      from community.arrival a join community.meeting m on m.id = a.meeting_id join community.community k on k.id = m.community_id
        left join community.evening v on v.meeting_id = m.id left join community.person p on p.id = a.person_id
        -- Who came before the day that was planned, came when it began.
        cross join lateral (select (least(m.starts_at, v.begun_at) at time zone k.time_zone)::date as on_date) d
        cross join lateral (select a.brought_by = 'neighbour' and a.bringer is not null
          and upper(translate(a.bringer, ' -', '')) in (select x.code from community.meeting x where x.community_id = brought_in.place) as poster) w
      where m.community_id = brought_in.place and d.on_date <= day
    ), works as (
      -- »Amira« on a list is the employee, where no neighbour is called so.
      select lower(btrim(a.name)) as name from access.employee_community e join access.account a on a.id = e.account_id where e.community_id = brought_in.place
      union
      select lower(split_part(btrim(a.name), ' ', 1)) from access.employee_community e join access.account a on a.id = e.account_id where e.community_id = brought_in.place
    ), unkept as (
      select c.name, count(*) as many from came c where c.person is null and c.first and c.name is not null group by 1
    ), known as (
      select lower(btrim(p.name)) as name, min(coalesce(p.merged_into, p.id)::text) as one, max(coalesce(p.merged_into, p.id)::text) as other,
        bool_or(f.person is not null) as came_first
      from community.person p left join (select distinct c.person from came c where c.first and c.person is not null) f
        on f.person = coalesce(p.merged_into, p.id)::text
      where p.community_id = brought_in.place group by 1
    ), called as materialized (
      -- Whom each name stands for: a person, somebody who is on the lists alone, or an employee; null where it could be two.
      select s.name, case
        when k.name is not null and k.one = k.other and (u.many is null or (u.many = 1 and not k.came_first)) then k.one
        when k.name is null and u.many is null and w.name is not null then 'staff'
        -- A code that nobody can read, or »ham i nr. 12«, is no name, unless somebody on a list is called so.
        when k.name is null and coalesce(u.many, 1) = 1 and (s.name !~ '[0-9]' or s.listed) then 'name ' || s.name end as key
      from (select x.name, bool_or(x.listed) as listed from (
          select c.name, true as listed from came c where c.name is not null union all select c.bringer, false from came c where c.bringer is not null
        ) x group by 1) s
        left join unkept u on u.name = s.name left join known k on k.name = s.name left join works w on w.name = s.name
    ), holder as materialized (
      -- Whose card it is: somebody who has joined; else the one whose name those wrote who came by it (the invitation bore the same); else nobody.
      select o.id, o.code, o.parent_id, coalesce(p.merged_into::text, p.id::text, w.key, 'card ' || o.id) as key
      from community.own_card o left join community.person p on p.id = o.person_id left join (
        select c.invited, min(n.key) as key from came c join called n on n.name = c.bringer
        where c.invited is not null and n.key <> 'staff' group by 1 having count(distinct n.key) = 1) w on w.invited = o.id
      where o.community_id = brought_in.place
    ), placed as materialized (
      select c.id, c.on_date, c.first, c.said, c.bringer, c.code, c.invited, coalesce(c.person, n.key, case when c.first then c.id::text end) as key
      from came c left join called n on n.name = c.name
    ), firsts as materialized (
      -- One's first time is one: the earliest that says who brought them.
      select distinct on (c.key) c.key, c.on_date, c.said, c.bringer, c.code, c.invited from placed c
      where c.first and c.key is not null and c.key <> 'staff' order by c.key, c.said = 'unknown', c.on_date, c.id
    ), told as materialized (
      -- Their own word first: a code, a name. Where they gave none, or one that two have, the invitation with which they had said that they come.
      select f.key, f.on_date, f.said, case when h.id is null and n.key is null then i.id else h.id end as card, coalesce(h.key, n.key, i.key) as by_key
      from firsts f left join holder h on h.code = f.code left join called n on n.name = f.bringer and h.id is null
        left join holder i on i.id = f.invited and i.key <> f.key
    ), used as (
      select h.id, h.parent_id, h.key from holder h join (select t.by_key as key from told t union select p.key from placed p) x on x.key = h.key
      union
      select h.id, h.parent_id, h.key from used u join holder h on h.id = u.parent_id
    ), parent as materialized (
      select distinct on (u.key) u.key, h.key as by_key from used u join holder h on h.id = u.parent_id where h.key <> u.key order by u.key, u.id
    ), node as materialized (
      select e.key, (row_number() over (order by random()) - 1)::integer as n from (
        select p.key from placed p where p.key is not null and p.key <> 'staff'
        union select t.by_key from told t where t.by_key is not null and t.by_key <> 'staff'
        union select u.key from used u
      ) e
    ), whole as (
      select n.n, n.key, t.on_date, t.card, t.key is null and p.key is not null as passed_on,
        case
          when t.by_key = 'staff' or t.said = 'municipality' then -1
          when b.n is not null then b.n
          when t.said = 'neighbour' then -6
          when t.said = 'association' then -2
          when t.said = 'self' then -3
          when q.n is not null then q.n
          when t.key is not null then -4
          else -5 end as by
      from node n left join told t on t.key = n.key left join node b on b.key = t.by_key
        left join parent p on p.key = n.key left join node q on q.key = p.by_key
    ), deck as (
      select x.card, (row_number() over (order by x.card) - 1)::integer as n from (select distinct t.card from told t where t.card is not null) x
    ), mine as (
      select n.n from node n join community.person p on coalesce(p.merged_into, p.id)::text = n.key
      where p.community_id = brought_in.place and p.account_id = access.me() limit 1
    ), agreed as (
      select p.id::text as key, p.name from community.person p join community.consent c on c.person_id = p.id
      where p.community_id = brought_in.place and c.purpose = 'treeName' and c.withdrawn_at is null and may_read_names and exists (select from mine)
    )
    select day, coalesce(string_agg(int4send(w.by), '' order by w.n), ''),
      coalesce(string_agg(case when w.passed_on then '\x00'::bytea else '\x01' end, '' order by w.n), ''),
      coalesce(string_agg(int4send(coalesce(w.on_date - '1970-01-01'::date, -2147483648)), '' order by w.n), ''),
      coalesce(string_agg(int4send(coalesce(d.n, -1)), '' order by w.n), ''),
      coalesce(array_agg(w.n order by w.n) filter (where g.name is not null), '{}'),
      coalesce(array_agg(g.name order by w.n) filter (where g.name is not null), '{}'), (select m.n from mine m)
    from whole w left join agreed g on g.key = w.key left join deck d on d.card = w.card;
end $$;
alter function community.brought_in owner to oplive_system;
grant execute on function community.brought_in to oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_system;

-- ------------------------------------------------------------------------------------------------------------------ what ties are made of

-- As in 0034, and one has brought the other by the code of their card or by their invitation, too.
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
  -- One brought the other: as the door list has it, by a name, a code or the invitation that it found; or by the invitation the other
  -- said yes with. Once for each meeting.
  select brought.community_id, brought.one, brought.two, false, 'brought', brought.on_date, brought.meeting_id from (
    select m.community_id, coalesce(o.person_id, n.person_id, i.person_id) as one, a.person_id as two,
      (m.starts_at at time zone k.time_zone)::date as on_date, m.id as meeting_id
    from community.arrival a join community.meeting m on m.id = a.meeting_id join community.community k on k.id = m.community_id
      left join community.own_card o on o.community_id = m.community_id and a.brought_by = 'neighbour'
        and o.code = case when a.bringer ~ '[0-9]' then community.card_code(a.bringer) end
      left join community.whom_a_name_means n on n.community_id = m.community_id and a.brought_by = 'neighbour'
        and n.name = case when a.bringer ~ '[0-9]' then community.bringer_name(a.bringer) else lower(btrim(a.bringer)) end
      left join community.own_card i on i.id = a.card_id
    where a.person_id is not null and coalesce(o.person_id, n.person_id, i.person_id) <> a.person_id
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
