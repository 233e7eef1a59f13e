-- clients that are there, and those that a replica of the version before adds, may act everywhere, as they did
alter table oauth2_registered_client add column connections text[] not null default '{*}';

comment on column oauth2_registered_client.connections is 'where the client may act: ids of connections, or *';
