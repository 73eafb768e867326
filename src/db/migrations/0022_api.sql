-- Other programs: keys by which they read what their owner may read, and addresses that are told when a meeting is planned, changed or counted.

grant create on schema community to oplive_system; -- taken back at the end of this file

create table access.api_key (
  id uuid primary key default gen_random_uuid(),
  -- The key itself is on no disk of ours.
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  account_id uuid not null references access.account on delete cascade,
  -- The place in which a neighbour's key reads; null for somebody of the municipality, whose policies say where.
  community_id uuid references community.community on delete cascade,
  -- As whom it reads: what its owner is there, or less.
  as_role text not null check (as_role in ('resident', 'host', 'keyholder', 'employee', 'leader', 'officer', 'operator')),
  -- What its owner calls the program that has it.
  name text not null check (length(name) between 1 and 60),
  made_on date not null,
  expires_on date not null check (expires_on > made_on),
  used_on date,
  check ((community_id is null) = (as_role in ('employee', 'leader', 'officer', 'operator')))
);
comment on table access.api_key is 'Keys for other programs: each reads what its owner may read, in one place, and dies with its owner’s right.';
create index on access.api_key (account_id);
alter table access.api_key enable row level security;
grant select (id, account_id, community_id, as_role, name, made_on, expires_on, used_on) on access.api_key to oplive_resident, oplive_host, oplive_municipal;
grant insert, delete on access.api_key to oplive_resident, oplive_host, oplive_municipal;
grant select, update, delete on access.api_key to oplive_system;
-- Each sees, makes and takes away their own. Which right a key has is looked up at each use.
create policy own on access.api_key for select to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me());
create policy own_made on access.api_key for insert to oplive_resident, oplive_host, oplive_municipal with check (account_id = access.me());
create policy own_gone on access.api_key for delete to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me());
-- The system finds whose key it is, notes the day, and forgets what has run out.
create policy use on access.api_key for all to oplive_system using (true) with check (true);

create table community.webhook (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  url text not null check (url ~ '^https?://' and length(url) <= 300),
  made_on date not null,
  -- Since when nothing has arrived; after five days it is told of nothing more.
  failing_since date,
  stopped_on date,
  -- What it answered the last time: three digits, or why it could not be reached.
  last_answer text check (length(last_answer) <= 40),
  unique (community_id, url)
);
comment on table community.webhook is 'Addresses of other programs that are told when a meeting of a place is planned, changed or counted.';
alter table community.webhook enable row level security;
grant select, insert, delete, update (stopped_on, failing_since) on community.webhook to oplive_keyholder;
grant select, update, delete on community.webhook to oplive_system;
-- Whoever holds a key of the place says whom it tells.
create policy key_holders on community.webhook for all to oplive_keyholder using (access.keeps(community_id)) with check (access.keeps(community_id));
create policy telling on community.webhook for all to oplive_system using (true) with check (true);

create table community.webhook_call (
  -- The same event is the same call, however often it is tried.
  id uuid primary key default gen_random_uuid(),
  webhook_id uuid not null references community.webhook on delete cascade,
  meeting_id uuid not null references community.meeting on delete cascade,
  event text not null check (event in ('meeting.planned', 'meeting.changed', 'meeting.counted')),
  tries integer not null default 0,
  laid_at timestamptz not null,
  not_before timestamptz not null
);
comment on table community.webhook_call is 'What is still to be told to another program. Gone when it is told, or after three days.';
create index on community.webhook_call (not_before);
alter table community.webhook_call enable row level security;
grant select, insert, update, delete on community.webhook_call to oplive_system;
-- The program alone tells.
create policy telling on community.webhook_call for all to oplive_system using (true) with check (true);

-- A meeting was planned or changed: told in the same transaction, so that nothing is told that is not so, and nothing is forgotten.
create function community.tell_of_meeting() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' or (new.kind, new.purpose, new.place, new.host_name, new.starts_at)
      is distinct from (old.kind, old.purpose, old.place, old.host_name, old.starts_at) then
    insert into community.webhook_call (webhook_id, meeting_id, event, laid_at, not_before)
      select w.id, new.id, case tg_op when 'INSERT' then 'meeting.planned' else 'meeting.changed' end, access.clock_now(), access.clock_now()
      from community.webhook w where w.community_id = new.community_id and w.stopped_on is null;
  end if;
  return null;
end $$;
alter function community.tell_of_meeting owner to oplive_system;
create trigger tell_of_meeting after insert or update on community.meeting for each row execute function community.tell_of_meeting();

-- A meeting's cards were counted for those who gave them. Late cards that join later are no news of their own.
create function community.tell_of_result() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.audience = 'community' and new.version = 1 then
    insert into community.webhook_call (webhook_id, meeting_id, event, laid_at, not_before)
      select w.id, new.meeting_id, 'meeting.counted', access.clock_now(), access.clock_now()
      from community.webhook w join community.meeting m on m.community_id = w.community_id
      where m.id = new.meeting_id and w.stopped_on is null;
  end if;
  return null;
end $$;
alter function community.tell_of_result owner to oplive_system;
create trigger tell_of_result after insert on community.result for each row execute function community.tell_of_result();

revoke create on schema community from oplive_system;
