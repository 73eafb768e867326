-- What the data protection officer answers for: somebody asks what is kept of them, and something has gone wrong with what is kept.

grant create on schema community, municipal to oplive_system; -- taken back at the end of this file

-- ---------------------------------------------------------------------------------------------------------- what is kept of me?

-- A look that answers somebody who has asked: they read it as every other look.
alter table community.look drop constraint look_what_check,
  add constraint look_what_check check (what in ('people', 'person', 'find', 'card', 'request'));

create table municipal.access_request (
  id uuid primary key,
  -- Who asks, as they said it: by these they are found, and by nothing else.
  name text not null check (length(name) between 2 and 120),
  mail text check (mail = lower(mail) and length(mail) between 3 and 254),
  telephone text check (length(telephone) between 4 and 40),
  -- How they asked, in the officer's words: whoever is looked at reads it.
  reason text not null check (length(reason) between 3 and 280),
  received_on date not null,
  -- Two more months, and why: told to who asks within the first (GDPR 12(3)).
  extended_because text check (length(extended_because) between 3 and 1000),
  answered_on date check (answered_on >= received_on),
  answerer text check (length(answerer) between 1 and 80),
  check ((answered_on is null) = (answerer is null))
);
comment on table municipal.access_request is 'Who has asked what is kept of them, when it came, and when it was answered. Twenty-four months after the answer.';
alter table municipal.access_request enable row level security;
grant select, insert on municipal.access_request to oplive_officer;
grant update (extended_because, answered_on, answerer) on municipal.access_request to oplive_officer;
grant select, delete on municipal.access_request to oplive_system;
-- The data protection officer alone writes them down and reads them, and answers those that are not answered.
create policy officer_reads on municipal.access_request for select to oplive_officer using (true);
create policy officer_writes on municipal.access_request for insert to oplive_officer with check (answered_on is null);
create policy officer_answers on municipal.access_request for update to oplive_officer using (answered_on is null) with check (true);
-- The system tells whoever asked, and forgets.
create policy life on municipal.access_request for all to oplive_system using (true);

-- Whom a request may be about: the name, the address or the number is theirs. Only where the municipality is responsible.
create function community.request_matches(request uuid) returns table (person uuid, community uuid, name text) language sql stable security definer set search_path = '' as $$
  select p.id, p.community_id, p.name
  from municipal.access_request r join community.person p on p.merged_into is null and (p.search = community.plain(r.name)
    or lower(p.mail) = r.mail
    or p.account_id in (select m.account_id from access.mail_address m where m.address = r.mail)
    or regexp_replace(regexp_replace(p.telephone, '[^0-9+]', '', 'g'), '^(\+|00)45', '') = regexp_replace(regexp_replace(r.telephone, '[^0-9+]', '', 'g'), '^(\+|00)45', ''))
  where r.id = request and r.answered_on is null and community.is_interim(p.community_id)
$$;
alter function community.request_matches owner to oplive_system;

-- The officer looks for who asks: in every room that the municipality answers for, and each such look is written down before anything is
-- answered. Only names, as they were written, and where.
create function community.find_for_request(request uuid) returns table (person uuid, community uuid, name text)
language plpgsql volatile security definer set search_path = '' as $$
declare
  asked municipal.access_request;
  place uuid;
  look uuid;
begin
  select r.* into asked from municipal.access_request r where r.id = request and r.answered_on is null;
  if asked.id is null then
    return;
  end if;
  for place in select c.id from community.community c where community.is_interim(c.id) order by c.id loop
    look := gen_random_uuid();
    insert into community.look (id, community_id, account_id, looker, what, reason, at)
      values (look, place, access.me(), (select a.name from access.account a where a.id = access.me()), 'find', asked.reason, access.clock_now());
    insert into community.looked_at (look_id, person_id) select look, m.person from community.request_matches(request) m where m.community = place;
  end loop;
  return query select m.person, m.community, m.name from community.request_matches(request) m order by m.name, m.person;
end $$;
alter function community.find_for_request owner to oplive_system;
grant execute on function community.find_for_request to oplive_officer;

-- The one door to what is kept of somebody: one person, one request that waits for its answer, in a room that the municipality answers for.
-- It writes down that it was opened before it answers; for anybody else it answers nothing.
create function community.open_for_request(request uuid, of_person uuid) returns table (community uuid, account uuid, name text)
language plpgsql volatile security definer set search_path = '' as $$
declare
  look uuid := gen_random_uuid();
  found_person community.person;
begin
  select p.* into found_person from community.request_matches(request) m join community.person p on p.id = m.person where m.person = of_person;
  if found_person.id is null then
    return;
  end if;
  insert into community.look (id, community_id, account_id, looker, what, reason, at)
    select look, found_person.community_id, access.me(), (select a.name from access.account a where a.id = access.me()), 'request', r.reason, access.clock_now()
    from municipal.access_request r where r.id = request;
  insert into community.looked_at (look_id, person_id) values (look, found_person.id);
  return query select found_person.community_id, found_person.account_id, found_person.name;
