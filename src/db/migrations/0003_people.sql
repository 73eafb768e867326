-- People and the three rooms: who is here, whose it is, and who may see what.
--
-- Nine roles act now. Three are new in the municipality, one in the community:
--   keyholder  a neighbour who keeps a community's room: all that a host may, and its people
--   leader     leads in the municipality: sees numbers and plans, never a person
--   officer    the data protection officer: sees who looked at what, never what they saw
--   operator   keeps the server running: sees how it runs, and no person
-- What everybody of the municipality may see of a community, as its guest, is granted to oplive_municipal; nobody acts as that alone.
do $$
declare r text;
begin
  foreach r in array array['municipal', 'leader', 'officer', 'operator', 'keyholder'] loop
    if not exists (select from pg_roles where rolname = 'oplive_' || r) then
      execute format('create role %I nologin inherit', 'oplive_' || r);
    end if;
  end loop;
end $$;
alter role oplive_employee inherit;
grant oplive_host to oplive_keyholder;
grant oplive_municipal to oplive_employee, oplive_leader, oplive_officer, oplive_operator;
grant usage on schema access, community, municipal to oplive_municipal, oplive_leader, oplive_officer, oplive_operator, oplive_keyholder;
grant create on schema community, access to oplive_system; -- taken back at the end of this file

-- What an employee could read until now as a guest, everybody of the municipality can.
do $$
declare
  g record;
begin
  for g in select n.nspname, c.relname, null::text as columns from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('access', 'community', 'municipal') and c.relkind in ('r', 'p') and has_table_privilege('oplive_employee', c.oid, 'select')
    union all
    select n.nspname, c.relname, string_agg(quote_ident(a.attname), ', ') from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where n.nspname in ('access', 'community', 'municipal') and c.relkind in ('r', 'p')
        and not has_table_privilege('oplive_employee', c.oid, 'select') and has_column_privilege('oplive_employee', c.oid, a.attnum, 'select')
      group by 1, 2
  loop
    execute format('grant select %s on %I.%I to oplive_municipal', coalesce('(' || g.columns || ')', ''), g.nspname, g.relname);
  end loop;
  for g in select n.nspname, c.relname, p.polname,
      (select string_agg(distinct quote_ident(case when r.rolname = 'oplive_employee' then 'oplive_municipal' else r.rolname end), ', ')
        from pg_roles r where r.oid = any (p.polroles)) as roles
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where p.polcmd = 'r' and 'oplive_employee'::regrole::oid = any (p.polroles)
  loop
    execute format('alter policy %I on %I.%I to %s', g.polname, g.nspname, g.relname, g.roles);
  end loop;
  for g in select p.oid::regprocedure::text as signature from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('access', 'community', 'municipal') and has_function_privilege('oplive_employee', p.oid, 'execute')
  loop
    execute format('grant execute on function %s to oplive_municipal', g.signature);
  end loop;
end $$;

-- The municipality founds communities and agrees on plans: its employees and its leaders do.
grant insert on community.community to oplive_leader;
grant update (last_day, still_missing, written_at) on community.withdrawal_plan to oplive_leader;
alter policy founding on community.community to oplive_employee, oplive_leader, oplive_system;
alter policy municipality_writes on community.withdrawal_plan to oplive_employee, oplive_leader;
grant execute on function community.plan_withdrawal(), community.tell_meeting(), community.tell_result(), community.refuse_change() to oplive_leader;

-- ------------------------------------------------------------------------------------------------------------------- access

alter table access.account drop constraint account_municipal_role_check;
alter table access.account
  add constraint account_municipal_role_check check (municipal_role in ('employee', 'leader', 'officer', 'operator')),
  -- When somebody's access was ended. Nobody signs in with it again until it is given back.
  add column ended_at timestamptz;
comment on table access.account is 'Somebody who can sign in: what they are called, and a role in the municipality if they have one. Nothing else is known here.';
grant update (name, municipal_role, ended_at), delete on access.account to oplive_system;
grant update (name) on access.account to oplive_resident, oplive_host;
-- One says oneself what one is called.
create policy own_name on access.account for update to oplive_resident, oplive_host using (id = access.me()) with check (id = access.me());

