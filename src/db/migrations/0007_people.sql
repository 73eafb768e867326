-- Who is here, found by how a name sounds; what somebody did, kept by the person they become; the contact list of those who chose it;
-- and two who turn out to be one, with their yes, and undone again.
grant create on schema community to oplive_system; -- taken back at the end of this file

-- --------------------------------------------------------------------------------------------------- what a guest did, kept

-- A guest's own doings become a person's when the guest wants it, and lose the person again when the person is forgotten.
alter table community.coming add column person_id uuid references community.person on delete set null;
alter table community.commitment add column person_id uuid references community.person on delete set null;
alter table community.arrival add column person_id uuid references community.person on delete set null;
alter table community.invitation add column person_id uuid references community.person on delete set null;
create index on community.coming (person_id);
create index on community.commitment (person_id);
create index on community.arrival (person_id);
create index on community.invitation (person_id);
grant update (person_id) on community.coming, community.invitation to oplive_system;
grant select (id, meeting_id, name, person_id) on community.coming to oplive_resident, oplive_host;
grant select (id, meeting_id, name, what, by_when, to_whom, telephone, medium, state, how, rev, person_id) on community.commitment to oplive_resident, oplive_host;
grant select (id, meeting_id, medium, name, first_time, brought_by, bringer, person_id) on community.arrival to oplive_resident, oplive_host;
grant select (id, meeting_id, inviter, person_id) on community.invitation to oplive_resident, oplive_host;
-- Each reads what they have done themselves.
create policy own on community.coming for select to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
create policy own on community.commitment for select to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
create policy own on community.arrival for select to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));
create policy own on community.invitation for select to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id = person_id and p.account_id = access.me()));

-- -------------------------------------------------------------------------------------------------------- how a name sounds

-- Writes a name as the ear has it: "Christian" and "Kristian", "Søren" and "Soren", "Åge" and "Aage" are one. For searching, never shown.
create function community.sounds(name text) returns text language sql immutable strict parallel safe set search_path = '' as $$
  select pg_catalog.regexp_replace(
    pg_catalog.translate(
      pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
        community.plain(name), 'ae', 'e'), 'oe', 'o'), 'ch', 'k'), 'ph', 'f'), 'th', 't'), 'ck', 'k'), 'dt', 't'),
      'cwzqy', 'kvski'),
    '(\D)\1+', '\1', 'g')
$$;
grant execute on function community.sounds(text) to oplive_guest, oplive_resident, oplive_host, oplive_municipal, oplive_system;

-- The digits of a telephone number without the country's: "+45 55 00 12 34" and "55001234" are one.
create function community.digits(telephone text) returns text language sql immutable strict parallel safe set search_path = '' as $$
  select pg_catalog.right(pg_catalog.regexp_replace(telephone, '\D', '', 'g'), 8)
$$;
grant execute on function community.digits(text) to oplive_resident, oplive_host, oplive_system;

-- What tells how like two names are, also behind the operators. Functions are open to nobody by default.
grant execute on function public.similarity(text, text), public.word_similarity(text, text), public.word_similarity_commutator_op(text, text) to oplive_system;

alter table community.person
  add column sounds text generated always as (community.sounds(name)) stored,
  -- Since when a key holder knows who this is. Before, a newcomer from the net does not see the neighbours' contact list.
  add column known_on date;
update community.person set known_on = joined_on;
create index person_listed on community.person (community_id, (name collate "da-x-icu"), id) where merged_into is null;
create index person_sounds on community.person using gin (sounds public.gin_trgm_ops);
create index person_digits on community.person (community_id, community.digits(telephone)) where telephone is not null;
create index person_mail on community.person (community_id, lower(mail)) where mail is not null;
create index person_merged on community.person (merged_into) where merged_into is not null;
grant insert (known_on) on community.person to oplive_keyholder;

