create table lease (
    id                  uuid primary key,
    connection_id       text        not null references connection on delete cascade,
    user_id             uuid        references local_user on delete set null,
    username            text        not null,
    subject             text        not null,
    host                text        not null,
    asserted            text        not null,
    state               text        not null check (state in
        ('ISSUING', 'ACTIVE', 'SUPERSEDED', 'REVOKING', 'REVOKED', 'EXPIRED', 'FAILED')),
    operation_id        uuid        not null unique,
    claim_deadline      timestamptz not null,
    qlik_key_id         text,
    qlik_user_id        text,
    sealed_with         text,
    nonce               bytea,
    ciphertext          bytea,
    created_at          timestamptz not null,
    issued_at           timestamptz,
    expires_at          timestamptz,
    renew_at            timestamptz,
    promised_until      timestamptz,
    last_used_at        timestamptz,
    failure             text,
    may_have_acted      boolean     not null default false,
    check (state not in ('ACTIVE', 'SUPERSEDED')
        or (qlik_key_id is not null and sealed_with is not null and nonce is not null and ciphertext is not null
            and issued_at is not null and expires_at is not null))
);

-- a claim: one replica at a time issues for a user, and one key of a user is in use
create unique index lease_one_issuing on lease (connection_id, user_id) where state = 'ISSUING';
create unique index lease_one_active on lease (connection_id, user_id) where state = 'ACTIVE';
create index lease_connection on lease (connection_id);
create index lease_user on lease (user_id);
create index lease_sealed_with on lease (sealed_with);

comment on column lease.operation_id is 'stands in the description of the API key at the tenant, to find an orphan by';
comment on column lease.host is 'where it was issued; a lease is never used at another host';
comment on column lease.asserted is 'hash of the e-mail address and groups it was issued with; others need another';
comment on column lease.may_have_acted is 'it failed, but the tenant may have made the key all the same';
comment on column lease.promised_until is 'the longest validity that was promised on this key';

create table lease_installation (
    one boolean primary key default true check (one),
    id  uuid not null
);

comment on table lease_installation is 'tells the keys of this installation from those of another at a tenant';