alter table access.community_role drop constraint community_role_role_check;
alter table access.community_role add constraint community_role_role_check check (role in ('resident', 'host', 'keyholder'));
comment on table access.community_role is 'What an account may do in which community: a resident belongs, a host plans meetings, a key holder keeps the room.';
create index on access.community_role (community_id, role);
grant update (role), delete on access.community_role to oplive_system;

-- Does the one who acts host this community? Key holders do.
create or replace function access.hosts(community uuid) returns boolean language sql stable
  return exists (select from access.community_role r where r.account_id = access.me() and r.community_id = community and r.role in ('host', 'keyholder'));
create or replace function access.hosts_meeting(meeting uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from community.meeting m join access.community_role r on r.community_id = m.community_id
    where m.id = meeting and r.account_id = access.me() and r.role in ('host', 'keyholder'))
$$;
-- Does the one who acts hold a key to this community's room?
create function access.keeps(community uuid) returns boolean language sql stable
  return exists (select from access.community_role r where r.account_id = access.me() and r.community_id = community and r.role = 'keyholder');
grant execute on function access.keeps(uuid) to oplive_guest, oplive_resident, oplive_host, oplive_municipal, oplive_system;

create table access.employee_community (
  account_id uuid not null references access.account on delete cascade,
  community_id uuid not null references community.community on delete cascade,
  primary key (account_id, community_id)
);
comment on table access.employee_community is 'With which communities somebody of the municipality works.';
create index on access.employee_community (community_id);
alter table access.employee_community enable row level security;
grant select on access.employee_community to oplive_municipal, oplive_system;
grant insert, delete on access.employee_community to oplive_system;
-- Each sees where they themselves work.
create policy own on access.employee_community for select to oplive_municipal using (account_id = access.me());
-- The system keeps it as sign-in and the operator say.
create policy set_up on access.employee_community for all to oplive_system using (true) with check (true);

-- Does the one who acts work with this community for the municipality?
create function access.works_with(community uuid) returns boolean language sql stable
  return exists (select from access.employee_community e where e.account_id = access.me() and e.community_id = community);
grant execute on function access.works_with(uuid) to oplive_municipal, oplive_system;

alter table access.session
  add column id uuid not null default gen_random_uuid() unique,
  -- By which way in: a link from the terminal, mail, a printed card, a passkey, the municipality's own sign-in, or kept from a meeting.
  add column via text not null default 'terminal' check (via in ('terminal', 'mail', 'card', 'passkey', 'oidc', 'saml', 'kept')),
  -- What the browser calls itself, coarsely: "Chrome på Android".
  add column device text not null default '' check (length(device) <= 60),
  -- Days, not hours: enough to know one's own devices again.
  add column opened_on date not null default current_date,
  add column seen_on date not null default current_date,
  -- When the one who holds it last proved to be it: asked for before exports and hand-overs.
  add column proven_at timestamptz,
  -- The identity provider's own name of the session, so that signing out there ends it here.
  add column idp_session text check (length(idp_session) <= 500);
comment on table access.session is 'Who is signed in, by the hash of the token in their cookie; and on what, so that they know their own devices again.';
create index on access.session (account_id);
grant update (seen_on, proven_at) on access.session to oplive_system;
grant select (id, account_id, via, device, opened_on, seen_on, expires_at) on access.session to oplive_resident, oplive_host, oplive_municipal;
grant delete on access.session to oplive_resident, oplive_host, oplive_municipal;
-- Each sees their own devices, never their tokens, and signs out any of them.
create policy own on access.session for select to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me());
create policy own_out on access.session for delete to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me());

-- ---------------------------------------------------------------------------------------------------------------- the people

create extension if not exists pg_trgm with schema public;

-- Writes a name as it sounds to a Danish reader: å is aa, æ is ae, ø is oe, accents fall away. For searching and for telling twins, never shown.
create function community.plain(name text) returns text language sql immutable strict parallel safe set search_path = '' as $$
  select pg_catalog.btrim(pg_catalog.regexp_replace(
    pg_catalog.translate(
      pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.lower(pg_catalog.normalize(name, 'NFC')),
        'å', 'aa'), 'æ', 'ae'), 'ø', 'oe'), 'ö', 'oe'), 'ä', 'ae'),
      'áàâãéèêëíìîïóòôõúùûüýÿçñßšžðþ', 'aaaaeeeeiiiioooouuuuyycnsszdt'),
    '[^[:alnum:]]+', ' ', 'g'))
