-- The desks: what a page tells of everybody is counted by the database itself, so that no page has to act as somebody else.

grant create on schema community to oplive_system; -- taken back at the end of this file

-- How many promises people have made at the meetings of a community, and how many are kept. Nothing under five: nobody else sees promises.
create function community.promises_made(community uuid) returns table (made integer, kept integer)
language sql stable security definer set search_path = '' as $$
  select case when t.made < 5 then 0 else t.made end, case when t.made < 5 then 0 else t.kept end
  from (select count(*)::integer as made, (count(*) filter (where c.state = 'kept'))::integer as kept
    from community.commitment c join community.meeting m on m.id = c.meeting_id
    where m.community_id = community and c.state <> 'released') t
$$;
alter function community.promises_made owner to oplive_system;
grant execute on function community.promises_made to oplive_guest, oplive_resident, oplive_host, oplive_municipal;

-- Does anybody of the place hold a key to its room? Who it is, is told to its members.
create function community.is_kept(community uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from access.community_role r join access.account a on a.id = r.account_id
    where r.community_id = community and r.role = 'keyholder' and a.ended_at is null)
$$;
alter function community.is_kept owner to oplive_system;
grant execute on function community.is_kept to oplive_municipal;

-- How many letters have been tried for more than an hour. The operator knows the number, never to whom or what.
create function community.letters_stuck() returns integer language sql stable security definer set search_path = '' as $$
  select count(*)::integer from community.letter l where l.tries >= 6
$$;
alter function community.letters_stuck owner to oplive_system;
grant execute on function community.letters_stuck to oplive_operator;

comment on policy readable on community.age_band is 'How old a place is, is public: it comes from public statistics.';
comment on policy hosts_own on community.undo is 'Hosts see and use what can be undone at their own evenings.';

revoke create on schema community from oplive_system;
