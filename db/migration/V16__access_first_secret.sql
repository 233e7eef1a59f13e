-- the secret of the first admin was printed, and perhaps logged: it is good for being renewed, and for nothing else
alter table oauth2_registered_client add column first_secret boolean not null default false;