$$;
grant execute on function community.plain(text) to oplive_guest, oplive_resident, oplive_host, oplive_municipal, oplive_system;

create table community.person (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  -- Null for somebody who has no account: they come, and all they do is on paper.
  account_id uuid references access.account on delete set null,
  name text not null check (length(name) between 1 and 60),
  search text generated always as (community.plain(name)) stored,
  -- How they want to hear from others: telephone, paper, mail, or not at all.
  contact_wish text not null default 'none' check (contact_wish in ('phone', 'paper', 'mail', 'none')),
  telephone text check (length(telephone) between 4 and 40),
  mail text check (length(mail) between 3 and 254),
  languages text[] not null default '{}' check (cardinality(languages) <= 8),
  -- A person exists by coming to something, or by saying yes; how the yes was given.
  exists_by text not null check (exists_by in ('came', 'said_yes')),
  medium text not null check (medium in ('tap', 'paper', 'voice')),
  joined_on date not null,
  -- The last day they did something here themselves.
  active_on date not null,
  -- Found to be the same as somebody else, with their yes; undone within thirty days.
  merged_into uuid references community.person on delete set null,
  rev integer not null default 1,
  unique (community_id, account_id)
);
comment on table community.person is 'Somebody of a community, who came or said yes: what they are called and how they want to hear from others. No number from the state, no score, no impression, no health.';
create index on community.person (account_id);
create index on community.person (community_id, search);
create index on community.person using gin (search public.gin_trgm_ops);
alter table community.person enable row level security;
grant select, update (name, contact_wish, telephone, mail, languages, active_on, rev) on community.person to oplive_resident, oplive_host;
grant insert (id, community_id, name, contact_wish, telephone, mail, languages, exists_by, medium, joined_on, active_on) on community.person to oplive_keyholder;
grant select, insert, update, delete on community.person to oplive_system;
-- One sees and corrects oneself.
create policy own on community.person for select to oplive_resident, oplive_host using (account_id = access.me());
create policy own_words on community.person for update to oplive_resident, oplive_host using (account_id = access.me()) with check (account_id = access.me());
-- Key holders see who is in their room, write down who says yes on paper or aloud, and correct what those without an account tell them.
create policy key_holders_see on community.person for select to oplive_keyholder using (access.keeps(community_id));
create policy key_holders_write on community.person for insert to oplive_keyholder
  with check (access.keeps(community_id) and account_id is null and medium in ('paper', 'voice'));
create policy key_holders_correct on community.person for update to oplive_keyholder
  using (access.keeps(community_id) and account_id is null) with check (access.keeps(community_id) and account_id is null);
-- The system makes a person of a guest who says yes, merges and forgets.
create policy life on community.person for all to oplive_system using (true) with check (true);

