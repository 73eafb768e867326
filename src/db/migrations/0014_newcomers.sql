-- Newcomers from the net: whoever has a meeting's code can make as many persons as they like, and wait. So what a newcomer may see of their
-- neighbours, and what their trust weighs, begins when a key holder knows who they are. And a look has a reason that can be read.
grant create on schema community to oplive_system; -- taken back at the end of this file

-- Spaces, and letters that nobody sees, are no reason: the one who was looked at reads it.
alter table community.look add constraint a_reason_is_read
  check (length(regexp_replace(reason, '[\s\u00A0\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u2000-\u200F\u2028-\u202F\u205F-\u206F\u2800\u3000\u3164\uFE00-\uFE0F\uFEFF\uFFA0]', '', 'g')) >= 3) not valid;

-- Does a key holder know who this is? Hosts and those with a key are known, and so is who turned out to be somebody that is known.
create function community.is_known(person uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from community.person p left join access.community_role r on r.account_id = p.account_id and r.community_id = p.community_id
    where p.id = person and (p.known_on is not null or r.role in ('host', 'keyholder')
      or exists (select from community.person g where g.merged_into = p.id and g.known_on is not null)))
$$;
alter function community.is_known owner to oplive_system;
grant execute on function community.is_known(uuid) to oplive_system;

-- Whom one can know of in a place: who holds a key; for those who are known there also who stands on the contact list or is in a group with
-- one. To say whom one trusts.
create or replace function community.neighbours_known(community uuid) returns table (id uuid, name text)
language sql stable security definer set search_path = '' as $$
  with me as (select p.id from community.person p where p.community_id = community and p.account_id = access.me()),
    known as (select coalesce(community.known_here(community), false) as here)
  select p.id, p.name from community.person p
  where p.community_id = community and p.merged_into is null and p.account_id is not null and exists (select from me) and p.id not in (select me.id from me) and (
    exists (select from access.community_role r where r.account_id = p.account_id and r.community_id = community and r.role = 'keyholder')
    or (select known.here from known) and (
      exists (select from community.consent c where c.person_id = p.id and c.purpose = 'contactList' and c.withdrawn_at is null)
      or exists (select from community.membership theirs join community.membership mine on mine.association_id = theirs.association_id
        where theirs.person_id = p.id and mine.person_id in (select me.id from me) and theirs.said_yes_at is not null and mine.said_yes_at is not null)))
  order by p.search, p.id limit 500
$$;

-- Who is in a group: for key holders, and for those who are in it themselves and are known there. Anybody can say yes to a group, so that a
-- newcomer whom nobody knows yet sees themselves and nobody else.
create or replace function community.in_group(association uuid) returns table (id uuid, name text, said_yes boolean, paper boolean)
language sql stable security definer set search_path = '' as $$
  select p.id, p.name, m.said_yes_at is not null, p.account_id is null
  from community.membership m join community.person p on p.id = m.person_id join community.association a on a.id = m.association_id
  where m.association_id = association and p.merged_into is null and (access.keeps(a.community_id)
    or (m.said_yes_at is not null and p.account_id = access.me())
    or (m.said_yes_at is not null and community.known_here(a.community_id) and exists (
      select from community.membership mine join community.person me on me.id = mine.person_id
      where mine.association_id = association and mine.said_yes_at is not null and me.account_id = access.me())))
  order by p.search, p.id
$$;

-- How many trust the one who asks, in this place. Nobody is told about anybody else. Only the trust of those counts who are known there.
create or replace function community.trust_in_me(community uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select count(*)::integer from community.trust t join community.person p on p.id = t.to_person
  where p.community_id = community and p.account_id = access.me() and community.is_known(t.from_person)
$$;

revoke create on schema community from oplive_system;
