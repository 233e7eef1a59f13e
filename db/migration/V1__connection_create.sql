create table connection (
    id                 text primary key,
    version            bigint      not null,
    type               text        not null,
    host               text        not null,
    web_integration_id text,
    origin             text,
    issuer             text        not null,
    api_key_expiry     text        not null,
    tenant_maximum     text,
    subjects           text        not null,
    subject_template   text        not null,
    ssl_bundle         text,
    created_at         timestamptz not null,
    updated_at         timestamptz not null
);

comment on column connection.tenant_maximum is 'the longest API key expiry the tenant was found to allow';