create table community.profile (
  person_id uuid primary key references community.person on delete cascade,
  -- Own choice. Nobody under fifteen has a record of their own.
  age_band text check (age_band in ('15-17', '18-24', '25-39', '40-59', '60-74', '75+')),
  -- What they like to be asked about, in their own words.
  asked_about text check (length(asked_about) between 1 and 200)
);
comment on table community.profile is 'What somebody tells of themselves by their own choice. Only they read it here; others only what a consent opens.';
alter table community.profile enable row level security;
grant select, insert, update, delete on community.profile to oplive_resident, oplive_host, oplive_system;
-- The person's own, and nobody else's: not the key holders', not the municipality's.
create policy own on community.profile for all to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()))
  with check (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
create policy life on community.profile for all to oplive_system using (true) with check (true);

create table community.consent (
  id uuid primary key,
  person_id uuid not null references community.person on delete cascade,
  -- For what: to stand on the contact list, to be asked, to be in a photo, to get letters about meetings.
  purpose text not null check (purpose in ('contactList', 'askMe', 'photo', 'letters')),
  -- Which wording was read or heard.
  text_version integer not null check (text_version > 0),
  medium text not null check (medium in ('tap', 'paper', 'voice')),
  given_at timestamptz not null,
  withdrawn_at timestamptz check (withdrawn_at >= given_at)
);
comment on table community.consent is 'What somebody has said yes to, by which wording, how, and when they took it back. Taking part hangs on none of them.';
create unique index one_yes_at_a_time on community.consent (person_id, purpose) where withdrawn_at is null;
alter table community.consent enable row level security;
grant select, insert, update (withdrawn_at) on community.consent to oplive_resident, oplive_host, oplive_system;
grant delete on community.consent to oplive_system;
-- One gives and takes back one's own.
create policy own on community.consent for all to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()))
  with check (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
-- Key holders read them, and write down those of people without an account, as said on paper or aloud.
create policy key_holders_see on community.consent for select to oplive_keyholder
  using (exists (select from community.person p where p.id = person_id and access.keeps(p.community_id)));
create policy key_holders_write on community.consent for insert to oplive_keyholder
  with check (medium in ('paper', 'voice') and exists (select from community.person p where p.id = person_id and access.keeps(p.community_id) and p.account_id is null));
create policy key_holders_withdraw on community.consent for update to oplive_keyholder
  using (exists (select from community.person p where p.id = person_id and access.keeps(p.community_id) and p.account_id is null)) with check (true);
create policy life on community.consent for all to oplive_system using (true) with check (true);

-- A consent is given once and withdrawn once; nothing else of it changes.
create function community.consent_stands() returns trigger language plpgsql as $$
begin
  if old.withdrawn_at is not null then raise exception 'a consent that was taken back stays so' using errcode = '42501'; end if;
  return new;
end $$;
create trigger stands before update on community.consent for each row execute function community.consent_stands();
grant execute on function community.consent_stands() to oplive_resident, oplive_host, oplive_system;

-- ------------------------------------------------------------------------------------------------- associations and groups

create table community.association (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  -- Groups lie in associations, and groups in groups: four levels at most.
  parent_id uuid references community.association on delete cascade,
  kind text not null check (kind in ('association', 'group')),
  name text not null check (length(name) between 1 and 80),
  cvr text check (cvr ~ '^[0-9]{8}$'),
  -- The municipality founded it or decides in it: then it speaks for the municipality, not for residents.
  municipal boolean not null default false,
  made_on date not null,
  rev integer not null default 1
);
comment on table community.association is 'The associations and groups of a community, in levels. That they exist is public; who is in them is theirs.';
create index on community.association (community_id, parent_id);
alter table community.association enable row level security;
grant select on community.association to oplive_guest, oplive_resident, oplive_host, oplive_municipal, oplive_system;
grant insert, update (name, cvr, municipal, parent_id, rev), delete on community.association to oplive_keyholder, oplive_system;
-- Everybody may know which associations a place has.
create policy public_face on community.association for select using (true);
-- Key holders keep the list of their own place.
create policy key_holders_add on community.association for insert to oplive_keyholder with check (access.keeps(community_id));
create policy key_holders_change on community.association for update to oplive_keyholder using (access.keeps(community_id)) with check (access.keeps(community_id));
create policy key_holders_close on community.association for delete to oplive_keyholder using (access.keeps(community_id));
create policy set_up on community.association for all to oplive_system using (true) with check (true);

create function community.association_levels() returns trigger language plpgsql security definer set search_path = '' as $$
declare level integer;
begin
  if new.parent_id is null then return new; end if;
  with recursive above as (
    select a.id, a.parent_id, a.community_id, 1 as n from community.association a where a.id = new.parent_id
    union all
    select a.id, a.parent_id, a.community_id, n + 1 from community.association a join above on a.id = above.parent_id where n < 10
  )
  select case when bool_or(id = new.id) or bool_or(community_id <> new.community_id) or max(n) > 3 then -1 else max(n) end into level from above;
  if level is null or level < 0 then raise exception 'groups lie in their own place, four levels deep at most, and never in themselves' using errcode = '23514'; end if;
  return new;
end $$;
alter function community.association_levels owner to oplive_system;
grant execute on function community.association_levels() to oplive_keyholder, oplive_system;
create trigger levels before insert or update of parent_id on community.association for each row execute function community.association_levels();

create table community.membership (
  association_id uuid not null references community.association on delete cascade,
  person_id uuid not null references community.person on delete cascade,
  -- Null while somebody has only been asked.
  said_yes_at timestamptz,
  medium text check (medium in ('tap', 'paper', 'voice')),
  primary key (association_id, person_id),
  check ((said_yes_at is null) = (medium is null))
);
comment on table community.membership is 'Who is in which association or group: by their own yes. Without it they have only been asked.';
create index on community.membership (person_id);
alter table community.membership enable row level security;
grant select, insert, update (said_yes_at, medium), delete on community.membership to oplive_resident, oplive_host, oplive_system;
-- One joins and leaves by oneself.
create policy own on community.membership for all to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()))
  with check (exists (select from community.person p join community.association a on a.community_id = p.community_id
    where p.id = person_id and a.id = association_id and p.account_id = access.me()));
