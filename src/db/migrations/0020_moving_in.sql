-- Moving in: people of a list are only asked. They stand in a table of their own, are persons when they say yes, and are forgotten when they
-- say no, or after sixty days. Key holders alone bring a list; the municipality has no deed that asks many.

create table community.moving_in (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  -- Who brought the list: the name stays, so that whoever is asked reads who asks.
  account_id uuid references access.account on delete set null,
  asker text not null check (length(asker) between 1 and 80),
  state text not null default 'looked' check (state in ('looked', 'going', 'done', 'undone')),
  -- What each column of the file is.
  mapping text[] not null check (cardinality(mapping) <= 100),
  -- What was seen on looking through: numbers by reason, and numbers of rows. No name.
  seen jsonb not null,
  -- Where the list comes from, on what ground its people may be asked, and who has said so. Asked for before anybody is.
  source text check (length(source) between 3 and 280),
  said_by text check (length(said_by) between 3 and 280),
  basis text check (basis in ('members', 'signed_up', 'said_yes')),
  -- By mail as far as there are addresses, or all by letters that neighbours carry.
  by_mail boolean not null default false,
  people integer not null default 0,
  asked integer not null default 0,
  -- How far the rows are gone through.
  read_to integer not null default 0,
  -- How many have said yes since, and no.
  yes integer not null default 0,
  no integer not null default 0,
  looked_at timestamptz not null,
  confirmed_at timestamptz,
  undone_at timestamptz,
  check ((state = 'looked') = (confirmed_at is null)),
  check (state = 'looked' or (source is not null and said_by is not null and basis is not null))
);
comment on table community.moving_in is 'A list of people that was brought to a place: by whom, from where, on what ground, and what became of it. Nobody of the list stands here.';
create index on community.moving_in (community_id, looked_at);
alter table community.moving_in enable row level security;
grant select on community.moving_in to oplive_keyholder;
grant insert (id, community_id, account_id, asker, mapping, seen, people, looked_at) on community.moving_in to oplive_keyholder;
grant select, insert, update, delete on community.moving_in to oplive_system;
-- Key holders see the lists that were brought to their place.
create policy key_holders_see on community.moving_in for select to oplive_keyholder using (access.keeps(community_id));
-- A key holder brings a list, in their own name.
create policy key_holders_bring on community.moving_in for insert to oplive_keyholder
  with check (access.keeps(community_id) and account_id = access.me() and state = 'looked');
-- The system goes through it, counts, undoes and forgets.
create policy life on community.moving_in for all to oplive_system using (true) with check (true);

create table community.moving_file (
  moving_in_id uuid primary key references community.moving_in on delete cascade,
  -- The rows as text, pressed. Every number that may be a CPR number was taken out before.
  rows bytea not null,
  -- A day after it was looked through; seven after it was brought in, and then only the rows that failed.
  keep_until timestamptz not null
);
comment on table community.moving_file is 'The rows of a list while it is looked through, and those that failed for a week. Read by the program alone.';
alter table community.moving_file enable row level security;
grant select, insert, update, delete on community.moving_file to oplive_system;
create policy life on community.moving_file for all to oplive_system using (true) with check (true);

create table community.asked_person (
  id uuid primary key,
  moving_in_id uuid not null references community.moving_in on delete cascade,
  community_id uuid not null references community.community on delete cascade,
  -- Which row of the list: the same row is one person, also when the work is done twice.
  row_number integer not null,
  name text not null check (length(name) between 1 and 60),
  search text generated always as (community.plain(name)) stored,
  mail text check (length(mail) between 3 and 254),
  telephone text check (length(telephone) between 4 and 40),
  -- Where a letter is carried to.
  address text check (length(address) between 1 and 120),
  asked_on date not null,
  -- The link of their own (128 bits), the code on a letter (64 bits) and the six digits in a mail: as hashes, and only once there is a letter.
  link_hash bytea unique,
  code_hash bytea unique,
  digits_hash bytea,
  wrong integer not null default 0,
  mailed_at timestamptz,
  printed_on date,
  unique (moving_in_id, row_number)
);
comment on table community.asked_person is 'Somebody of a list who has been asked, and has said nothing yet. No person: they become one by their own yes. Forgotten with a no, or sixty days after they were asked.';
create index on community.asked_person (community_id, search);
create index on community.asked_person (moving_in_id);
create index on community.asked_person (mailed_at);
alter table community.asked_person enable row level security;
grant select (id, moving_in_id, community_id, row_number, name, search, mail, telephone, address, asked_on, mailed_at, printed_on), delete
  on community.asked_person to oplive_keyholder;
grant select, insert, update, delete on community.asked_person to oplive_system;
-- Key holders see who of their place has been asked, and take out who has said no to them. The codes they never see.
create policy key_holders_see on community.asked_person for select to oplive_keyholder using (access.keeps(community_id));
create policy key_holders_forget on community.asked_person for delete to oplive_keyholder using (access.keeps(community_id));
-- The system asks, hears the answer, and forgets.
create policy life on community.asked_person for all to oplive_system using (true) with check (true);
