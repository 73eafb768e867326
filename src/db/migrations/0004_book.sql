-- Min bog: each person's own room. What stands here is sealed with a key of theirs, and the key lies here only behind locks that
-- open with something that is on no disk: the letters of their printed sheet, or a secret in the cookie of a device of theirs.
create schema personal;
comment on schema personal is 'Min bog: the person''s own. Nobody else gets in, and what a thief or an administrator finds here is sealed.';
-- Whoever works for the municipality has no business here, and does not even get into the schema.
grant usage on schema personal to oplive_resident, oplive_host, oplive_system;

create table personal.book (
  account_id uuid primary key references access.account on delete cascade,
  -- A keyed sum over all entries: rows that somebody takes out, puts in or puts back as they were give another one.
  tally bytea check (length(tally) = 32)
);
comment on table personal.book is 'That a person has a book. Nothing of what is in it.';
alter table personal.book enable row level security;
grant select, insert, delete on personal.book to oplive_resident, oplive_host;
grant update (tally) on personal.book to oplive_resident, oplive_host;
grant select (account_id), delete on personal.book to oplive_system;
-- The book is its owner's, and nobody else's.
create policy own on personal.book for all to oplive_resident, oplive_host using (account_id = access.me()) with check (account_id = access.me());
-- Somebody is forgotten.
create policy forgotten on personal.book for select to oplive_system using (true);
create policy forgetting on personal.book for delete to oplive_system using (true);

create table personal.lock (
  account_id uuid not null references personal.book on delete cascade,
  -- Follows from the secret that opens it; says nothing about it.
  id uuid not null,
  kind text not null check (kind in ('device', 'sheet', 'new-sheet', 'hand-over')),
  -- Which key of the configuration the outer part needs.
  key_id text not null check (key_id ~ '^[A-Za-z0-9_-]{11}$'),
  box bytea not null check (length(box) = 88),
  -- Days, not times: the owner sees on which day a device was opened.
  made_on date not null,
  seen_on date not null,
  expires_at timestamptz,
  primary key (account_id, id)
);
comment on table personal.lock is 'The book''s key behind its locks, one for the sheet and one for each open device. The inner part of each needs a secret that is not here.';
create index on personal.lock (key_id);
-- One sheet is good, and one is being tried.
create unique index on personal.lock (account_id, kind) where kind <> 'device';
alter table personal.lock enable row level security;
grant select, insert, delete on personal.lock to oplive_resident, oplive_host;
grant update (seen_on, expires_at) on personal.lock to oplive_resident, oplive_host;
grant select (account_id, id, kind, key_id, box), update (key_id, box), delete on personal.lock to oplive_system;
-- The locks of a book are its owner's.
create policy own on personal.lock for all to oplive_resident, oplive_host using (account_id = access.me()) with check (account_id = access.me());
-- When the configuration gets a new key, the program puts the outer part on anew. The inner part stays as it is.
create policy rewrapping on personal.lock for select to oplive_system using (true);
create policy rewrapping_puts on personal.lock for update to oplive_system using (true) with check (true);
-- Somebody is forgotten.
create policy forgetting on personal.lock for delete to oplive_system using (true);

create table personal.entry (
  account_id uuid not null references personal.book on delete cascade,
  -- Random, and no time on the row: when somebody writes in their book is theirs, too.
  id uuid not null,
  rev integer not null check (rev > 0),
  box bytea not null check (length(box) between 28 and 65536),
  primary key (account_id, id)
);
comment on table personal.entry is 'What somebody has written, sealed: its kind, its words and its days are all in the box.';
alter table personal.entry enable row level security;
grant select, insert, update, delete on personal.entry to oplive_resident, oplive_host;
-- The program itself may forget, and may not read: not even the sealed box.
grant select (account_id), delete on personal.entry to oplive_system;
-- What stands in a book is its owner's.
create policy own on personal.entry for all to oplive_resident, oplive_host using (account_id = access.me()) with check (account_id = access.me());
-- Somebody is forgotten.
create policy forgotten on personal.entry for select to oplive_system using (true);
create policy forgetting on personal.entry for delete to oplive_system using (true);

create table personal.wrong_try (
  account_id uuid not null references access.account on delete cascade,
  on_day date not null,
  tries integer not null check (tries > 0),
  primary key (account_id, on_day)
);
comment on table personal.wrong_try is 'How often letters that fit no lock were tried on a book, day by day: told to its owner, and to nobody else.';
alter table personal.wrong_try enable row level security;
grant select, insert, delete on personal.wrong_try to oplive_resident, oplive_host;
grant update (tries) on personal.wrong_try to oplive_resident, oplive_host;
grant select (account_id), delete on personal.wrong_try to oplive_system;
-- The owner of the book is told.
create policy own on personal.wrong_try for all to oplive_resident, oplive_host using (account_id = access.me()) with check (account_id = access.me());
-- Somebody is forgotten.
create policy forgotten on personal.wrong_try for select to oplive_system using (true);
create policy forgetting on personal.wrong_try for delete to oplive_system using (true);