-- Key holders see who is in, ask somebody, and write down the yes of who has no account, said on paper or aloud.
create policy key_holders_see on community.membership for select to oplive_keyholder
  using (exists (select from community.association a where a.id = association_id and access.keeps(a.community_id)));
create policy key_holders_ask on community.membership for insert to oplive_keyholder
  with check (exists (select from community.association a join community.person p on p.community_id = a.community_id
    where a.id = association_id and p.id = person_id and access.keeps(a.community_id)
      and (said_yes_at is null or (p.account_id is null and medium in ('paper', 'voice')))));
create policy key_holders_yes on community.membership for update to oplive_keyholder
  using (exists (select from community.person p where p.id = person_id and access.keeps(p.community_id) and p.account_id is null)) with check (medium in ('paper', 'voice'));
create policy key_holders_out on community.membership for delete to oplive_keyholder
  using (exists (select from community.person p where p.id = person_id and access.keeps(p.community_id) and (p.account_id is null or said_yes_at is null)));
create policy life on community.membership for all to oplive_system using (true) with check (true);

-- --------------------------------------------------------------------------------------------------------------- whose it is

create table community.controller (
  community_id uuid primary key references community.community on delete cascade,
  -- The municipality is only the interim controller of a community's room, until an association takes it over.
  kind text not null default 'municipality' check (kind in ('municipality', 'association')),
  association_id uuid references community.association,
  since timestamptz not null,
  check ((kind = 'association') = (association_id is not null))
);
comment on table community.controller is 'Who is responsible for what stands in a community''s room: the municipality for the time being, or an association for good. Public.';
alter table community.controller enable row level security;
grant select on community.controller to oplive_guest, oplive_resident, oplive_host, oplive_municipal, oplive_system;
grant insert, update on community.controller to oplive_system;
-- Whose room it is, everybody may know.
create policy public_face on community.controller for select using (true);
-- It changes by a hand-over that two key holders have accepted, and by nothing else.
create policy handed_over on community.controller for all to oplive_system using (true) with check (true);
insert into community.controller (community_id, since) select id, founded_at from community.community;

-- Every community has a controller from its first day: the municipality, for the time being.
create function community.first_controller() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into community.controller (community_id, since) values (new.id, new.founded_at);
  return null;
end $$;
alter function community.first_controller owner to oplive_system;
grant execute on function community.first_controller() to oplive_employee, oplive_leader, oplive_system;
create trigger controller_from_day_one after insert on community.community for each row execute function community.first_controller();

-- Is the municipality still the interim controller of this community's room?
create function community.is_interim(community uuid) returns boolean language sql stable
  return exists (select from community.controller c where c.community_id = community and c.kind = 'municipality');
grant execute on function community.is_interim(uuid) to oplive_guest, oplive_resident, oplive_host, oplive_municipal, oplive_system;

