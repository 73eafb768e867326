-- A question of what is kept of somebody is passed on to the association that answers for a place: the municipality may not look there.

grant create on schema community, municipal to oplive_system; -- taken back at the end of this file

create table municipal.request_passed_on (
  request_id uuid not null references municipal.access_request on delete cascade,
  community_id uuid not null references community.community on delete cascade,
  passed_on date not null,
  -- When somebody with a key said that it is answered. What they answered is not kept, nor whether there was anything.
  answered_on date check (answered_on >= passed_on),
  primary key (request_id, community_id)
);
comment on table municipal.request_passed_on is 'To which association a question of what is kept was passed on, and when it was answered. Goes with the question.';
create index on municipal.request_passed_on (community_id);
alter table municipal.request_passed_on enable row level security;
grant select, insert on municipal.request_passed_on to oplive_officer;
grant select, update (answered_on) on municipal.request_passed_on to oplive_keyholder;
grant select on municipal.request_passed_on to oplive_system;
-- The officer reads what they passed on, and passes on to a place that an association answers for, once.
create policy officer_reads on municipal.request_passed_on for select to oplive_officer using (true);
create policy officer_passes_on on municipal.request_passed_on for insert to oplive_officer
  with check (answered_on is null and not community.is_interim(community_id));
-- Who holds a key of the place reads what was passed on to it, and says once that it is answered.
create policy key_holders_see on municipal.request_passed_on for select to oplive_keyholder using (access.keeps(community_id));
create policy key_holders_answer on municipal.request_passed_on for update to oplive_keyholder
  using (answered_on is null and access.keeps(community_id)) with check (answered_on is not null);
-- The system carries it along when a question is forgotten.
create policy life on municipal.request_passed_on for select to oplive_system using (true);

-- Who asks, for the key holders of the place it was passed on to, until they have answered: the name and how they are reached, and no more.
create function municipal.passed_on_to(place uuid) returns table (request uuid, name text, mail text, telephone text, passed_on date)
language sql stable security definer set search_path = '' as $$
  select r.id, r.name, r.mail, r.telephone, p.passed_on
  from municipal.request_passed_on p join municipal.access_request r on r.id = p.request_id
  where p.community_id = place and p.answered_on is null and access.keeps(place)
  order by p.passed_on, r.id
$$;
alter function municipal.passed_on_to owner to oplive_system;
grant execute on function municipal.passed_on_to to oplive_keyholder;

-- What else the people of a room are called, so that the officer sees where a text tells of somebody else.
create function community.names_in(places uuid[], but uuid[]) returns table (name text) language sql stable security definer set search_path = '' as $$
  select distinct p.name from community.person p
  where p.community_id = any (places) and p.id <> all (but) and p.merged_into is null
$$;
alter function community.names_in owner to oplive_system;
grant execute on function community.names_in to oplive_system;

-- The operator's desk tells the red lines of their own page now.
drop function community.letters_stuck();

revoke create on schema community, municipal from oplive_system;
