-- When the municipality means to be gone is agreed with a place by who works with it. An employee of another place wrote over it before.
alter policy municipality_writes on community.withdrawal_plan to oplive_leader;
-- An employee writes the plan where they work, and of a place that they are founding.
create policy employees_write on community.withdrawal_plan for update to oplive_employee
  using (access.works_with(community_id) or exists (select from community.community c
    where c.id = community_id and c.founded_at > access.clock_now() - interval '1 minute'))
  with check (true);
comment on policy municipality_writes on community.withdrawal_plan is 'Leaders of the municipality write the plan of any place.';