create table community.look (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  -- Who looked: the name stays when the account is gone.
  account_id uuid references access.account on delete set null,
  looker text not null check (length(looker) between 1 and 80),
  -- What was opened, by the program's own word for it, and why, in the looker's own words.
  what text not null check (what in ('people', 'person', 'find', 'card')),
  reason text not null check (length(reason) between 3 and 280),
  at timestamptz not null
);
comment on table community.look is 'Each time somebody of the municipality has opened something in a community''s room: who, what, why and when. Nobody changes it.';
create index on community.look (community_id, at);
create table community.looked_at (
  look_id uuid not null references community.look on delete cascade,
  person_id uuid not null references community.person on delete cascade,
  primary key (look_id, person_id)
);
comment on table community.looked_at is 'Whom they saw in that look. Each person reads their own.';
create index on community.looked_at (person_id);
alter table community.look enable row level security;
alter table community.looked_at enable row level security;
grant select on community.look, community.looked_at to oplive_resident, oplive_host, oplive_system;
grant select on community.look to oplive_municipal;
grant insert on community.look, community.looked_at to oplive_system;
grant delete on community.looked_at to oplive_system;
-- Each reads who has looked at them. Key holders read who has looked in at their room.
create policy seen on community.look for select to oplive_resident, oplive_host
  using (exists (select from community.looked_at l join community.person p on p.id = l.person_id where l.look_id = look.id and p.account_id = access.me()));
create policy key_holders_see on community.look for select to oplive_keyholder using (access.keeps(community_id));
-- Somebody of the municipality reads their own looks; the data protection officer all, without whom they saw.
create policy own on community.look for select to oplive_municipal using (account_id = access.me());
create policy officer_sees on community.look for select to oplive_officer using (true);
create policy own on community.looked_at for select to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
create policy key_holders_see on community.looked_at for select to oplive_keyholder
  using (exists (select from community.person p where p.id = person_id and access.keeps(p.community_id)));
create policy log on community.look for all to oplive_system using (true) with check (true);
create policy log on community.looked_at for all to oplive_system using (true) with check (true);

-- Somebody of the municipality sees people of a community only by this function, which writes down that they looked before it shows anything.
-- They must work with the community, and the municipality must still be its interim controller: afterwards they are guests like everybody.
-- `query` finds by name, null lists all from `after` on; fifty at a time. Refuses with 42501.
create function community.look_at_people(look uuid, community uuid, reason_ text, query text, after_name text)
returns table (id uuid, name text, contact_wish text, telephone text, mail text, languages text[], joined_on date)
language plpgsql volatile security definer set search_path = '' as $$
declare seen uuid[];
begin
  if not (access.works_with(community) and community.is_interim(community)) then
    raise exception 'the municipality is a guest here' using errcode = '42501';
  end if;
  if query is null then
    select array_agg(f.id) into seen from (select p.id from community.person p
      where p.community_id = community and p.merged_into is null and (after_name is null or p.search > community.plain(after_name))
      order by p.search, p.id limit 50) f;
  else
    select array_agg(f.id) into seen from (select p.id from community.person p
      where p.community_id = community and p.merged_into is null
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
alter function community.look_at_people owner to oplive_system;
grant execute on function community.look_at_people to oplive_employee;

-- A role in a community follows from being a person there: who is forgotten has no right left.
create function community.person_gone() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if old.account_id is not null then
    delete from access.community_role r where r.account_id = old.account_id and r.community_id = old.community_id;
  end if;
  return null;
end $$;
alter function community.person_gone owner to oplive_system;
create trigger gone after delete on community.person for each row execute function community.person_gone();
grant execute on function community.person_gone() to oplive_system;
create function community.person_here() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.account_id is not null and new.merged_into is null then
    insert into access.community_role (account_id, community_id, role) values (new.account_id, new.community_id, 'resident') on conflict do nothing;
  end if;
  return null;
end $$;
alter function community.person_here owner to oplive_system;
create trigger here after insert or update of account_id on community.person for each row execute function community.person_here();
grant execute on function community.person_here() to oplive_resident, oplive_host, oplive_keyholder, oplive_system;

-- Whoever could sign in and belonged to a place before is a person there.
insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on)
  select gen_random_uuid(), r.community_id, r.account_id, left(a.name, 60), 'said_yes', 'tap', current_date, current_date
  from access.community_role r join access.account a on a.id = r.account_id where a.municipal_role is null;

-- Words from a phone are changed by their writer alone, whoever keeps the room.
create or replace function community.keep_own_words() returns trigger language plpgsql as $$
begin
  if old.medium = 'phone' and (new.text <> old.text or new.kind <> old.kind or new.lang <> old.lang)
    and current_setting('role', true) in ('oplive_host', 'oplive_keyholder') then
    raise exception 'words from a phone are changed by their writer' using errcode = '42501';
  end if;
  return new;
end $$;

revoke create on schema community, access from oplive_system;
