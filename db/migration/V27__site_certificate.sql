-- Module sitecertificate. What the bridge signs in with at a client-managed Qlik Sense site, and what the site's servers are checked
-- against.
create table site_certificate (
    id                 uuid primary key,
    connection_id      text        not null unique references connection on delete cascade,
    root               text        not null,
    root_not_after     timestamptz not null,
    client             text,
    client_thumbprint  text,
    client_not_after   timestamptz,
    sealed_with        text,
    nonce              bytea,
    ciphertext         bytea,
    seal_form          integer,
    root_warned_days   integer,
    client_warned_days integer,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    check (num_nulls(client, client_thumbprint, client_not_after, sealed_with, nonce, ciphertext, seal_form) in (0, 7))
);

create index site_certificate_sealed_with on site_certificate (sealed_with);

comment on table site_certificate is 'certificates of client-managed sites, one set for each connection; the client''s columns are null where the root alone was uploaded';
comment on column site_certificate.id is 'another one with every upload';
comment on column site_certificate.client is 'PEM: the client''s certificate, and behind it each issuer that came along, the root left out';
comment on column site_certificate.client_thumbprint is 'SHA-256 of the client''s certificate; the private key is sealed for it';
comment on column site_certificate.root_warned_days is 'how many days before its end the certificate was last warned of: 60, 30, 7, or 0 when it had ended';
comment on column site_certificate.created_at is 'when the connection got its first ones';

-- whoever keeps something of a connection in memory hears of its certificates as well
create function news_of_site_certificate() returns trigger language plpgsql as $$
begin
    perform pg_notify('bridge_news', 'connection ' || coalesce(new.connection_id, old.connection_id));
    return null;
end $$;

-- not of its warnings
create trigger site_certificate_changed
    after insert or delete or update of connection_id, root, client, client_thumbprint, sealed_with, nonce, ciphertext, seal_form
    on site_certificate for each row execute function news_of_site_certificate();
