-- How residents sign in: by a letter in their mailbox, or by a printed card; and what its owner is told when somebody else tries.
grant create on schema access to oplive_system; -- taken back at the end of this file

create table access.mail_address (
  account_id uuid primary key references access.account on delete cascade,
  -- In small letters. Two who share a mailbox have the same.
  address text not null check (length(address) between 3 and 254 and address = lower(address)),
  confirmed_on date not null
);
comment on table access.mail_address is 'By which mail address somebody signs in. It stands here once they have shown that its letters reach them.';
create index on access.mail_address (address);
alter table access.mail_address enable row level security;
grant select, delete on access.mail_address to oplive_resident, oplive_host;
grant select, insert, update, delete on access.mail_address to oplive_system;
-- Each sees their own, and takes it away.
create policy own on access.mail_address for select to oplive_resident, oplive_host using (account_id = access.me());
create policy own_away on access.mail_address for delete to oplive_resident, oplive_host using (account_id = access.me());
-- The system writes it when its digits have come back, and finds who signs in.
create policy sign_in on access.mail_address for all to oplive_system using (true) with check (true);

create table access.mail_question (
  -- The browser that asked holds the token.
  browser_hash bytea primary key check (length(browser_hash) = 32),
  -- The letter holds the link. Null when the letter holds digits only, and when its digits have come back.
  link_hash bytea unique check (length(link_hash) = 32),
  -- The six digits, hashed together with the token of the browser and with that of the link: neither can be found by trying a million.
  code_by_browser bytea not null check (length(code_by_browser) = 32),
  code_by_link bytea check (length(code_by_link) = 32),
  purpose text not null check (purpose in ('in', 'prove', 'address')),
  -- Null when nobody here has it: such an address is not kept.
  address text check (length(address) between 3 and 254),
  -- Who proves that it is them, or whose address it is to be.
  account_id uuid references access.account on delete cascade,
  -- The page they were on their way to.
  way text not null default '/' check (way like '/%' and length(way) <= 500),
  wrong smallint not null default 0,
  wrong_elsewhere smallint not null default 0,
  -- The digits have come back; several share the mailbox, and it is not said yet who this is.
  proven boolean not null default false,
  expires_at timestamptz not null,
  check ((purpose = 'in') = (account_id is null))
);
comment on table access.mail_question is 'Somebody has asked to be let in by mail. Lives ten minutes, and is gone when it is answered.';
create index on access.mail_question (expires_at);
alter table access.mail_question enable row level security;
grant select, insert, update, delete on access.mail_question to oplive_system;
-- Only the system asks and answers.
create policy questions on access.mail_question for all to oplive_system using (true) with check (true);

create table access.card (
  account_id uuid primary key references access.account on delete cascade,
  -- The first four letters, which find the card; no 0/O, no 1/I.
  public_part text not null unique check (public_part ~ '^[23456789A-HJ-NP-Z]{4}$'),
  -- The twelve others, by scrypt.
  secret_hash bytea not null check (length(secret_hash) = 32),
  -- How many cards this account has had: whoever makes the next one must have seen this one.
  number integer not null check (number > 0),
  community_id uuid not null references community.community on delete cascade,
  -- What the key holder who gave it is called; the name stays when they are gone.
  giver text not null check (length(giver) between 1 and 80),
  given_on date not null,
  used_on date
);
comment on table access.card is 'The printed card by which somebody without mail signs in. One each: a new one takes the place of the old.';
alter table access.card enable row level security;
grant select (account_id, number, community_id, giver, given_on, used_on) on access.card to oplive_resident, oplive_host;
grant delete on access.card to oplive_resident, oplive_host;
grant select, insert, update, delete on access.card to oplive_system;
-- Each sees who gave them theirs, and when it was used.
create policy own on access.card for select to oplive_resident, oplive_host using (account_id = access.me());
-- Each closes their own, when it is lost.
create policy own_closed on access.card for delete to oplive_resident, oplive_host using (account_id = access.me());
-- The system gives it for a key holder, and finds whose it is.
create policy cards on access.card for all to oplive_system using (true) with check (true);

