-- The whole evening: who means to come, the plan, what is said, recognised and chosen in the hall, what people promise, and what was learnt.
--
-- What guests do here (without an account) is done for them by the system role, with a stated reason: a guest has no rights in these
-- tables at all. What is said in the hall is said among people and is not sealed as the exit card is; what protects it is that no row
-- has a name beside it, nor a time, and that the keyed hash of a phone (tag) is gone when the evening is put away.

grant create on schema community to oplive_system; -- taken back at the end of this file

-- Does the one who acts host the community of this meeting?
create function access.hosts_meeting(meeting uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from community.meeting m join access.community_role r on r.community_id = m.community_id
    where m.id = meeting and r.account_id = access.me() and r.role = 'host')
$$;
-- Does the one who acts belong to the community of this meeting, as host or resident?
create function access.belongs_to_meeting(meeting uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from community.meeting m join access.community_role r on r.community_id = m.community_id
    where m.id = meeting and r.account_id = access.me())
$$;
grant execute on function access.hosts_meeting(uuid), access.belongs_to_meeting(uuid)
  to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;

-- ------------------------------------------------------------------------------------------------------------------- the plan

-- Each change of time or place is told to calendars that have fetched the meeting before.
alter table community.meeting add column revision integer not null default 0 check (revision >= 0);
grant update (revision) on community.meeting to oplive_host;

create table community.agenda_item (
  meeting_id uuid not null references community.meeting on delete cascade,
  place integer not null check (place between 1 and 30),
  title text not null check (length(title) between 1 and 120),
  minutes integer not null check (minutes between 1 and 240),
  -- enliven: story, conversation, choosing; inform: somebody tells the others something; close: the exit card and the debrief.
  kind text not null check (kind in ('enliven', 'inform', 'close')),
  reason text check (length(reason) between 1 and 280),
  primary key (meeting_id, place),
  -- Enliven before you inform: more than ten minutes of information needs its reason.
  check (kind <> 'inform' or minutes <= 10 or reason is not null)
);
comment on table community.agenda_item is 'The plan of the evening, in order, with minutes. Public.';
alter table community.agenda_item enable row level security;
grant select on community.agenda_item to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert, delete on community.agenda_item to oplive_host, oplive_system;
-- What an evening will hold is public.
create policy readable on community.agenda_item for select using (true);
-- Hosts plan their own evenings.
create policy hosts_plan on community.agenda_item for insert to oplive_host with check (access.hosts_meeting(meeting_id));
create policy hosts_replan on community.agenda_item for delete to oplive_host using (access.hosts_meeting(meeting_id));
create policy set_up on community.agenda_item for all to oplive_system using (true) with check (true);

create table community.meeting_role (
  meeting_id uuid not null references community.meeting on delete cascade,
  role text not null check (role in ('host', 'facilitator', 'scribe', 'timekeeper', 'welcomer', 'followUp')),
  name text not null check (length(name) between 1 and 120),
  -- Somebody of the municipality has this role.
  municipal boolean not null default false,
  -- Why somebody of the municipality is host or facilitator, after the community's third meeting. Shown to all.
  reason text check (length(reason) between 1 and 280),
  primary key (meeting_id, role)
);
comment on table community.meeting_role is 'Who does what at a meeting, by the name they go by. The host and the facilitator are public; the others are the hosts'' own.';
alter table community.meeting_role enable row level security;
grant select on community.meeting_role to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert, update, delete on community.meeting_role to oplive_host, oplive_system;
-- Who hosts and who leads is public, and so is it when that is somebody of the municipality.
create policy public_face on community.meeting_role for select to oplive_guest, oplive_resident, oplive_employee
  using (role in ('host', 'facilitator') or municipal);
create policy hosts_see on community.meeting_role for select to oplive_host
  using (role in ('host', 'facilitator') or municipal or access.hosts_meeting(meeting_id));
create policy hosts_hand_out on community.meeting_role for insert to oplive_host with check (access.hosts_meeting(meeting_id));
create policy hosts_change on community.meeting_role for update to oplive_host using (access.hosts_meeting(meeting_id)) with check (access.hosts_meeting(meeting_id));
create policy hosts_take_back on community.meeting_role for delete to oplive_host using (access.hosts_meeting(meeting_id));
create policy set_up on community.meeting_role for all to oplive_system using (true) with check (true);

