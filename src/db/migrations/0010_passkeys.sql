-- Passkeys, and for those who work for the municipality a second factor: six digits from their own phone.

create table access.passkey (
  id uuid primary key,
  account_id uuid not null references access.account on delete cascade,
  -- What the device calls it, and the half of its key that may be known.
  credential_id bytea not null unique check (length(credential_id) between 1 and 1023),
  public_key bytea not null check (length(public_key) between 16 and 2048),
  -- How often the device says it has used it. Many always say 0.
  counter bigint not null check (counter between 0 and 4294967295),
  transports text[] not null default '{}' check (cardinality(transports) <= 8),
  -- What its owner calls it: "Chrome · Android" until they say otherwise.
  name text not null check (length(name) between 1 and 60),
  made_on date not null,
  used_on date
);
comment on table access.passkey is 'The passkeys of an account: only the half of each key that may be known. The other half never leaves its owner''s device.';
create index on access.passkey (account_id);
alter table access.passkey enable row level security;
grant select (id, account_id, name, made_on, used_on), update (name), delete on access.passkey to oplive_resident, oplive_host, oplive_municipal;
grant select, insert, update (counter, used_on), delete on access.passkey to oplive_system;
-- Each sees their own passkeys, gives them names, and takes them away.
create policy own on access.passkey for select to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me());
create policy own_name on access.passkey for update to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me()) with check (account_id = access.me());
create policy own_away on access.passkey for delete to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me());
-- The system adds one when a device has shown that it holds it, and counts its use.
create policy ceremonies on access.passkey for all to oplive_system using (true) with check (true);

alter table access.session
  -- With which passkey it was opened: a passkey that is taken away takes its sessions along.
  add column passkey_id uuid references access.passkey on delete cascade,
  -- When the six digits were shown in it, for those of the municipality.
  add column factor_at timestamptz;
create index on access.session (passkey_id);
grant update (passkey_id, factor_at) on access.session to oplive_system;
-- Each may see with which passkey a device of theirs came in.
grant select (passkey_id) on access.session to oplive_resident, oplive_host, oplive_municipal;

create table access.second_factor (
  account_id uuid primary key references access.account on delete cascade,
  -- The secret the phone makes its digits from, sealed with a key that lies outside the database.
  secret bytea not null check (length(secret) = 48),
  -- Null until its owner has shown that their phone makes the right digits.
  confirmed_at timestamptz,
  -- The half minute whose digits were used last: no digits are used twice.
  last_step bigint
);
comment on table access.second_factor is 'From what somebody of the municipality makes their six digits: sealed, so that whoever has only the database cannot make them.';
alter table access.second_factor enable row level security;
grant select (account_id, confirmed_at) on access.second_factor to oplive_municipal;
grant select, insert, update (secret, confirmed_at, last_step), delete on access.second_factor to oplive_system;
-- Each may see that they have one, and never the secret.
create policy own on access.second_factor for select to oplive_municipal using (account_id = access.me());
-- The system makes it, asks it and forgets it.
create policy digits on access.second_factor for all to oplive_system using (true) with check (true);

create table access.recovery_code (
  code_hash bytea primary key check (length(code_hash) = 32),
  account_id uuid not null references access.account on delete cascade
);
comment on table access.recovery_code is 'Codes on paper for the day the phone is lost, by their hash. Each works once, and a used one is gone.';
create index on access.recovery_code (account_id);
alter table access.recovery_code enable row level security;
grant select (account_id) on access.recovery_code to oplive_municipal;
grant select, insert, delete on access.recovery_code to oplive_system;
-- Each may see how many they have left.
create policy own on access.recovery_code for select to oplive_municipal using (account_id = access.me());
-- The system makes and spends them.
create policy codes on access.recovery_code for all to oplive_system using (true) with check (true);

create table access.warning (
  account_id uuid not null references access.account on delete cascade,
  -- A passkey that counted backwards, digits that were guessed at, a recovery code that was used, a second factor that was begun anew.
  what text not null check (what in ('copied-passkey', 'wrong-digits', 'recovery-used', 'factor-restarted')),
  times integer not null default 1 check (times > 0),
  last_at timestamptz not null,
  primary key (account_id, what)
);
comment on table access.warning is 'What the owner of an account must be told at once: that somebody may have tried to be them. It stands until they have read it.';
alter table access.warning enable row level security;
grant select, delete on access.warning to oplive_resident, oplive_host, oplive_municipal;
grant select, insert, update (times, last_at), delete on access.warning to oplive_system;
-- Each reads what is said to them, and puts it away.
create policy own on access.warning for select to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me());
create policy own_read on access.warning for delete to oplive_resident, oplive_host, oplive_municipal using (account_id = access.me());
-- The system writes it.
create policy told on access.warning for all to oplive_system using (true) with check (true);

-- A passkey is a way in that its owner sees to alone, as a mail address is.
create or replace function access.has_own_way_in(account uuid) returns boolean language sql stable security definer set search_path = ''
  return exists (select from access.mail_address m where m.account_id = account)
    or exists (select from access.passkey p where p.account_id = account);
