create table signing_key (
    id            uuid primary key,
    connection_id text        not null references connection on delete cascade,
    kid           text        not null,
    state         text        not null check (state in ('STAGED', 'ACTIVE', 'RETIRED')),
    bits          integer     not null,
    thumbprint    text        not null,
    public_jwk    text        not null,
    certificate   text        not null,
    not_after     timestamptz not null,
    sealed_with   text        not null,
    nonce         bytea       not null,
    ciphertext    bytea       not null,
    created_at    timestamptz not null,
    unique (connection_id, kid)
);

create unique index signing_key_one_active on signing_key (connection_id) where state = 'ACTIVE';
create index signing_key_sealed_with on signing_key (sealed_with);
