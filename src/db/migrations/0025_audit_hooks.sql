-- What weighs is written down by the tables themselves, in the transaction of the deed: no room can forget it.

-- Notes one kind of deed. Whatever hangs on an account or a place that is being forgotten is no deed of its own.
create function access.noted() returns trigger language plpgsql security definer set search_path = '' as $$
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
      what := case new.what when 'handed_over' then 'room.handed-over' else 'key.changed' end;
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

create trigger noted after insert or delete on access.api_key for each row execute function access.noted();
create trigger noted after insert on community.webhook for each row execute function access.noted();
create trigger noted after insert on community.key_event for each row execute function access.noted();
create trigger noted after update of state on community.moving_in for each row when (new.state is distinct from old.state) execute function access.noted();
create trigger noted after update of ended_at on access.account for each row
  when (new.municipal_role is not null and (new.ended_at is null) is distinct from (old.ended_at is null)) execute function access.noted();
create trigger noted after insert or update or delete on access.identity_provider for each row execute function access.noted();

-- Wrong tries on a book go after thirty days also where nobody has tried since.
grant select (on_day) on personal.wrong_try to oplive_system;