-- A key holder knows who this is, or has been wrong about it. Answers whether there was somebody.
create function community.know_person(person uuid, known boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update community.person p set known_on = case when known then coalesce(p.known_on, access.clock_now()::date) end
    where p.id = person and p.merged_into is null and access.keeps(p.community_id);
  return found;
end $$;
alter function community.know_person owner to oplive_system;
grant execute on function community.know_person to oplive_keyholder;

-- Fifty people of a place after somebody, by the Danish alphabet; or those whose name has these words in it, however they are spelt: whole
-- words first, then beginnings, then the middle. `near`: nobody is called that, but these sound like it; only without `after`.
-- A function, because PostgreSQL reads every row before it asks an index for a likeness under a policy. For key holders, and nobody else.
create function community.find_people(community uuid, query text, after uuid, most integer)
returns table (id uuid, name text, exists_by text, medium text, has_account boolean, contact_wish text, joined_on date, known boolean, near boolean)
language plpgsql stable security definer set search_path = '' set pg_trgm.word_similarity_threshold = 0.35 as $$
declare
  sought text := community.sounds(query);
  words text[] := string_to_array(nullif(sought, ''), ' ');
  longest text := (select w from unnest(words) w order by length(w) desc limit 1);
  last record;
begin
  if not access.keeps(community) then return; end if;
  select p.name, p.sounds into last from community.person p where p.id = after and p.community_id = community;
  if longest is null then
    return query select p.id, p.name, p.exists_by, p.medium, p.account_id is not null, p.contact_wish, p.joined_on, p.known_on is not null, false
      from community.person p
      where p.community_id = community and p.merged_into is null
        and (p.name collate "da-x-icu", p.id) > (coalesce(last.name, ''), coalesce(after, '00000000-0000-0000-0000-000000000000'))
      order by p.name collate "da-x-icu", p.id limit most;
    return;
  end if;
  return query
    with found as (
      select p.*, community.how_well(p.sounds, sought) as rank from community.person p
      where p.community_id = community and p.merged_into is null and p.sounds like '%' || longest || '%'
        and (select bool_and(p.sounds like '%' || w || '%') from unnest(words) w)
    )
    select f.id, f.name, f.exists_by, f.medium, f.account_id is not null, f.contact_wish, f.joined_on, f.known_on is not null, false
    from found f
    where last.name is null or (f.rank, f.name collate "da-x-icu", f.id) > (community.how_well(last.sounds, sought), last.name, after)
    order by f.rank, f.name collate "da-x-icu", f.id limit most;
  if after is null then
    -- Three of each name that sounds like it, so that many of one name do not hide another.
    return query
      with alike as (
        select p.*, w.score, row_number() over (partition by w.word order by p.name collate "da-x-icu", p.id) as nth
        from community.person p cross join lateral (
          select one as word, public.similarity(one, sought) as score from unnest(string_to_array(p.sounds, ' ')) one order by 2 desc, 1 limit 1) w
        where p.community_id = community and p.merged_into is null and p.sounds operator(public.%>) sought
          and not (select bool_and(p.sounds like '%' || word || '%') from unnest(words) word)
      )
      select l.id, l.name, l.exists_by, l.medium, l.account_id is not null, l.contact_wish, l.joined_on, l.known_on is not null, true
      from alike l where l.nth <= 3 order by l.score desc, l.name collate "da-x-icu", l.id limit 12;
  end if;
end $$;
-- 0: the words stand in the name as they are. 1: it begins with them, or a word of it does. 2: somewhere.
create function community.how_well(sounds text, sought text) returns integer language sql immutable parallel safe set search_path = '' as $$
  select case when ' ' || sounds || ' ' like '% ' || sought || ' %' then 0 when ' ' || sounds like '% ' || sought || '%' then 1 else 2 end
$$;
grant execute on function community.how_well(text, text) to oplive_system;
alter function community.find_people owner to oplive_system;
grant execute on function community.find_people to oplive_keyholder;

-- How many there are, and how they came to be. For key holders.
create function community.count_people(community uuid)
returns table (everybody integer, came integer, without_account integer, known integer)
language sql stable security definer set search_path = '' as $$
  select count(*)::integer, (count(*) filter (where p.exists_by = 'came'))::integer,
    (count(*) filter (where p.account_id is null))::integer, (count(*) filter (where p.known_on is not null))::integer
  from community.person p where p.community_id = $1 and p.merged_into is null and access.keeps($1)
$$;
alter function community.count_people owner to oplive_system;
grant execute on function community.count_people to oplive_keyholder;

-- What somebody without an account tells of themselves on paper or aloud, written down by a key holder: put in, and never read back.
create function community.write_profile(person uuid, age_band_ text, asked_about_ text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from community.person p where p.id = person and p.account_id is null and access.keeps(p.community_id)) then
    raise exception 'only for somebody without an account, by a key holder' using errcode = '42501';
  end if;
  insert into community.profile (person_id, age_band, asked_about) values (person, age_band_, asked_about_)
    on conflict (person_id) do update set age_band = coalesce(excluded.age_band, profile.age_band), asked_about = coalesce(excluded.asked_about, profile.asked_about);
end $$;
alter function community.write_profile owner to oplive_system;
grant execute on function community.write_profile to oplive_keyholder;

-- ------------------------------------------------------------------------------------------------------- the contact list

-- Is the one who acts a person here whom a key holder knows? Hosts and key holders are known. Null for nobody of the place.
create function community.known_here(community uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select p.known_on is not null or access.hosts($1) or exists (select from community.person g where g.merged_into = p.id and g.known_on is not null)
  from community.person p join access.account a on a.id = p.account_id
  where p.community_id = $1 and p.account_id = access.me() and p.merged_into is null and a.municipal_role is null
$$;
alter function community.known_here owner to oplive_system;
grant execute on function community.known_here to oplive_resident, oplive_host;

-- Those who chose to be found by their neighbours: the name, the way they want to hear from others, and what they like to be asked about if
-- they said yes to that, too. For people of the place who are known there; nobody of the municipality may call it.
create function community.contact_list(community uuid)
returns table (name text, contact_wish text, contact text, asked_about text)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not coalesce(community.known_here(community), false) then
    raise exception 'the contact list is the neighbours own' using errcode = '42501';
  end if;
  return query
    select p.name, p.contact_wish,
      case p.contact_wish when 'phone' then p.telephone when 'mail' then p.mail end,
      case when exists (select from community.consent c where c.person_id = p.id and c.purpose = 'askMe' and c.withdrawn_at is null)
        then (select f.asked_about from community.profile f where f.person_id = p.id) end
    from community.person p
    where p.community_id = community and p.merged_into is null
      and exists (select from community.consent c where c.person_id = p.id and c.purpose = 'contactList' and c.withdrawn_at is null)
    order by p.name collate "da-x-icu", p.id;
end $$;
alter function community.contact_list owner to oplive_system;
grant execute on function community.contact_list to oplive_resident, oplive_host;

-- ---------------------------------------------------------------------------------------------------------- two who are one

create table community.merge (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  -- The person who stays, and the one who goes into them.
  kept uuid not null references community.person on delete cascade,
  gone uuid not null references community.person on delete cascade,
  -- How each of the two has said yes: by a tap of its own account, or on paper or aloud to a key holder when it has none.
  kept_yes text check (kept_yes in ('tap', 'paper', 'voice')),
  gone_yes text check (gone_yes in ('tap', 'paper', 'voice')),
  -- Somebody has said that they are two: nobody asks again.
  apart boolean not null default false,
  asked_on date not null,
  done_at timestamptz,
  undone_at timestamptz,
  -- What went over, as the keys of rows by table, so that all of it finds back.
  moved jsonb,
  check (kept <> gone),
  check ((done_at is null) = (moved is null)),
  check (done_at is null or (kept_yes is not null and gone_yes is not null and not apart)),
  check (undone_at is null or undone_at >= done_at)
);
comment on table community.merge is 'Two entries that are one person: who has said so, what went over, and whether it was undone within thirty days. Or that they are two.';
create unique index one_merge_of_a_pair on community.merge (least(kept, gone), greatest(kept, gone)) where undone_at is null;
create unique index goes_once on community.merge (gone) where done_at is not null and undone_at is null;
create index on community.merge (kept);
create index on community.merge (gone);
create index on community.merge (community_id);
alter table community.merge enable row level security;
grant select on community.merge to oplive_resident, oplive_host, oplive_system;
grant insert, update, delete on community.merge to oplive_system;
-- One sees what is said about oneself.
create policy own on community.merge for select to oplive_resident, oplive_host
  using (exists (select from community.person p where p.id in (kept, gone) and p.account_id = access.me()));
-- Key holders see what is asked and done in their room.
create policy key_holders_see on community.merge for select to oplive_keyholder using (access.keeps(community_id));
-- The system writes it, for a merge moves rows that no single person may.
create policy merging on community.merge for all to oplive_system using (true) with check (true);

-- What a merge moves belongs to somebody else afterwards; nothing else of it changes.
grant update (person_id) on community.consent, community.membership, community.looked_at to oplive_system;

-- A consent is given once and withdrawn once. It goes over to whom its giver turns out to be, unless that one has taken the same yes back later.
create or replace function community.consent_stands() returns trigger language plpgsql as $$
begin
  if new.person_id <> old.person_id then
    if current_user <> 'oplive_system' then raise exception 'a consent is its giver''s own' using errcode = '42501'; end if;
    if old.withdrawn_at is null and exists (select from community.consent c
        where c.person_id = new.person_id and c.purpose = old.purpose and c.withdrawn_at > old.given_at) then
      raise exception 'the later no counts' using errcode = '42501';
    end if;
    return new;
  end if;
  if old.withdrawn_at is not null then raise exception 'a consent that was taken back stays so' using errcode = '42501'; end if;
  return new;
end $$;

-- Gives every row of `gone`, in whatever table points at a person, to `kept`. A row that `kept` has already, or that may not move, stays.
-- Answers the keys of what moved: {"community.coming.person_id": [{"id": "..."}]}.
create function community.give_rows(gone uuid, kept uuid) returns jsonb language plpgsql volatile set search_path = '' as $$
declare
  link record;
  own_key jsonb;
  moved jsonb := '{}';
  keys jsonb;
begin
  for link in select * from community.links_to_person() loop
    keys := '[]';
    for own_key in execute format('select jsonb_build_object(%s) from %s where %I = $1 order by 1', link.key_pairs, link.tab, link.col) using gone loop
      begin
        execute format('update %s set %I = $1 where %I = $2 and %s', link.tab, link.col, link.col, link.same_key) using kept, gone, own_key;
        keys := keys || own_key;
      exception when unique_violation or insufficient_privilege or check_violation then null;
      end;
    end loop;
    if keys <> '[]' then moved := moved || jsonb_build_object(link.tab || '.' || link.col, keys); end if;
  end loop;
  return moved;
end $$;

-- Gives back to `gone` what `give_rows` took, as far as it is still there.
create function community.give_back(moved jsonb, gone uuid, kept uuid) returns void language plpgsql volatile set search_path = '' as $$
declare
  link record;
  own_key jsonb;
begin
  for link in select * from community.links_to_person() loop
    for own_key in select jsonb_array_elements(moved -> (link.tab || '.' || link.col)) loop
      execute format('update %s set %I = $1 where %I = $2 and %s', link.tab, link.col, link.col, link.same_key) using gone, kept, own_key;
    end loop;
  end loop;
end $$;

-- Every column of every table that points at a person, with the rest of its table's key. A room that is built later is in it by itself. What
-- was said about keys, trust and the room stays with the entry that said it: nobody gets a voice or a key by being merged.
create function community.links_to_person() returns table (tab text, col text, key_pairs text, same_key text)
language sql stable set search_path = '' as $$
  select n.nspname || '.' || t.relname, a.attname::text,
    coalesce((select string_agg(format('%L, %I::text', k.attname, k.attname), ', ') from pg_catalog.pg_attribute k
      where k.attrelid = t.oid and k.attnum = any (i.indkey::smallint[]) and k.attnum <> a.attnum), ''),
    coalesce((select string_agg(format('%I::text = $3->>%L', k.attname, k.attname), ' and ') from pg_catalog.pg_attribute k
      where k.attrelid = t.oid and k.attnum = any (i.indkey::smallint[]) and k.attnum <> a.attnum), '$3 is not null')
  from pg_catalog.pg_constraint c
    join pg_catalog.pg_class t on t.oid = c.conrelid join pg_catalog.pg_namespace n on n.oid = t.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
    join pg_catalog.pg_index i on i.indrelid = t.oid and i.indisprimary
  where c.contype = 'f' and c.confrelid = 'community.person'::pg_catalog.regclass and cardinality(c.conkey) = 1
    and t.oid not in ('community.person'::pg_catalog.regclass, 'community.merge'::pg_catalog.regclass)
    and (n.nspname, t.relname) not in (('community', 'key_change'), ('community', 'key_approval'), ('community', 'key_event'),
      ('community', 'trust'), ('community', 'hand_over_yes'))
  order by 1, 2
$$;
grant execute on function community.links_to_person(), community.give_rows(uuid, uuid), community.give_back(jsonb, uuid, uuid) to oplive_system;

-- Makes one of two, when both have said yes. Of two merges at once that want the same person, the second waits, and is told "taken".
-- "keys": the one who goes holds a role of the place, which nobody gets by being merged.
create function community.merge_people(this uuid, at timestamptz) returns text language plpgsql volatile set search_path = '' as $$
declare
  m community.merge;
  k community.person;
  g community.person;
  moved_ jsonb;
  asked uuid[];
begin
  select * into m from community.merge where id = this;
  if not found then return 'gone'; end if;
  -- Always in the same order, so that two merges never wait for each other.
  perform 1 from community.person p where p.id in (m.kept, m.gone) order by p.id for update;
  select * into m from community.merge where id = this for update;
  select * into k from community.person p where p.id = m.kept;
  select * into g from community.person p where p.id = m.gone;
  if m.id is null or k.id is null or g.id is null then return 'gone'; end if;
  if m.done_at is not null or m.undone_at is not null or k.merged_into is not null or g.merged_into is not null then return 'taken'; end if;
  if m.kept_yes is null or m.gone_yes is null or m.apart then return 'waiting'; end if;
  if exists (select from access.community_role r where r.account_id = g.account_id and r.community_id = m.community_id and r.role <> 'resident') then
    return 'keys';
  end if;
  -- Who is only asked into a group where the other is a member, is a member.
  with told as (
    update community.membership mine set said_yes_at = theirs.said_yes_at, medium = theirs.medium
    from community.membership theirs
    where mine.person_id = k.id and theirs.person_id = g.id and theirs.association_id = mine.association_id
      and mine.said_yes_at is null and theirs.said_yes_at is not null
    returning mine.association_id
  ) select array_agg(association_id) into asked from told;
  moved_ := jsonb_build_object('rows', community.give_rows(g.id, k.id), 'asked', to_jsonb(coalesce(asked, '{}')));
  if g.account_id is not null then
    delete from access.community_role r where r.account_id = g.account_id and r.community_id = m.community_id;
    moved_ := moved_ || jsonb_build_object('role', found);
  end if;
  update community.person p set merged_into = k.id where p.id = g.id;
  update community.merge set done_at = at, moved = moved_ where id = this;
  return 'done';
end $$;

-- Makes two of one again, within thirty days. "later": who stayed has gone into somebody else since; that comes first.
create function community.undo_merge(this uuid, at timestamptz) returns text language plpgsql volatile set search_path = '' as $$
declare
  m community.merge;
  k community.person;
  g community.person;
begin
  select * into m from community.merge where id = this;
  if not found then return 'gone'; end if;
  perform 1 from community.person p where p.id in (m.kept, m.gone) order by p.id for update;
  select * into m from community.merge where id = this for update;
  select * into k from community.person p where p.id = m.kept;
  select * into g from community.person p where p.id = m.gone;
  if m.id is null or k.id is null or g.id is null then return 'gone'; end if;
  if m.done_at is null or m.undone_at is not null then return 'taken'; end if;
  if m.done_at < at - interval '30 days' then return 'late'; end if;
  if k.merged_into is not null then return 'later'; end if;
  update community.person p set merged_into = null where p.id = g.id;
  perform community.give_back(m.moved -> 'rows', g.id, k.id);
  update community.membership mine set said_yes_at = null, medium = null
    where mine.person_id = k.id and mine.association_id in (select value::uuid from jsonb_array_elements_text(m.moved -> 'asked'));
  if (m.moved ->> 'role')::boolean and g.account_id is not null then
    insert into access.community_role (account_id, community_id, role) values (g.account_id, m.community_id, 'resident') on conflict do nothing;
  end if;
  update community.merge set undone_at = at where id = this;
  return 'done';
end $$;
grant execute on function community.merge_people(uuid, timestamptz), community.undo_merge(uuid, timestamptz) to oplive_system;

-- Entries that may be one person: the same name, or a name like it with the same telephone or mail. Not those that were said to be two, nor
-- those that somebody has begun to merge. For key holders: of one person, or (null) of the whole place, the surest first.
create function community.twins(community uuid, one uuid)
returns table (a uuid, a_name text, a_account boolean, b uuid, b_name text, b_account boolean, same_contact boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not access.keeps(community) then return; end if;
  return query
    with pairs as (
      select least(p.id, o.id) as a, greatest(p.id, o.id) as b from community.person p join community.person o
        on o.community_id = p.community_id and o.sounds = p.sounds and o.id <> p.id
      where p.community_id = community and p.merged_into is null and o.merged_into is null and (one is null or p.id = one)
      union
      select least(p.id, o.id), greatest(p.id, o.id) from community.person p join community.person o
        on o.community_id = p.community_id and o.id <> p.id and community.digits(o.telephone) = community.digits(p.telephone)
      where p.community_id = community and p.merged_into is null and o.merged_into is null and (one is null or p.id = one)
        and p.telephone is not null and public.similarity(p.sounds, o.sounds) >= 0.4
      union
      select least(p.id, o.id), greatest(p.id, o.id) from community.person p join community.person o
        on o.community_id = p.community_id and o.id <> p.id and lower(o.mail) = lower(p.mail)
      where p.community_id = community and p.merged_into is null and o.merged_into is null and (one is null or p.id = one)
        and p.mail is not null and public.similarity(p.sounds, o.sounds) >= 0.4
    )
    select x.id, x.name, x.account_id is not null, y.id, y.name, y.account_id is not null,
      coalesce(community.digits(x.telephone) = community.digits(y.telephone), false) or coalesce(lower(x.mail) = lower(y.mail), false)
    from pairs join community.person x on x.id = pairs.a join community.person y on y.id = pairs.b
    where not exists (select from community.merge m
      where least(m.kept, m.gone) = pairs.a and greatest(m.kept, m.gone) = pairs.b and m.undone_at is null)
    order by 7 desc, (x.account_id is null) <> (y.account_id is null) desc, x.name collate "da-x-icu", x.id, y.id limit 50;
end $$;
alter function community.twins owner to oplive_system;
grant execute on function community.twins to oplive_keyholder;

-- "Er det også dig?": others with a name like mine and my own telephone or mail, whom nobody has said to be somebody else. So whoever asks
-- knows both already: a name alone finds nobody. With no date and no contact of theirs.
create function community.my_twins(community uuid) returns table (id uuid, name text, has_account boolean)
language sql stable security definer set search_path = '' as $$
  select o.id, o.name, o.account_id is not null
  from community.person me join community.person o on o.community_id = me.community_id and o.id <> me.id and o.merged_into is null
    and (community.digits(o.telephone) = community.digits(me.telephone) or lower(o.mail) = lower(me.mail))
    and public.similarity(me.sounds, o.sounds) >= 0.4
  where me.community_id = $1 and me.account_id = access.me() and me.merged_into is null
    and not exists (select from community.merge m where least(m.kept, m.gone) = least(me.id, o.id) and greatest(m.kept, m.gone) = greatest(me.id, o.id)
      and m.undone_at is null)
  order by o.name collate "da-x-icu", o.id limit 10
$$;
alter function community.my_twins owner to oplive_system;
grant execute on function community.my_twins to oplive_resident, oplive_host;

revoke create on schema community from oplive_system;