end $$;
alter function community.open_for_request owner to oplive_system;
grant execute on function community.open_for_request to oplive_officer;

-- ------------------------------------------------------------------------------------------------------- something has gone wrong

create table municipal.incident (
  id uuid primary key,
  what text not null check (length(what) between 3 and 2000),
  noticed_at timestamptz not null,
  begun_at timestamptz not null,
  begun_by text not null check (length(begun_by) between 1 and 80),
  -- Whose rooms are touched; and whether what the municipality itself keeps is (signing in).
  communities uuid[] not null,
  entry boolean not null,
  -- What for the data is kept that got out: words of the data map.
  kinds text[] not null check (cardinality(kinds) between 1 and 40),
  -- The two decisions, each with its reason.
  tell_authority boolean,
  authority_why text check (length(authority_why) between 3 and 2000),
  tell_people boolean,
  people_why text check (length(people_why) between 3 and 2000),
  -- After how many hours the officer was last written to.
  reminded integer check (reminded in (24, 60)),
  closed_at timestamptz,
  check (cardinality(communities) > 0 or entry),
  check ((tell_authority is null) = (authority_why is null)),
  check ((tell_people is null) = (people_why is null)),
  check (closed_at is null or (tell_authority is not null and tell_people is not null))
);
comment on table municipal.incident is 'Something has gone wrong with what is kept of people: what, when it was noticed, what is decided. Five years after it was closed.';
alter table municipal.incident enable row level security;
grant select, insert on municipal.incident to oplive_officer;
grant update (tell_authority, authority_why, tell_people, people_why, closed_at) on municipal.incident to oplive_officer;
grant select on municipal.incident to oplive_keyholder;
grant select, delete, update (reminded) on municipal.incident to oplive_system;
-- The officer writes it down, reads it, and decides as long as it is open.
create policy officer_reads on municipal.incident for select to oplive_officer using (true);
create policy officer_begins on municipal.incident for insert to oplive_officer with check (closed_at is null and reminded is null);
create policy officer_decides on municipal.incident for update to oplive_officer using (closed_at is null) with check (true);
-- Key holders read what has touched their room.
create policy key_holders_see on municipal.incident for select to oplive_keyholder using (exists (select from unnest(communities) c where access.keeps(c)));
-- The system reminds, and forgets.
create policy life on municipal.incident for all to oplive_system using (true) with check (true);

create table municipal.incident_step (
  id uuid primary key,
  incident_id uuid not null references municipal.incident on delete cascade,
  at timestamptz not null,
  by text not null check (length(by) between 1 and 80),
  what text not null check (what in ('begun', 'authority', 'people', 'note', 'reminded', 'closed')),
  text text check (length(text) between 1 and 2000)
);
comment on table municipal.incident_step is 'What was done about an incident, step by step. Written once; gone with the incident.';
create index on municipal.incident_step (incident_id);
alter table municipal.incident_step enable row level security;
grant select, insert on municipal.incident_step to oplive_officer;
grant insert, select on municipal.incident_step to oplive_system;
-- The officer writes steps at the clock of the program and reads them; nobody changes one.
create policy officer_reads on municipal.incident_step for select to oplive_officer using (true);
create policy officer_writes on municipal.incident_step for insert to oplive_officer
  with check (exists (select from municipal.incident i where i.id = incident_id));
-- The system writes that it has reminded.
create policy life on municipal.incident_step for select to oplive_system using (true);
create policy reminding on municipal.incident_step for insert to oplive_system with check (what = 'reminded');

-- How many people each incident touches, room by room: numbers for the officer, and all that the operator is told.
create function municipal.incident_counts() returns table (incident uuid, noticed_at timestamptz, closed boolean, community uuid, people integer)
language sql stable security definer set search_path = '' as $$
  select i.id, i.noticed_at, i.closed_at is not null, c.id, (select count(*)::integer from community.person p where p.community_id = c.id and p.merged_into is null)
    from municipal.incident i cross join unnest(i.communities) c(id)
  union all
  select i.id, i.noticed_at, i.closed_at is not null, null, (select count(*)::integer from access.account) from municipal.incident i where i.entry
$$;
alter function municipal.incident_counts owner to oplive_system;
grant execute on function municipal.incident_counts to oplive_officer, oplive_operator;

-- The mailboxes of the officers, for the letter that reminds.
create function access.officer_mail() returns table (address text) language sql stable security definer set search_path = '' as $$
  select m.address from access.account a join access.mail_address m on m.account_id = a.id
  where a.municipal_role = 'officer' and (a.ended_at is null or a.ended_at > access.clock_now())
$$;
grant execute on function access.officer_mail to oplive_system;

revoke create on schema community, municipal from oplive_system;