create table community.age_band (
  community_id uuid not null references community.community on delete cascade,
  -- 0-14, 15-24, 25-44, 45-64, 65-79, 80+
  band text not null check (band in ('0-14', '15-24', '25-44', '45-64', '65-79', '80+')),
  people integer not null check (people >= 0),
  source text not null check (length(source) between 1 and 200),
  year integer not null check (year between 1970 and 2200),
  primary key (community_id, band)
);
comment on table community.age_band is 'How many live here, by age: from public statistics, with source and year. Never about anybody who uses this.';
alter table community.age_band enable row level security;
grant select on community.age_band to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert, update on community.age_band to oplive_system;
create policy readable on community.age_band for select using (true);
create policy set_up on community.age_band for all to oplive_system using (true) with check (true);

-- --------------------------------------------------------------------------------------------------------- before the evening

create table community.invitation (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null references community.meeting on delete cascade,
  -- SHA-256 of the random secret in the link.
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  inviter text not null check (length(inviter) between 1 and 60)
);
comment on table community.invitation is 'A personal link or card that one neighbour hands to another. It knows who asks, and nothing about who is asked: an invitation creates no person.';
create index on community.invitation (meeting_id);
alter table community.invitation enable row level security;
grant select, insert, delete on community.invitation to oplive_system;
-- Nobody lists invitations. Whoever has the link is shown who asks.
create policy by_the_link on community.invitation for all to oplive_system using (true) with check (true);

create table community.coming (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null references community.meeting on delete cascade,
  name text not null check (length(name) between 1 and 60),
  -- SHA-256 of the secret of the link that takes it back; null when the host wrote it down for somebody.
  secret_hash bytea unique check (length(secret_hash) = 32),
  invitation_id uuid references community.invitation on delete set null
);
comment on table community.coming is 'Who has said that they come: a name, and nothing else. Taken back, the row is gone.';
create index on community.coming (meeting_id);
alter table community.coming enable row level security;
grant select (id, meeting_id, name) on community.coming to oplive_host;
grant insert (id, meeting_id, name) on community.coming to oplive_host;
grant delete on community.coming to oplive_host;
grant select, insert, delete on community.coming to oplive_system;
-- The hosts see who comes to their own meetings, write down who tells them, and strike out who tells them otherwise.
create policy hosts_see on community.coming for select to oplive_host using (access.hosts_meeting(meeting_id));
create policy hosts_write on community.coming for insert to oplive_host with check (access.hosts_meeting(meeting_id));
create policy hosts_strike on community.coming for delete to oplive_host using (access.hosts_meeting(meeting_id));
create policy by_the_link on community.coming for all to oplive_system using (true) with check (true);

create table community.mail_wish (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null references community.meeting on delete cascade,
  address text not null check (length(address) between 3 and 254),
  lang text not null check (lang ~ '^[a-z]{2}$'),
  unique (meeting_id, address)
);
comment on table community.mail_wish is 'Who has asked for the result by mail: an address, tied to no name and no answer. Gone when the mail is sent.';
alter table community.mail_wish enable row level security;
grant select, insert, delete on community.mail_wish to oplive_system;
create policy wishes on community.mail_wish for all to oplive_system using (true) with check (true);

create table community.letter (
  id uuid primary key default gen_random_uuid(),
  address text not null check (length(address) between 3 and 254),
  subject text not null check (length(subject) between 1 and 300),
  body text not null,
  -- An iCalendar file to go along.
  calendar text,
  tries integer not null default 0,
  not_before timestamptz not null
);
comment on table community.letter is 'Mail that waits to be sent. Gone when it is sent, or when it has been tried for two days.';
alter table community.letter enable row level security;
grant select, insert, update, delete on community.letter to oplive_system;
create policy post on community.letter for all to oplive_system using (true) with check (true);

-- ----------------------------------------------------------------------------------------------------------------- the evening

