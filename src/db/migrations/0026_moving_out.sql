-- A community can be taken home from a page: one who holds a key asks, another says yes, and two let it go when it lives somewhere else.

create table community.move (
  id uuid primary key,
  community_id uuid not null references community.community on delete cascade,
  asked_at timestamptz not null,
  -- The second yes: from then on the two may fetch the file, for a day.
  agreed_at timestamptz,
  -- What the new installation has signed, from when somebody with a key brought it until the place goes.
  receipt text check (length(receipt) between 1 and 4000),
  -- Whoever brought the receipt gives up what was written here after the packing.
  although boolean not null default false,
  ended_at timestamptz
);
comment on table community.move is 'How a place asked to move from here, and how far it has come. Who said yes stands beside it.';
create index on community.move (community_id);
create unique index one_move_at_a_time on community.move (community_id) where ended_at is null;

create table community.move_yes (
  move_id uuid not null references community.move on delete cascade,
  person_id uuid not null references community.person on delete cascade,
  -- To the packing, or to the letting go.
  step text not null check (step in ('pack', 'let-go')),
  at timestamptz not null,
  primary key (move_id, step, person_id)
);
comment on table community.move_yes is 'Which key holders have said yes to packing the place, and to letting it go: each once, as themselves.';
create index on community.move_yes (person_id);

alter table community.move enable row level security;
alter table community.move_yes enable row level security;
grant select on community.move, community.move_yes to oplive_resident, oplive_host, oplive_system;
grant insert, update (agreed_at, receipt, although, ended_at) on community.move to oplive_system;
grant insert, update (person_id), delete on community.move_yes to oplive_system;
-- That the place is on its way, and who said yes to it, concerns everybody who belongs.
create policy members_see on community.move for select to oplive_resident, oplive_host using (access.belongs(community_id));
create policy members_see on community.move_yes for select to oplive_resident, oplive_host
  using (exists (select from community.move m where m.id = move_id and access.belongs(m.community_id)));
-- One after the other, as the program, after it has asked who may.
create policy in_turn on community.move for all to oplive_system using (true) with check (true);
create policy in_turn on community.move_yes for all to oplive_system using (true) with check (true);

-- A place that comes back is not led on any more, and neither is an address that another place has got since.
grant delete on community.moved_away to oplive_mover;

-- Members read it with what else has happened to their room.
alter table community.key_event drop constraint key_event_what_check;
alter table community.key_event add constraint key_event_what_check check (what in ('named', 'transferred', 'trusted', 'inherited', 'given_up',
  'asked', 'handed_over', 'rule', 'taken_out', 'move_asked', 'move_agreed', 'move_stopped'));

-- As before; and a move is no change of keys.
create or replace function access.noted() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  what text;
  place text;
  facts jsonb := '{}';
begin
  -- Nor is what moves in with a bundle: that is noted as one.
  if pg_catalog.pg_trigger_depth() > 1 or pg_catalog.current_setting('role') = 'oplive_mover' then
    return null;
  end if;
  case tg_table_name
    when 'api_key' then
      what := case tg_op when 'INSERT' then 'api.key-made' else 'api.key-closed' end;
      facts := pg_catalog.jsonb_build_object('role', case tg_op when 'INSERT' then new.as_role else old.as_role end);
      select c.slug into place from community.community c where c.id = case tg_op when 'INSERT' then new.community_id else old.community_id end;
    when 'webhook' then
      what := 'webhook.added';
      select c.slug into place from community.community c where c.id = new.community_id;
    when 'key_event' then
      what := case new.what when 'handed_over' then 'room.handed-over' when 'move_asked' then 'move.asked' when 'move_agreed' then 'move.agreed'
        when 'move_stopped' then 'move.stopped' else 'key.changed' end;
      facts := pg_catalog.jsonb_build_object('what', pg_catalog.lower(new.what));
      select c.slug into place from community.community c where c.id = new.community_id;
    when 'moving_in' then
      what := 'list.brought-in';
      facts := pg_catalog.jsonb_build_object('state', pg_catalog.lower(new.state), 'people', new.people);
      select c.slug into place from community.community c where c.id = new.community_id;
    when 'account' then
      what := case when new.ended_at is null then 'staff.opened' else 'staff.closed' end;
      facts := pg_catalog.jsonb_build_object('role', new.municipal_role);
    when 'identity_provider' then
      what := case tg_op when 'DELETE' then 'provider.removed' else 'provider.set' end;
  end case;
  perform access.note_audit(what, place, facts);
  return null;
end $$;
