-- What was done that weighs, on a list that nobody changes; and what is forgotten when its time is over.

grant create on schema community to oplive_system; -- taken back at the end of this file

-- ------------------------------------------------------------------------------------------------------------------- the audit

create table access.audit (
  -- One after the other, without a gap: written under a lock.
  id bigint primary key,
  at timestamptz not null,
  -- What was done: `key.made`, `retention.run`.
  what text not null check (what ~ '^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$' and length(what) <= 60),
  -- As what, and who: by name only for somebody of the municipality, at work. A neighbour is a role.
  role text not null check (role ~ '^[a-z]+$'),
  name text check (length(name) between 1 and 120),
  -- In which place, by its address.
  place text check (place ~ '^[a-z0-9-]{2,60}$'),
  -- Numbers, days and codes. Never a word that somebody wrote: a name or a sentence has a capital or a blank.
  facts jsonb not null default '{}' check (jsonb_typeof(facts) = 'object' and length(facts::text) <= 1000
    and not jsonb_path_exists(facts, 'strict $.keyvalue() ? (!(@.key like_regex "^[a-zA-Z_-]{1,30}$"))')
    and not jsonb_path_exists(facts, 'strict $.* ? (@.type() != "number" && @.type() != "boolean" && @.type() != "null"
      && !(@.type() == "string" && @ like_regex "^[a-z0-9_-]{1,40}$"))')),
  -- SHA-256 over the entry before and this one: a change or a gap breaks the chain.
  hash bytea not null check (length(hash) = 32)
);
comment on table access.audit is 'What was done that weighs, in a chain that nobody changes. Five years.';
alter table access.audit enable row level security;
grant select on access.audit to oplive_officer, oplive_operator, oplive_system;
-- The officer and the operator read it; the program reads it too, and can do no more.
create policy readable on access.audit for select to oplive_officer, oplive_operator, oplive_system using (true);

create table access.audit_start (
  one boolean primary key default true check (one),
  -- The last entry that was five years old and went, and the hash that the next one builds on.
  id bigint not null,
  hash bytea not null check (length(hash) = 32),
  -- The newest entry and its hash: whoever cuts off the end leaves a chain that is shorter than what stands here.
  last_id bigint not null,
  last_hash bytea not null check (length(last_hash) = 32),
  cut_on date
);
comment on table access.audit_start is 'Both ends of the chain: from where it is reckoned, what is older than five years being gone, and where it ends.';
insert into access.audit_start (id, hash, last_id, last_hash) values (0, sha256('oplive audit'), 0, sha256('oplive audit'));
alter table access.audit_start enable row level security;
grant select on access.audit_start to oplive_officer, oplive_operator, oplive_system;
-- From where the chain is reckoned, they may know as well.
create policy readable on access.audit_start for select to oplive_officer, oplive_operator, oplive_system using (true);

-- The hash of one entry, over the one before it. Times in UTC, whatever the session says.
create function access.audit_hash(before bytea, entry access.audit) returns bytea language sql immutable set search_path = '' as $$
  select pg_catalog.sha256(before || pg_catalog.convert_to(pg_catalog.jsonb_build_array(entry.id,
    pg_catalog.to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.what, entry.role, entry.name, entry.place, entry.facts)::text, 'UTF8'))
$$;

-- The one way to write: as the one who acts, at the clock of the program, after all that was written before.
create function access.note_audit(what text, place text, facts jsonb) returns void language plpgsql security definer set search_path = '' as $$
declare
  entry access.audit;
  before bytea;
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('access.audit', 0));
  select s.last_id + 1, s.last_hash into entry.id, before from access.audit_start s;
  entry.at := access.clock_now();
  entry.what := note_audit.what;
  entry.role := pg_catalog.regexp_replace(pg_catalog.current_setting('role'), '^oplive_', '');
  if entry.role !~ '^[a-z]+$' then
    entry.role := 'system';
  end if;
  select a.name into entry.name from access.account a where a.id = access.me() and a.municipal_role is not null;
  entry.place := note_audit.place;
  entry.facts := coalesce(note_audit.facts, '{}');
  entry.hash := access.audit_hash(before, entry);
  insert into access.audit values (entry.*);
  update access.audit_start set last_id = entry.id, last_hash = entry.hash;