create table community.evening (
  meeting_id uuid primary key references community.meeting on delete cascade,
  -- What phones can do now: one thing at a time.
  stage text not null default 'welcome' check (stage in ('welcome', 'say', 'recognise', 'choose', 'promise', 'rest')),
  begun_at timestamptz not null,
  -- Which item of the plan is on, and since when.
  agenda_at integer not null default 1 check (agenda_at between 1 and 31),
  agenda_since timestamptz not null,
  -- Talk time that has been counted, in milliseconds, and who speaks now.
  residents_ms integer not null default 0 check (residents_ms >= 0),
  municipality_ms integer not null default 0 check (municipality_ms >= 0),
  talking text check (talking in ('residents', 'municipality')),
  talking_since timestamptz,
  -- What the hall screen shows; follow: whatever belongs to the stage. A page is held when it is set.
  screen text not null default 'follow' check (screen in ('follow', 'code', 'words', 'themes', 'dots', 'talk', 'promises')),
  screen_page integer check (screen_page > 0),
  dots_each integer not null default 3 check (dots_each between 1 and 10),
  -- How many people (phones, slips, words written for somebody) have said something.
  voices integer not null default 0,
  next_ordinal integer not null default 1,
  -- When what ties words to phones was thrown away.
  put_away_at timestamptz,
  -- Each change by a facilitator; whoever changes says which state they saw.
  rev integer not null default 1,
  check ((talking is null) = (talking_since is null))
);
comment on table community.evening is 'A meeting that has begun: where it is in its plan, what phones can do, who has talked how long.';
alter table community.evening enable row level security;
grant select on community.evening to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert on community.evening to oplive_host, oplive_system;
grant update (stage, agenda_at, agenda_since, residents_ms, municipality_ms, talking, talking_since, screen, screen_page, dots_each, rev)
  on community.evening to oplive_host;
grant update on community.evening to oplive_system;
-- How far an evening has come is no secret: it stands on the wall.
create policy readable on community.evening for select using (true);
create policy hosts_begin on community.evening for insert to oplive_host with check (access.hosts_meeting(meeting_id));
create policy hosts_lead on community.evening for update to oplive_host using (access.hosts_meeting(meeting_id)) with check (access.hosts_meeting(meeting_id));
create policy life on community.evening for all to oplive_system using (true) with check (true);

create table community.theme (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null references community.meeting on delete cascade,
  name text not null check (length(name) between 1 and 80),
  place integer not null,
  -- One of the two to four that the community takes on.
  priority boolean not null default false,
  -- Put away by a facilitator. Kept, so that it can be brought back; never shown.
  gone boolean not null default false,
  rev integer not null default 1
);
comment on table community.theme is 'What was heard in common, in the participants'' words.';
create index on community.theme (meeting_id);
alter table community.theme enable row level security;
grant select on community.theme to oplive_guest, oplive_resident, oplive_host, oplive_employee, oplive_system;
grant insert on community.theme to oplive_host, oplive_system;
grant update (name, place, priority, gone, rev) on community.theme to oplive_host, oplive_system;
-- Themes are what the hall has agreed to have heard: public, unless they were put away.
create policy readable on community.theme for select to oplive_guest, oplive_resident, oplive_employee using (not gone);
create policy hosts_see on community.theme for select to oplive_host using (not gone or access.hosts_meeting(meeting_id));
create policy hosts_gather on community.theme for insert to oplive_host with check (access.hosts_meeting(meeting_id));
create policy hosts_change on community.theme for update to oplive_host using (access.hosts_meeting(meeting_id)) with check (access.hosts_meeting(meeting_id));
create policy evening on community.theme for all to oplive_system using (true) with check (true);

create table community.statement (
  id uuid primary key,
  meeting_id uuid not null references community.meeting on delete cascade,
  -- The order in which words came to the wall. Not a time.
  ordinal integer not null,
  kind text not null check (kind in ('unbearable', 'change', 'resource', 'hope')),
  text text not null check (length(text) between 1 and 280),
  -- The language it was said in.
  lang text not null check (lang ~ '^[a-z]{2,3}$'),
  -- phone: typed by the one who says it; facilitator: for somebody without a phone; paper: a slip, typed by the scribe.
  medium text not null check (medium in ('phone', 'facilitator', 'paper')),
  -- A keyed hash of the phone's token for this meeting and this purpose, so that it can find, change and take back its own words.
  tag bytea check (length(tag) = 16),
  -- asked: it may touch on health or on somebody's name, and the one who wrote it has not decided yet.
  state text not null check (state in ('asked', 'shown', 'hidden', 'withdrawn')),
  hidden_why text check (hidden_why in ('name', 'health', 'hurts', 'twice', 'other')),
  -- hall: those who are there, and the minutes for them; public: also the community's page.
  open_to text not null default 'hall' check (open_to in ('hall', 'public')),
  theme_id uuid references community.theme on delete set null,
  -- "Det kender jeg også": counted when the evening is put away; until then the rows of community.recognition count.
  recognised integer not null default 0 check (recognised >= 0),
  rev integer not null default 1,
  unique (meeting_id, ordinal),
  check ((state = 'hidden') = (hidden_why is not null)),
  check (medium = 'phone' or tag is null)
);
comment on table community.statement is 'What was said: what is unbearable, what must change, what we have, what gives hope. In people''s own words, without their names.';
create index on community.statement (meeting_id, tag) where tag is not null;
alter table community.statement enable row level security;
grant select (id, meeting_id, ordinal, kind, text, lang, medium, state, hidden_why, open_to, theme_id, recognised, rev)
  on community.statement to oplive_guest, oplive_resident, oplive_host, oplive_employee;
