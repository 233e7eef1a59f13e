-- Spring Authorization Server's own table, with its notes for PostgreSQL followed; "users" is ours
create table oauth2_registered_client (
    id                            varchar(100)                not null primary key,
    client_id                     varchar(100) collate "C"    not null unique,
    client_id_issued_at           timestamptz default now()   not null,
    client_secret                 varchar(200),
    client_secret_expires_at      timestamptz,
    client_name                   varchar(200)                not null,
    client_authentication_methods varchar(1000)               not null,
    authorization_grant_types     varchar(1000)               not null,
    redirect_uris                 varchar(1000),
    post_logout_redirect_uris     varchar(1000),
    scopes                        varchar(1000)               not null,
    client_settings               varchar(2000)               not null,
    token_settings                varchar(2000)               not null,
    users                         text[]      default '{}'    not null
);

comment on column oauth2_registered_client.users is 'for whom the client may act: usernames, group:NAME, or *';

create table access_token_key (
    kid         text primary key,
    state       text        not null check (state in ('ACTIVE', 'RETIRED')),
    public_jwk  text        not null,
    sealed_with text        not null,
    nonce       bytea       not null,
    ciphertext  bytea       not null,
    created_at  timestamptz not null
);

-- all replicas sign with the same key
create unique index access_token_key_one_active on access_token_key (state) where state = 'ACTIVE';
create index access_token_key_sealed_with on access_token_key (sealed_with);
