-- A whole community moves in: written by a role of its own, which may what the program may, and a few things more that only a move needs.
do $$ begin
  if not exists (select from pg_roles where rolname = 'oplive_mover') then create role oplive_mover nologin inherit; end if;
end $$;
grant oplive_system to oplive_mover;
-- As with the others: whoever migrates can also do it at the keyboard.
grant oplive_mover to current_user;
grant usage on schema access, community, municipal to oplive_mover;
grant create on schema community to oplive_system; -- taken back at the end of this file

create table community.moved_in (
  -- Of the bundle, not of the place: the same one is taken in once.
  bundle_id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  from_name text not null check (length(from_name) between 1 and 120),
  -- The fingerprint of the key that signed it, as it was confirmed.
  signer text not null check (signer ~ '^[0-9a-f]{64}$'),
  taken_at timestamptz not null
);
comment on table community.moved_in is 'Which communities came here in a bundle, from which installation, and by whose signature.';
create index on community.moved_in (community_id);
alter table community.moved_in enable row level security;
grant select, insert on community.moved_in to oplive_system;
-- The program writes down what it takes in, and changes nothing of it.
create policy moves_in on community.moved_in for all to oplive_system using (true) with check (true);

create table community.moved_away (
  community_id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'),
  name text not null check (length(name) between 1 and 120),
  -- The whole address of the place at the new installation.
  address text not null check (address ~ '^https?://[^ ]{3,200}$'),
  moved_on date not null
);
comment on table community.moved_away is 'Which communities have moved from here, and where to.';
alter table community.moved_away enable row level security;
grant select, insert on community.moved_away to oplive_system;
-- The program writes down what it has let go, and changes nothing of it.
create policy moved_away on community.moved_away for all to oplive_system using (true) with check (true);

create table community.moved_sign (
  -- SHA-256 of a code or of the secret in a link: what stands on paper leads to the new address.
  hash bytea primary key check (length(hash) = 32),
  community_id uuid not null references community.moved_away on delete cascade
);
comment on table community.moved_sign is 'Codes and links of a community that has moved, as hashes: of nobody.';
create index on community.moved_sign (community_id);
alter table community.moved_sign enable row level security;
grant select, insert on community.moved_sign to oplive_system;
-- As above.
create policy moved_sign on community.moved_sign for all to oplive_system using (true) with check (true);

-- A place that has moved is deleted by the mover alone.
grant delete, update (slug) on community.community to oplive_mover;
create policy letting_go on community.community for delete to oplive_mover using (true);
-- It is held while it goes, which PostgreSQL counts as changing it.
create policy held on community.community for update to oplive_mover using (true);
-- Numbers that the municipality was given stay with it, after the place has moved.
alter table municipal.people_count drop constraint people_count_community_id_fkey;

-- What every new community is born with gives way to what came along.
grant delete on community.withdrawal_plan, community.controller to oplive_mover;
grant insert on community.objection to oplive_mover;

-- As before; words that move in keep the place in the order that they had.
create or replace function community.number_statement() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('role', true) = 'oplive_mover' then return new; end if;
  update community.evening e set
    next_ordinal = e.next_ordinal + 1,
    voices = e.voices + case when new.tag is null or not exists (
      select from community.statement s where s.meeting_id = new.meeting_id and s.tag = new.tag) then 1 else 0 end
    where e.meeting_id = new.meeting_id and e.put_away_at is null
    returning e.next_ordinal - 1 into new.ordinal;
  if not found then raise exception 'this evening takes no words' using errcode = 'OL001'; end if;
  return new;
end $$;
revoke create on schema community from oplive_system;
