-- Mine oplysninger: what somebody says no to, who has to answer, and what rests meanwhile. What is kept of people elsewhere is
-- listed, told and forgotten by src/mine/; this is the only table of its own.

grant create on schema community to oplive_system; -- taken back at the end of this file

create table community.objection (
  id uuid primary key,
  account_id uuid not null references access.account on delete cascade,
  -- The room it is about; null for what the municipality holds by itself: signing in, and its own room.
  community_id uuid references community.community on delete cascade,
  -- Who was responsible on the day it was written, and so has to answer. It does not move when the room changes hands: it was not
  -- written to those who came after.
  controller text not null check (controller in ('municipality', 'association')),
  -- What the one who objects is called; whoever answers has to know.
  name text not null check (length(name) between 1 and 80),
  text text not null check (length(text) between 3 and 2000),
  asked_on date not null,
  answer text check (length(answer) between 3 and 2000),
  answered_on date check (answered_on >= asked_on),
  -- What the one who answered is called, and by what right.
  answerer text check (length(answerer) between 1 and 80),
  check ((answer is null) = (answered_on is null) and (answer is null) = (answerer is null)),
  check (community_id is not null or controller = 'municipality')
);
comment on table community.objection is 'What somebody has said no to, and the answer of who is responsible. While it waits, nobody of the municipality finds the person in that room.';
create index on community.objection (account_id);
create index on community.objection (controller, community_id) where answer is null;
alter table community.objection enable row level security;
grant select on community.objection to oplive_resident, oplive_host, oplive_municipal, oplive_system;
grant insert (id, account_id, community_id, controller, name, text, asked_on) on community.objection to oplive_resident, oplive_host, oplive_municipal;
grant update (answer, answered_on, answerer) on community.objection to oplive_keyholder, oplive_officer;
grant delete on community.objection to oplive_resident, oplive_host, oplive_municipal, oplive_system;
-- One writes, reads and takes back one's own.
create policy own on community.objection for select to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me());
create policy own_words on community.objection for insert to oplive_resident, oplive_host, oplive_municipal
  with check (account_id = access.me() and answer is null
    and controller = case when community_id is null or community.is_interim(community_id) then 'municipality' else 'association' end);
create policy own_back on community.objection for delete to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me());
-- Where an association is responsible, its key holders read and answer, never their own.
create policy key_holders_see on community.objection for select to oplive_keyholder
  using (controller = 'association' and access.keeps(community_id));
create policy key_holders_answer on community.objection for update to oplive_keyholder
  using (controller = 'association' and access.keeps(community_id) and account_id <> access.me())
  with check (controller = 'association' and access.keeps(community_id));
-- Where the municipality is responsible, for good or for the time being, its data protection officer reads and answers, never their own.
create policy officer_sees on community.objection for select to oplive_officer using (controller = 'municipality');
create policy officer_answers on community.objection for update to oplive_officer
  using (controller = 'municipality' and account_id <> access.me()) with check (controller = 'municipality');
-- The system forgets, and asks what rests.
create policy life on community.objection for all to oplive_system using (true) with check (true);

-- Who proposed a hand-over is taken out of it when they leave the place.
grant update (by_account) on community.hand_over to oplive_system;

-- An answer is given once.
create function community.answer_stands() returns trigger language plpgsql as $$
begin
  if old.answer is not null then raise exception 'an answer that was given stands' using errcode = '42501'; end if;
  return new;
end $$;
create trigger stands before update on community.objection for each row execute function community.answer_stands();
grant execute on function community.answer_stands() to oplive_keyholder, oplive_officer, oplive_system;

-- As before, and whoever has said no and waits for the answer is not found.
create or replace function community.look_at_people(look uuid, community uuid, reason_ text, query text, after_name text)
returns table (id uuid, name text, contact_wish text, telephone text, mail text, languages text[], joined_on date)
language plpgsql volatile security definer set search_path = '' as $$
declare seen uuid[];
begin
  if not (access.works_with(community) and community.is_interim(community)) then
    raise exception 'the municipality is a guest here' using errcode = '42501';
  end if;
  if query is null then
    select array_agg(f.id) into seen from (select p.id from community.person p
      where p.community_id = community and p.merged_into is null and not exists (
        select from community.objection o where o.account_id = p.account_id and o.community_id = p.community_id and o.answer is null) and (after_name is null or p.search > community.plain(after_name))
      order by p.search, p.id limit 50) f;
  else
    select array_agg(f.id) into seen from (select p.id from community.person p
      where p.community_id = community and p.merged_into is null and not exists (
        select from community.objection o where o.account_id = p.account_id and o.community_id = p.community_id and o.answer is null)
        and (p.search like '%' || community.plain(query) || '%' or p.search operator(public.%>) community.plain(query))
      order by p.search, p.id limit 50) f;
  end if;
  insert into community.look (id, community_id, account_id, looker, what, reason, at)
    values (look, community, access.me(), (select a.name from access.account a where a.id = access.me()),
      case when query is null then 'people' else 'find' end, reason_, access.clock_now());
  insert into community.looked_at (look_id, person_id) select look, s from unnest(coalesce(seen, '{}')) s;
  return query select p.id, p.name, p.contact_wish, p.telephone, p.mail, p.languages, p.joined_on
    from community.person p where p.id = any (seen) order by p.search, p.id;
end $$;

-- Where somebody's whole name stands in a field of its own, as it is looked for when they ask what is kept of them.
create index coming_name on community.coming (lower(btrim(name)));
create index arrival_name on community.arrival (lower(btrim(name))) where name is not null;
create index arrival_bringer on community.arrival (lower(btrim(bringer))) where bringer is not null;
create index commitment_name on community.commitment (lower(btrim(name)));
create index commitment_to_whom on community.commitment (lower(btrim(to_whom))) where to_whom is not null;
create index invitation_inviter on community.invitation (lower(btrim(inviter)));

revoke create on schema community from oplive_system;
