-- Module oauthclient. The OAuth client that the bridge is at a Qlik Cloud tenant.
create table oauth_client (
    id            uuid primary key,
    connection_id text        not null unique references connection on delete cascade,
    host          text        not null,
    client_id     text        not null,
    sealed_with   text,
    nonce         bytea,
    ciphertext    bytea,
    seal_form     integer,
    updated_at    timestamptz not null,
    check (num_nulls(sealed_with, nonce, ciphertext, seal_form) in (0, 4))
);

create index oauth_client_sealed_with on oauth_client (sealed_with);

comment on table oauth_client is 'OAuth clients at tenants, one for each connection';
comment on column oauth_client.id is 'another one with every upload';
comment on column oauth_client.host is 'the connection''s when it was uploaded: the secret is shown to no other';
comment on column oauth_client.client_id is 'at the tenant';
comment on column oauth_client.sealed_with is 'null, as the three behind it, for a client that signs in with the connection''s signing key';

-- whoever keeps something of a connection in memory hears of its client as well
create function news_of_oauth_client() returns trigger language plpgsql as $$
begin
    perform pg_notify('bridge_news', 'connection ' || coalesce(new.connection_id, old.connection_id));
    return null;
end $$;

create trigger oauth_client_changed after insert or update or delete on oauth_client
    for each row execute function news_of_oauth_client();
