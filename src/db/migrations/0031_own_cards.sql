-- Who brought whom: a neighbour's own invitation to the place, and the tree that is read off the door lists and the codes of these cards.
--
-- A card knows no name. Who has joined is tied to theirs by their person; whoever has not is a code and nothing else, and a chain of codes is a
-- chain all the same. Nothing of the tree is kept: it is read each time it is asked for, so whoever is forgotten is forgotten here.
grant create on schema community to oplive_system; -- taken back at the end of this file

create table community.own_card (
  id uuid primary key default gen_random_uuid(),
  community_id uuid not null references community.community on delete cascade,
  secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
  -- Printed on the card and typed on a door list. It opens nothing: it says only by which card somebody came.
  code text not null check (code ~ '^[BCDFGHJKLMNPRSTVX]{3}[2-9]{3}$'),
  -- By whose card the one came who made this one.
  parent_id uuid references community.own_card on delete set null,
  person_id uuid references community.person on delete cascade,
  -- The first of a month: no time on what is nobody's.
  made_in date not null check (extract(day from made_in) = 1),
  unique (community_id, code),
  check (parent_id <> id)
);
comment on table community.own_card is 'A neighbour''s own invitation to the place. It knows no name, and nothing about who is asked; somebody who came by one may have one of their own, whose parent it is.';
create unique index one_card_each on community.own_card (person_id) where person_id is not null;
create index on community.own_card (parent_id);
alter table community.own_card enable row level security;
grant select (id, community_id, code, person_id, made_in) on community.own_card to oplive_resident, oplive_host;
grant select, insert, update (person_id, parent_id, secret_hash), delete on community.own_card to oplive_system;
-- One sees that one has a card, and its code.
create policy own on community.own_card for select to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
-- The system makes a card, finds it by its link, and moves a place.
create policy by_the_link on community.own_card for all to oplive_system using (true) with check (true);

-- To have one's name in the tree is a yes of its own.
alter table community.consent drop constraint consent_purpose_check;
alter table community.consent add constraint consent_purpose_check
  check (purpose in ('contactList', 'askMe', 'photo', 'letters', 'treeName'));

-- How many have come by a card: those on the door lists of its place with its code.
create function community.came_by_card(card uuid) returns integer language sql stable set search_path = '' as $$
  select count(*)::integer from community.own_card o join community.meeting m on m.community_id = o.community_id
    join community.arrival a on a.meeting_id = m.id and upper(translate(a.bringer, ' -', '')) = o.code
  where o.id = card
$$;
grant execute on function community.came_by_card(uuid) to oplive_system;

-- The card that the one who acts has in a place, and how many have come by it: told to them alone.
create function community.my_card(place uuid) returns table (id uuid, code text, secret_hash bytea, came integer)
language sql stable security definer set search_path = '' as $$
  select o.id, o.code, o.secret_hash, community.came_by_card(o.id) from community.own_card o join community.person p on p.id = o.person_id
  where o.community_id = place and p.account_id = access.me()
$$;
alter function community.my_card owner to oplive_system;
grant execute on function community.my_card to oplive_resident, oplive_host;

-- Who brought whom in a place, without a name, up to a day: people are numbers by the lot, thrown anew at each call. For each number:
--   brought_by  the number of whoever brought them along; -1 the municipality, -2 an association, -3 by themselves, -4 nobody has said,
--               -5 there before anybody counted, -6 a neighbour, nobody knows which
--   counted     a first time stands on a door list, or they were there before. Not: somebody who only handed a card on
--   first_day   the day of that first time, counted from 1970; null without one
--   card        the number of the card they came by, or -1
--   names       the name of who has said yes to it; read only by those who stand in the tree themselves
--   me          the number of the one who acts, or null
-- A name that could mean two means nobody: a tie that is missing is honest, a tie with the wrong neighbour is not.
create function community.brought_in(place uuid, at date)
returns table (on_day date, people integer, brought_by integer[], counted boolean[], first_day integer[], card integer[], names text[], me integer)
language plpgsql stable security definer set search_path = '' set enable_nestloop = off set jit = off as $$
#variable_conflict use_column
declare
  day date := community.shape_day(at);
  named boolean := current_setting('role', true) not in ('oplive_employee', 'oplive_leader');
begin
  -- A stranger is answered nothing, as where nothing is.
  if not community.may_see_shape(brought_in.place) then return; end if;
  return query
    with recursive came as materialized (
      select a.id, (m.starts_at at time zone k.time_zone)::date as on_date, coalesce(p.merged_into, p.id)::text as person,
        nullif(lower(btrim(a.name)), '') as name, coalesce(a.first_time, false) as first, a.brought_by as said,
        case when a.brought_by = 'neighbour' then nullif(lower(btrim(a.bringer)), '') end as bringer,
        case when a.brought_by = 'neighbour' then upper(translate(a.bringer, ' -', '')) end as code
      from community.arrival a join community.meeting m on m.id = a.meeting_id join community.community k on k.id = m.community_id
        left join community.person p on p.id = a.person_id
      where m.community_id = brought_in.place and (m.starts_at at time zone k.time_zone)::date <= day
    ), holder as materialized (
      select o.id, o.code, o.parent_id, coalesce(p.merged_into::text, p.id::text, 'card ' || o.id) as key
      from community.own_card o left join community.person p on p.id = o.person_id where o.community_id = brought_in.place
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
        when k.name is null and coalesce(u.many, 1) = 1 then 'name ' || s.name end as key
      from (select c.name from came c where c.name is not null union select c.bringer from came c where c.bringer is not null) s
        left join unkept u on u.name = s.name left join known k on k.name = s.name left join works w on w.name = s.name
    ), placed as materialized (
      select c.id, c.on_date, c.first, c.said, c.bringer, c.code, coalesce(c.person, n.key, case when c.first then c.id::text end) as key
      from came c left join called n on n.name = c.name
    ), firsts as materialized (
      -- One's first time is one: the earliest that says who brought them.
      select distinct on (c.key) c.key, c.on_date, c.said, c.bringer, c.code from placed c
      where c.first and c.key is not null and c.key <> 'staff' order by c.key, c.said = 'unknown', c.on_date, c.id
    ), told as materialized (
      select f.key, f.on_date, f.said, h.id as card, coalesce(h.key, n.key) as by_key
      from firsts f left join holder h on h.code = f.code left join called n on n.name = f.bringer and h.id is null
    ), used as (
      select h.id, h.parent_id, h.key from holder h where h.key in (select t.by_key from told t) or h.key in (select p.key from placed p)
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
      where p.community_id = brought_in.place and c.purpose = 'treeName' and c.withdrawn_at is null and named and exists (select from mine)
    )
    select day, count(*)::integer, coalesce(array_agg(w.by order by w.n), '{}'), coalesce(array_agg(not w.passed_on order by w.n), '{}'),
      coalesce(array_agg(w.on_date - '1970-01-01'::date order by w.n), '{}'),
      coalesce(array_agg(coalesce(d.n, -1) order by w.n), '{}'),
      coalesce(array_agg(g.name order by w.n), '{}'), (select m.n from mine m)
    from whole w left join agreed g on g.key = w.key left join deck d on d.card = w.card;
end $$;
alter function community.brought_in owner to oplive_system;
grant execute on function community.brought_in to oplive_resident, oplive_host, oplive_employee, oplive_leader, oplive_system;

revoke create on schema community from oplive_system;
