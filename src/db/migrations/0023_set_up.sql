-- Set-up: whom somebody writes to, or calls, when they cannot use a page.

alter table municipal.municipality
  add column contact_mail text check (length(contact_mail) between 3 and 254),
  add column contact_phone text check (length(contact_phone) between 4 and 40);