grant insert (id, meeting_id, kind, text, lang, medium, state, open_to) on community.statement to oplive_host;
grant update (kind, text, lang, state, hidden_why, theme_id, rev) on community.statement to oplive_host;
grant select, insert, update on community.statement to oplive_system;
-- Outside the hall only what its speaker has opened to the public; to the municipality as to any other guest.
create policy opened on community.statement for select to oplive_guest, oplive_resident, oplive_employee
  using (state = 'shown' and open_to = 'public');
-- The hosts of the place see what is said, also what they have taken down, but nothing its writer still thinks about or has taken back.
create policy hosts_see on community.statement for select to oplive_host
  using ((state = 'shown' and open_to = 'public') or (state in ('shown', 'hidden') and access.hosts_meeting(meeting_id)));
-- They write down for those without a phone, never in a phone's name.
create policy hosts_write on community.statement for insert to oplive_host
  with check (access.hosts_meeting(meeting_id) and medium in ('facilitator', 'paper') and state = 'shown');
create policy hosts_gather on community.statement for update to oplive_host
  using (access.hosts_meeting(meeting_id) and state in ('shown', 'hidden')) with check (access.hosts_meeting(meeting_id));
create policy evening on community.statement for all to oplive_system using (true) with check (true);

-- Every statement gets its place in the order, and the evening knows how many have said something.
create function community.number_statement() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update community.evening e set
    next_ordinal = e.next_ordinal + 1,
    voices = e.voices + case when new.tag is null or not exists (
      select from community.statement s where s.meeting_id = new.meeting_id and s.tag = new.tag) then 1 else 0 end
    where e.meeting_id = new.meeting_id and e.put_away_at is null
    returning e.next_ordinal - 1 into new.ordinal;
  if not found then raise exception 'this evening takes no words' using errcode = 'OL001'; end if;
  return new;
end $$;
alter function community.number_statement owner to oplive_system;
create trigger number before insert on community.statement for each row execute function community.number_statement();

-- What somebody wrote on their own phone is changed by them alone: a host may take it down, not put other words in their mouth.
create function community.keep_own_words() returns trigger language plpgsql as $$
begin
  if old.medium = 'phone' and (new.text <> old.text or new.kind <> old.kind or new.lang <> old.lang)
    and current_setting('role', true) = 'oplive_host' then
    raise exception 'words from a phone are changed by their writer' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger own_words before update on community.statement for each row execute function community.keep_own_words();
grant execute on function community.keep_own_words() to oplive_host, oplive_system;
grant execute on function community.number_statement() to oplive_host, oplive_system;

create table community.voice (
  id uuid primary key,
  meeting_id uuid not null references community.meeting on delete cascade,
  -- The phone that spoke: the same tag as beside its words.
  tag bytea not null check (length(tag) = 16),
  -- Six digits that the one who spoke says to somebody they trust: whoever knows them may listen and write it down.
  number text not null check (number ~ '^[0-9]{6}$'),
  kind text not null check (kind in ('unbearable', 'change', 'resource', 'hope')),
  lang text not null check (lang ~ '^[a-z]{2,3}$'),
  mime text not null check (mime ~ '^audio/[a-z0-9.+-]{1,40}$'),
  -- The sound, encrypted with a key made from the house's secret, which is in no backup.
  box bytea not null check (length(box) <= 3000000),
  -- What somebody has written down, until the one who spoke says yes or no.
  text text check (length(text) between 1 and 280),
  writer text check (length(writer) between 1 and 60),
  unique (meeting_id, tag),
  unique (meeting_id, number)
);
comment on table community.voice is 'Something said aloud by somebody who would rather not write. Gone when they have said yes to what was written down, or no.';
alter table community.voice enable row level security;
grant select, insert, update, delete on community.voice to oplive_system;
-- Nobody listens but the one who spoke and whoever they have told the number.
create policy by_the_number on community.voice for all to oplive_system using (true) with check (true);

