-- Staff sign-in: the municipality's own identity provider says who works there, as what, and with which communities.

create table access.identity_provider (
  singleton boolean primary key default true check (singleton),
  -- The file as it was handed over: public by nature, and read anew at each use.
  metadata text not null check (length(metadata) between 1 and 200000),
  put_in_on date not null
);
comment on table access.identity_provider is 'The SAML metadata of the municipality''s identity provider, when an operator has put it in.';
alter table access.identity_provider enable row level security;
grant select, insert, update, delete on access.identity_provider to oplive_operator;
grant select on access.identity_provider to oplive_system;
-- The operator says whom the house trusts to tell who works for the municipality.
create policy operators_choose on access.identity_provider for all to oplive_operator using (true) with check (true);
-- The system reads it when somebody signs in.
create policy sign_in on access.identity_provider for select to oplive_system using (true);

create table access.staff_identity (
  -- A hash of how the identity provider names somebody: enough to know them again, and nothing to read.
  id_hash bytea primary key check (length(id_hash) = 32),
  account_id uuid not null unique references access.account on delete cascade,
  way text not null check (way in ('oidc', 'saml')),
  -- The last day they signed in. A day, not an hour: it is for seeing who has left, not for seeing who comes late.
  came_on date not null
);
comment on table access.staff_identity is 'Which account belongs to whom at the municipality''s identity provider.';
alter table access.staff_identity enable row level security;
grant select (account_id, way, came_on) on access.staff_identity to oplive_leader, oplive_operator;
grant select, insert, update (way, came_on), delete on access.staff_identity to oplive_system;
-- Leaders and operators see by which way somebody of the municipality comes in.
create policy staff_seen on access.staff_identity for select to oplive_leader, oplive_operator using (true);
-- The system keeps it at sign-in.
create policy sign_in on access.staff_identity for all to oplive_system using (true) with check (true);

create table access.spent_assertion (
  id_hash bytea primary key check (length(id_hash) = 32),
  forget_at timestamptz not null
);
comment on table access.spent_assertion is 'What an identity provider has said and we have taken, by a hash of its number, until it is too old to come again.';
create index on access.spent_assertion (forget_at);
alter table access.spent_assertion enable row level security;
grant select, insert, delete on access.spent_assertion to oplive_system;
-- Only the system takes them, and forgets them.
create policy once on access.spent_assertion for all to oplive_system using (true) with check (true);

-- Leaders and operators see who works for the municipality here, and with which communities: nobody else's account.
create policy staff_seen on access.account for select to oplive_leader, oplive_operator using (municipal_role is not null);
create policy staff_seen on access.employee_community for select to oplive_leader, oplive_operator using (true);