end $$;
grant execute on function access.note_audit to oplive_resident, oplive_host, oplive_municipal, oplive_system;

-- Up to when entries may go. By the server's own clock as well: the program's can be told anything, and whoever told it a year in the future
-- would empty the list.
create function access.audit_old() returns timestamptz language sql stable set search_path = ''
  return least(now(), access.clock_now()) - interval '5 years';

-- Nobody changes or takes away an entry, not even its owner. What lies before the beginning of the chain may go, and that moves by age alone.
create function access.audit_stands() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' and old.id <= (select s.id from access.audit_start s) then
    return old;
  end if;
  raise exception 'the audit is not changed' using errcode = '42501';
end $$;
create trigger audit_stands before update or delete on access.audit for each row execute function access.audit_stands();
create trigger audit_stands_whole before truncate on access.audit for each statement execute function access.audit_stands();

-- The ends of the chain move by one entry more, or by a later beginning where all that lies before it is old.
create function access.audit_moves() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    if new.id = old.id and new.hash = old.hash and new.last_id = old.last_id + 1
      and new.last_hash = (select a.hash from access.audit a where a.id = new.last_id) then
      return new;
    end if;
    if new.last_id = old.last_id and new.last_hash = old.last_hash and new.id > old.id
      and new.hash = (select a.hash from access.audit a where a.id = new.id)
      and not exists (select from access.audit a where a.id <= new.id and a.at >= access.audit_old()) then
      return new;
    end if;
  end if;
  raise exception 'the audit is not changed' using errcode = '42501';
end $$;
create trigger audit_moves before update or delete on access.audit_start for each row execute function access.audit_moves();
create trigger audit_moves_whole before truncate on access.audit_start for each statement execute function access.audit_moves();

-- Takes away what is five years old, and keeps where the chain goes on. Answers how many entries went.
create function access.cut_audit() returns integer language plpgsql security definer set search_path = '' as $$
declare
  last access.audit;
  gone integer;
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('access.audit', 0));
  -- Times may jump with a clock; what comes after an entry that stays, stays too.
  select a.* into last from access.audit a where a.id < coalesce(
    (select min(o.id) from access.audit o where o.at >= access.audit_old()), 9223372036854775807) order by a.id desc limit 1;
  if last.id is null then
    return 0;
  end if;
  update access.audit_start set id = last.id, hash = last.hash, cut_on = access.clock_now()::date;
  delete from access.audit a where a.id <= last.id;
  get diagnostics gone = row_count;
  return gone;
end $$;
grant execute on function access.cut_audit to oplive_system;

-- The first entry at which the chain is broken: changed, not the one that comes next, or missing at the end. Null when it is whole.
create function access.audit_broken_at() returns bigint language sql stable security definer set search_path = '' as $$
  select coalesce(
    (select min(t.id) from (
      select a.id, a.hash, access.audit_hash(coalesce(lag(a.hash) over (order by a.id), s.hash), a) as reckoned,
        coalesce(lag(a.id) over (order by a.id), s.id) as before
      from access.audit a, access.audit_start s) t
    where t.hash is distinct from t.reckoned or t.id <> t.before + 1),
    (select e.id + 1 from (
      select coalesce(max(a.id), s.id) as id, coalesce((select l.hash from access.audit l order by l.id desc limit 1), s.hash) as hash,
        s.last_id, s.last_hash
      from access.audit_start s left join access.audit a on true group by s.id, s.hash, s.last_id, s.last_hash) e
    where e.id <> e.last_id or e.hash <> e.last_hash))
