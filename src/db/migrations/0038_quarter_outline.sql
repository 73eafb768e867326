-- The outline of a place at the end of a quarter: groups of ten neighbours or more, and which of them know each other. So that a place, and the
-- municipality, can look at two moments beside each other when the ties of the first are long gone.

create table community.quarter_outline (
  community_id uuid not null references community.community on delete cascade,
  -- The first day of the quarter.
  quarter date not null check (extract(day from quarter) = 1 and extract(month from quarter) in (1, 4, 7, 10)),
  -- As `src/withdrawal/outline.ts` makes it: counts of people rounded to five, no mark of a single neighbour, no name and no number of anybody.
  outline jsonb not null check (jsonb_typeof(outline) = 'object' and length(outline::text) < 20000),
  -- The place keeps it longer than twelve months.
  kept boolean not null default false,
  primary key (community_id, quarter)
);
comment on table community.quarter_outline is 'The coarse shape of a place at the end of a quarter: groups of ten or more, in numbers rounded to five. Reckoned once, and never again.';
alter table community.quarter_outline enable row level security;
grant select on community.quarter_outline to oplive_resident, oplive_host, oplive_employee, oplive_leader;
grant update (kept), delete on community.quarter_outline to oplive_keyholder;
grant select, insert, update, delete on community.quarter_outline to oplive_system;
-- Those who live there see it.
create policy the_place_reads on community.quarter_outline for select to oplive_resident, oplive_host using (access.belongs(community_id));
-- Those who are paid to become unnecessary see the same, and nothing else: an employee of the places they work with, a leader of all.
create policy the_municipality_reads on community.quarter_outline for select to oplive_employee using (access.works_with(community_id));
create policy leaders_read on community.quarter_outline for select to oplive_leader using (access.me() is not null);
-- The place says which of them it keeps, and throws away what it likes.
create policy the_place_keeps on community.quarter_outline for update to oplive_keyholder using (access.keeps(community_id)) with check (access.keeps(community_id));
create policy the_place_throws_away on community.quarter_outline for delete to oplive_keyholder using (access.keeps(community_id));
-- The program draws at the end of a quarter, and throws away after a year what nobody keeps.
create policy drawn on community.quarter_outline for all to oplive_system using (true) with check (true);

-- The band beside the figure: what it was when every fifth tie was taken away by chance.
alter table community.withdrawal_quarter drop constraint withdrawal_quarter_criterion_check;
alter table community.withdrawal_quarter add constraint withdrawal_quarter_criterion_check
  check (criterion in ('retention', 'orphans', 'autonomy', 'redundancy', 'leaders', 'neighbours', 'brokerage', 'vote', 'brokerage-share', 'leader-ages',
    'retention-low', 'retention-high'));
