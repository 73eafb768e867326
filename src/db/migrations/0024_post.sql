-- The post: of which kind a letter is, how whoever gets it stops such letters, which mailboxes send letters back, and one letter a week
-- instead of many.

grant create on schema community to oplive_system; -- taken back at the end of this file

alter table community.letter
  -- For the operator, who sees how many of each kind wait, never to whom nor what they say.
  add column kind text not null default 'asked'
    check (kind in ('signIn', 'warning', 'asked', 'result', 'digest', 'asking', 'still', 'reminder', 'trial')),
  -- Where whoever gets it stops such letters, with one tap.
  add column stop text check (length(stop) <= 300),
  -- What the mail server answered the last time: a number, and no word of what it said.
  add column last_answer text check (last_answer ~ '^[0-9]{3}$'),
  add column laid_at timestamptz not null default access.clock_now();

-- Whose letters come back: kept only for an address that somebody here has given, and told to them and to whoever keeps their room.
create table community.mail_trouble (
  address text primary key check (address = lower(address) and length(address) between 3 and 254),
  -- The server refused the address; a notice came back later; nobody took it for two days.
  what text not null check (what in ('refused', 'returned', 'givenUp')),
  times integer not null default 1 check (times > 0),
  first_on date not null,
  last_on date not null check (last_on >= first_on)
);
comment on table community.mail_trouble is 'Addresses that letters come back from. Gone when a letter has brought its owner in, or ninety days after the last one came back.';
alter table community.mail_trouble enable row level security;
grant select, insert, update, delete on community.mail_trouble to oplive_system;
-- The post writes it down. People are told by functions, and only of their own.
create policy post on community.mail_trouble for all to oplive_system using (true) with check (true);

create table community.week_letter (
  person_id uuid primary key references community.person on delete cascade,
  sent_on date not null
);
comment on table community.week_letter is 'On which day somebody was last written to about meetings: once a week at most.';
alter table community.week_letter enable row level security;
grant select, insert, update, delete on community.week_letter to oplive_system;
-- The post alone counts the days.
create policy post on community.week_letter for all to oplive_system using (true) with check (true);

create table community.post_day (
  day date not null,
  kind text not null,
  sent integer not null default 0,
  refused integer not null default 0,
  given_up integer not null default 0,
  returned integer not null default 0,
  primary key (day, kind)
);
comment on table community.post_day is 'How many letters of each kind went out on a day, and how many came back. Numbers only; gone after ninety days.';
alter table community.post_day enable row level security;
grant select, insert, update, delete on community.post_day to oplive_system;
grant select on community.post_day to oplive_operator;
-- The post counts.
create policy post on community.post_day for all to oplive_system using (true) with check (true);
-- The operator sees whether letters go out.
create policy operator on community.post_day for select to oplive_operator using (true);

-- What lies in the box, for the operator: how many of each kind, since when, how often tried. No address, no word of a letter.
create function community.mail_queue() returns table (kind text, letters integer, stuck integer, oldest timestamptz, most_tries integer, last_answer text)
language sql stable security definer set search_path = '' as $$
  select l.kind, count(*)::integer, (count(*) filter (where l.tries >= 6))::integer, min(l.laid_at), max(l.tries),
    (array_agg(l.last_answer order by l.not_before desc) filter (where l.last_answer is not null))[1]
  from community.letter l where l.not_after is null or l.not_after > access.clock_now() group by l.kind
$$;
alter function community.mail_queue owner to oplive_system;
grant execute on function community.mail_queue to oplive_operator;

-- At which mail servers letters wait; a server with fewer than five of them could be somebody's own, and is not named.
create function community.mail_queue_servers() returns table (server text, letters integer)
language sql stable security definer set search_path = '' as $$
  select lower(split_part(l.address, '@', 2)), count(*)::integer from community.letter l
  where l.tries > 0 group by 1 having count(*) >= 5 order by 2 desc, 1 limit 20
$$;
alter function community.mail_queue_servers owner to oplive_system;
grant execute on function community.mail_queue_servers to oplive_operator;

-- The operator has mended something: every letter is tried now.
create function community.try_letters_now() returns integer language plpgsql security definer set search_path = '' as $$
declare
  done integer;
begin
  -- One that a postman holds in his hand is left to him: he has taken it, and put it off by five minutes.
  update community.letter l set not_before = access.clock_now()
    where l.tries > 0 and l.not_before > access.clock_now() + interval '5 minutes';
  get diagnostics done = row_count;
  return done;
end $$;
alter function community.try_letters_now owner to oplive_system;
grant execute on function community.try_letters_now to oplive_operator;

-- How many mailboxes letters come back from. The operator knows the number.
create function community.mail_troubles() returns integer language sql stable security definer set search_path = '' as $$
  select count(*)::integer from community.mail_trouble
$$;
alter function community.mail_troubles owner to oplive_system;
grant execute on function community.mail_troubles to oplive_operator;

-- The addresses of the one who acts that letters come back from.
create function community.my_mail_trouble() returns table (address text, what text, last_on date)
language sql stable security definer set search_path = '' as $$
  select t.address, t.what, t.last_on from community.mail_trouble t
  where exists (select from access.mail_address a where a.account_id = access.me() and lower(a.address) = t.address)
    or exists (select from community.person p where p.account_id = access.me() and lower(p.mail) = t.address)
$$;
alter function community.my_mail_trouble owner to oplive_system;
grant execute on function community.my_mail_trouble to oplive_resident, oplive_host;

-- Whom letters do not reach in a room, for whoever keeps it: they call, or bring a paper.
create function community.unreached(community uuid) returns table (person_id uuid)
language sql stable security definer set search_path = '' as $$
  select p.id from community.person p join community.mail_trouble t on t.address = lower(p.mail)
  where p.community_id = community and p.merged_into is null and access.keeps(community)
$$;
alter function community.unreached owner to oplive_system;
grant execute on function community.unreached to oplive_keyholder;

revoke create on schema community from oplive_system;