$$;
grant execute on function access.audit_broken_at to oplive_officer, oplive_operator, oplive_system;

-- --------------------------------------------------------------------------------------------------------------- signs of life

-- Somebody shows life by what they do: they come in, they are at a meeting, they promise something. Days, not hours.
create function community.shows_life(account uuid, person uuid, day date) returns void language sql security definer set search_path = '' as $$
  update community.person p set active_on = shows_life.day
    where (p.account_id = shows_life.account or p.id = shows_life.person) and p.active_on < shows_life.day
$$;
alter function community.shows_life owner to oplive_system;

create function community.session_shows_life() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform community.shows_life(new.account_id, null, new.seen_on);
  return null;
end $$;
grant execute on function community.shows_life to oplive_system;
alter function community.session_shows_life owner to oplive_system;
create trigger shows_life after insert or update of seen_on on access.session for each row execute function community.session_shows_life();

create function community.meeting_shows_life() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform community.shows_life(null, new.person_id, (select m.starts_at::date from community.meeting m where m.id = new.meeting_id));
  return null;
end $$;
alter function community.meeting_shows_life owner to oplive_system;
create trigger shows_life after insert or update of person_id on community.arrival for each row when (new.person_id is not null) execute function community.meeting_shows_life();
create trigger shows_life after insert or update of person_id on community.commitment for each row when (new.person_id is not null) execute function community.meeting_shows_life();

-- ------------------------------------------------------------------------------------------------------------------- retention

create table community.still_question (
  person_id uuid primary key references community.person on delete cascade,
  asked_on date not null,
  -- The last day to answer. After it they are forgotten; only numbers are left.
  until date not null check (until > asked_on)
);
comment on table community.still_question is 'Who has shown no life for two years and is asked whether they go on. Gone with the answer, or with them.';
alter table community.still_question enable row level security;
grant select on community.still_question to oplive_resident, oplive_host;
grant delete on community.still_question to oplive_keyholder;
grant select, insert, update, delete on community.still_question to oplive_system;
-- One sees that one is asked.
create policy own on community.still_question for select to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
-- Key holders see who is asked in their room: those without mail are asked by a neighbour who knows them.
create policy key_holders_see on community.still_question for select to oplive_keyholder
  using (exists (select from community.person p where p.id = person_id and access.keeps(p.community_id)));
-- And hear the answer of those who have no account.
create policy key_holders_hear on community.still_question for delete to oplive_keyholder
  using (exists (select from community.person p where p.id = person_id and access.keeps(p.community_id) and p.account_id is null));
-- The night asks, and is answered.
create policy life on community.still_question for all to oplive_system using (true) with check (true);

create table community.retention_run (
  day date primary key,
  began_at timestamptz not null,
  -- Null while it runs, and when it was cut off: the next one goes on.
  ended_at timestamptz,
  -- How many rows of each rule went, or were asked.
  counts jsonb not null default '{}'
);
comment on table community.retention_run is 'What each night forgot, by rule, in numbers.';
alter table community.retention_run enable row level security;
grant select on community.retention_run to oplive_officer, oplive_operator;
grant select, insert, update, delete on community.retention_run to oplive_system;
-- The officer and the operator read whether it ran.
create policy readable on community.retention_run for select to oplive_officer, oplive_operator using (true);
-- The night writes what it did.
create policy run on community.retention_run for all to oplive_system using (true) with check (true);

-- Old looks leave through here: nobody else may take one away.
create function community.drop_old_looks(before timestamptz) returns integer language plpgsql security definer set search_path = '' as $$
declare
  gone integer;
begin
  if before > access.clock_now() - interval '5 years' then
    raise exception 'looks are kept for five years' using errcode = '42501';
  end if;
  delete from community.look l where l.at < before;
  get diagnostics gone = row_count;
  return gone;
end $$;
grant execute on function community.drop_old_looks to oplive_system;

revoke create on schema community from oplive_system;
