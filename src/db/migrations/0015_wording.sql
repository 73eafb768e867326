-- A place is defined in the words of its own: of those whom a host or a key holder knows. Whoever comes from the net with a name belongs at
-- once, and could otherwise write over what a hundred neighbours have agreed on.
grant create on schema community to oplive_system; -- taken back at the end of this file

-- May the one who acts word the definition of this place? Who is known there; everybody who belongs, while nobody hosts or keeps it.
create function community.may_word(community uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(community.known_here($1), false) or (access.belongs($1)
    and not exists (select from access.community_role r where r.community_id = $1 and r.role in ('host', 'keyholder')))
$$;
alter function community.may_word owner to oplive_system;
grant execute on function community.may_word(uuid) to oplive_resident, oplive_host;
-- Only those who belong to the community and are known there word its definition; an employee cannot.
alter policy own_words on community.definition with check (community.may_word(community_id));

revoke create on schema community from oplive_system;
