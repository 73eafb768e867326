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