create table community.recognition (
  statement_id uuid not null references community.statement on delete cascade,
  meeting_id uuid not null references community.meeting on delete cascade,
  -- Another tag than beside the phone's own words.
  tag bytea not null check (length(tag) = 16),
  primary key (statement_id, tag)
);
comment on table community.recognition is 'Which phone has said "det kender jeg også" to what, by a keyed hash. Turned into counts when the evening is put away.';
create index on community.recognition (meeting_id, tag);
alter table community.recognition enable row level security;
grant select, insert, delete on community.recognition to oplive_system;
create policy evening on community.recognition for all to oplive_system using (true) with check (true);

create table community.dot (
  meeting_id uuid not null references community.meeting on delete cascade,
  theme_id uuid not null references community.theme on delete cascade,
  tag bytea not null check (length(tag) = 16),
  n integer not null check (n between 1 and 10),
  primary key (meeting_id, tag, theme_id)
);
comment on table community.dot is 'The dots a phone has put on themes. Turned into counts when the evening is put away.';
alter table community.dot enable row level security;
grant select, insert, delete on community.dot to oplive_system;
create policy evening on community.dot for all to oplive_system using (true) with check (true);

create table community.dot_count (
  meeting_id uuid not null references community.meeting on delete cascade,
  theme_id uuid not null references community.theme on delete cascade,
  -- paper: counted on the wall and typed in by a scribe. phone: what the phones gave, counted when the evening is put away.
  medium text not null check (medium in ('paper', 'phone')),
  n integer not null check (n between 0 and 5000),
  rev integer not null default 1,
  primary key (meeting_id, theme_id, medium)
);
comment on table community.dot_count is 'Dots on each theme as numbers.';
alter table community.dot_count enable row level security;
grant select, insert, update on community.dot_count to oplive_host, oplive_system;
-- The scribe types what was counted on the wall; what phones gave is the evening's own to count.
create policy hosts_see on community.dot_count for select to oplive_host using (access.hosts_meeting(meeting_id));
create policy hosts_type on community.dot_count for insert to oplive_host with check (access.hosts_meeting(meeting_id) and medium = 'paper');
create policy hosts_correct on community.dot_count for update to oplive_host using (access.hosts_meeting(meeting_id) and medium = 'paper') with check (access.hosts_meeting(meeting_id) and medium = 'paper');
create policy evening on community.dot_count for all to oplive_system using (true) with check (true);

create table community.arrival (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null references community.meeting on delete cascade,
  -- The phone that said so, by a keyed hash of a token that is used for nothing else; null for the list on paper.
  tag bytea check (length(tag) = 16),
  medium text not null check (medium in ('phone', 'paper', 'host')),
  name text check (length(name) between 1 and 60),
  first_time boolean,
  brought_by text not null default 'unknown' check (brought_by in ('neighbour', 'association', 'municipality', 'self', 'unknown')),
  -- Who brought them, as they wrote it.
  bringer text check (length(bringer) between 1 and 60),
  rev integer not null default 1,
  unique (meeting_id, tag)
);
comment on table community.arrival is 'Who came, as the door list has it: a name if they gave one, whether it is their first time, and who brought them. Names stay in the community''s room.';
alter table community.arrival enable row level security;
grant select (id, meeting_id, medium, name, first_time, brought_by, bringer, rev) on community.arrival to oplive_host;
grant insert (id, meeting_id, medium, name, first_time, brought_by, bringer) on community.arrival to oplive_host;
grant update (name, first_time, brought_by, bringer, rev) on community.arrival to oplive_host;
grant delete on community.arrival to oplive_host;
grant select, insert, update, delete on community.arrival to oplive_system;
-- The door list is the hosts' of that place. Nobody of the municipality reads it.
create policy hosts_see on community.arrival for select to oplive_host using (access.hosts_meeting(meeting_id));
create policy hosts_write on community.arrival for insert to oplive_host with check (access.hosts_meeting(meeting_id) and medium in ('paper', 'host'));
create policy hosts_correct on community.arrival for update to oplive_host using (access.hosts_meeting(meeting_id)) with check (access.hosts_meeting(meeting_id));
create policy hosts_strike on community.arrival for delete to oplive_host using (access.hosts_meeting(meeting_id));
create policy door on community.arrival for all to oplive_system using (true) with check (true);