create table access.failed_try (
  account_id uuid not null references access.account on delete cascade,
  day date not null,
  via text not null check (via in ('mail', 'card')),
  times integer not null check (times > 0),
  -- The owner has been written to about it.
  told boolean not null default false,
  primary key (account_id, day, via)
);
comment on table access.failed_try is 'How often somebody tried to get in as this account with wrong digits or a wrong card, by the day. Kept for thirty days.';
alter table access.failed_try enable row level security;
grant select on access.failed_try to oplive_resident, oplive_host;
grant select, insert, update, delete on access.failed_try to oplive_system;
-- Each is told of tries at their own door.
create policy own on access.failed_try for select to oplive_resident, oplive_host using (account_id = access.me());
-- The system counts them.
create policy counting on access.failed_try for all to oplive_system using (true) with check (true);

-- A letter that lets somebody in is of no use later: it is not sent then, however long the mail server was away.
alter table community.letter add column not_after timestamptz;

-- Residents slide: who comes back within thirty days stays signed in.
grant update (expires_at) on access.session to oplive_system;

-- Has this account another way in than a card, which its owner sees to alone? Then nobody prints a card in their name.
create function access.has_own_way_in(account uuid) returns boolean language sql stable security definer set search_path = ''
  return exists (select from access.mail_address m where m.account_id = account);
alter function access.has_own_way_in owner to oplive_system;
grant execute on function access.has_own_way_in(uuid) to oplive_system;

-- To whom a key holder may give a card: a person of their own community who has no other way in, or who has a card from here that is lost.
-- Not to somebody of the municipality, not to another who holds a key (two who hold keys must be two), and not to somebody whose account
-- reaches into other places, unless their card was given here before. No row: there is no such person for the one who acts.
create function access.card_for(place text, person uuid)
returns table (account_id uuid, name text, community_id uuid, community text, keeper text, number integer, given_on date, verdict text)
language sql stable security definer set search_path = '' as $$
  select p.account_id, p.name, c.id, c.name,
      (select s.name from community.controller o join community.association s on s.id = o.association_id where o.community_id = c.id),
      coalesce(k.number, 0), k.given_on, case
      when p.account_id is null then 'yes'
      when a.municipal_role is not null or a.ended_at is not null then 'not-here'
      when a.id = access.me() then 'yes'
      when exists (select from access.community_role r where r.account_id = a.id and r.role = 'keyholder') then 'key'
      when k.account_id is null and access.has_own_way_in(a.id) then 'own-way'
      when k.community_id is distinct from c.id
        and exists (select from access.community_role r where r.account_id = a.id and r.community_id <> c.id) then 'elsewhere'
      else 'yes' end
  from community.person p
  join community.community c on c.id = p.community_id
  left join access.account a on a.id = p.account_id
  left join access.card k on k.account_id = p.account_id
  where c.slug = place and p.id = person and p.merged_into is null and access.keeps(c.id)
$$;
alter function access.card_for owner to oplive_system;
grant execute on function access.card_for(text, uuid) to oplive_keyholder, oplive_system;

-- Gives the card: makes the account of a person who has none, puts the new card in the place of the old, and ends what the old one opened.
-- `seen` is the number of the card that the key holder saw there, 0 for none: of two who press at once, one gives a card.
create function access.give_card(place text, person uuid, seen integer, new_account uuid, letters text, secret bytea) returns text
language plpgsql security definer set search_path = '' as $$
declare
  whom record;
begin
  perform from community.person p where p.id = person for update;
  select * into whom from access.card_for(place, person);
  if not found then return 'not-found'; end if;
  if whom.verdict <> 'yes' then return whom.verdict; end if;
  if whom.number <> seen then return 'changed'; end if;
  if whom.account_id is null then
    insert into access.account (id, name) values (new_account, whom.name);
    update community.person p set account_id = new_account where p.id = person;
  end if;
  insert into access.card (account_id, public_part, secret_hash, number, community_id, giver, given_on)
    values (coalesce(whom.account_id, new_account), letters, secret, seen + 1, whom.community_id,
      (select a.name from access.account a where a.id = access.me()), access.clock_now()::date)
    on conflict (account_id) do update set public_part = excluded.public_part, secret_hash = excluded.secret_hash,
      number = excluded.number, community_id = excluded.community_id, giver = excluded.giver, given_on = excluded.given_on, used_on = null;
  delete from access.session s where s.account_id = whom.account_id and s.via = 'card';
  return 'given';
end $$;
alter function access.give_card owner to oplive_system;
grant execute on function access.give_card(text, uuid, integer, uuid, text, bytea) to oplive_keyholder;

revoke create on schema access from oplive_system;
