create table vault_canary (
    key_id     text primary key,
    nonce      bytea       not null,
    ciphertext bytea       not null,
    created_at timestamptz not null
);

comment on table vault_canary is 'a known text sealed with each vault key: a wrong key is noticed at start';
