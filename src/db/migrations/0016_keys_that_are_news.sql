-- One key holder could make a second one alone: know a few accounts of their own, or set the rule of trust low, and let them trust each other.
-- The two of them would then be two. So a key that came by trust or by inheritance is news as long as its notice stands, thirty days in
-- which everybody reads of it: until then it does not decide that somebody else loses theirs, nor whose the room is.
grant create on schema community to oplive_system; -- taken back at the end of this file

create function community.key_is_news(person uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from community.key_event e where e.person_id = person and e.what in ('trusted', 'inherited')
    and e.at > access.clock_now() - interval '30 days')
$$;
alter function community.key_is_news owner to oplive_system;
grant execute on function community.key_is_news(uuid) to oplive_system;

-- How many have said yes to a hand-over and still hold a key that is no news: a key that was taken meanwhile takes its yes along.
create or replace function community.yes_that_counts(hand_over uuid) returns integer language sql stable security definer set search_path = '' as $$
  select count(*)::integer from community.hand_over_yes y
    join community.hand_over h on h.id = y.hand_over_id
    join community.person p on p.id = y.person_id and p.merged_into is null
    join access.community_role r on r.account_id = p.account_id and r.community_id = h.community_id and r.role = 'keyholder'
  where y.hand_over_id = hand_over and not community.key_is_news(p.id)
$$;

revoke create on schema community from oplive_system;
