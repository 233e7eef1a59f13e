alter table vault_canary
    add column in_front_since timestamptz,
    add column retired_at     timestamptz,
    add column resealed       bigint not null default 0;

comment on column vault_canary.in_front_since is 'when a replica first started with this key in front; the latest is in front';
comment on column vault_canary.retired_at is 'since when it is known to seal nothing, while another key is in front';
comment on column vault_canary.resealed is 'rows sealed anew with this key since the last rotation came to its end';

create table vault_stuck (
    place   text primary key,
    seen_at timestamptz not null
);

comment on table vault_stuck is 'sealed secrets that did not open when they were to be sealed anew';