create table community.commitment (
  id uuid primary key,
  meeting_id uuid not null references community.meeting on delete cascade,
  -- The name they go by: it is read aloud at the end.
  name text not null check (length(name) between 1 and 60),
  what text not null check (length(what) between 1 and 280),
  by_when date,
  to_whom text check (length(to_whom) between 1 and 120),
  -- A telephone number for the one who follows up, if they want to be called.
  telephone text check (length(telephone) between 4 and 40),
  medium text not null check (medium in ('phone', 'facilitator', 'paper')),
  -- SHA-256 of the secret of the link to their own promise; null on paper.
  secret_hash bytea unique check (length(secret_hash) = 32),
  -- made · kept · renegotiated · released. Never late.
  state text not null default 'made' check (state in ('made', 'kept', 'renegotiated', 'released')),
  -- How it went, in their own words.
  how text check (length(how) between 1 and 280),
  rev integer not null default 1
);
comment on table community.commitment is 'What somebody has promised to do, by when and to whom. Read aloud at the end of the evening, asked about afterwards, never overdue.';
create index on community.commitment (meeting_id);
alter table community.commitment enable row level security;
grant select (id, meeting_id, name, what, by_when, to_whom, telephone, medium, state, how, rev) on community.commitment to oplive_host;
grant insert (id, meeting_id, name, what, by_when, to_whom, telephone, medium) on community.commitment to oplive_host;
grant update (name, what, by_when, to_whom, telephone, state, how, rev) on community.commitment to oplive_host;
grant delete on community.commitment to oplive_host;
grant select, insert, update, delete on community.commitment to oplive_system;
-- Promises are made in the community's room: its hosts read them aloud and follow up. The municipality does not see them.
create policy hosts_see on community.commitment for select to oplive_host using (access.hosts_meeting(meeting_id));
create policy hosts_write on community.commitment for insert to oplive_host with check (access.hosts_meeting(meeting_id) and medium in ('facilitator', 'paper'));
create policy hosts_follow_up on community.commitment for update to oplive_host using (access.hosts_meeting(meeting_id)) with check (access.hosts_meeting(meeting_id));
create policy hosts_strike on community.commitment for delete to oplive_host using (access.hosts_meeting(meeting_id));
create policy own_link on community.commitment for all to oplive_system using (true) with check (true);

create table community.debrief (
  meeting_id uuid primary key references community.meeting on delete cascade,
  happened text not null default '' check (length(happened) <= 2000),
  plus text not null default '' check (length(plus) <= 2000),
  delta text not null default '' check (length(delta) <= 2000),
  -- Who grew: only with their yes.
  grew text not null default '' check (length(grew) <= 2000),
  grew_ok boolean not null default false,
  missing text not null default '' check (length(missing) <= 2000),
  hope text not null default '' check (length(hope) <= 2000),
  next_step text not null default '' check (length(next_step) <= 280),
  next_owner text not null default '' check (length(next_owner) <= 120),
  written_at timestamptz not null,
  rev integer not null default 1,
  check (grew = '' or grew_ok)
);
comment on table community.debrief is 'What the team learnt of an evening, within 48 hours, in ten minutes.';
alter table community.debrief enable row level security;
grant select, insert, update on community.debrief to oplive_host, oplive_system;
-- The debrief is the team's own.
create policy team on community.debrief for all to oplive_host using (access.hosts_meeting(meeting_id)) with check (access.hosts_meeting(meeting_id));
create policy set_up on community.debrief for all to oplive_system using (true) with check (true);

create table community.undo (
  id bigint generated by default as identity primary key,
  meeting_id uuid not null references community.meeting on delete cascade,
  -- What was done, by the program's own name for it, and what would bring it back.
  deed text not null check (length(deed) between 1 and 60),
  back jsonb not null,
  undone boolean not null default false
);
comment on table community.undo is 'What facilitators have done this evening, newest last, each with its way back. It says what was done, not by whom.';
create index on community.undo (meeting_id, id);
alter table community.undo enable row level security;
grant select, insert, update (undone) on community.undo to oplive_host;
grant select, insert, update, delete on community.undo to oplive_system;
create policy hosts_own on community.undo for all to oplive_host using (access.hosts_meeting(meeting_id)) with check (access.hosts_meeting(meeting_id));
create policy evening on community.undo for all to oplive_system using (true) with check (true);

-- Phones and screens are told when a meeting begins and when it moves on.
create trigger tell after insert or update of stage, screen, screen_page on community.evening
  for each row execute function community.tell_result();

revoke create on schema community from oplive_system;
