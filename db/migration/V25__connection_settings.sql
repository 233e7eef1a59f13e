-- What only one kind of deployment has is a JSON object of its adapter's own.
alter table connection add column settings jsonb;

update connection set settings = jsonb_build_object(
    'webIntegrationId', web_integration_id, 'origin', origin, 'issuer', issuer, 'apiKeyExpiry', api_key_expiry);

alter table connection
    alter column settings set not null,
    alter column issuer drop not null,
    alter column api_key_expiry drop not null;

comment on column connection.settings is 'what only connections of this type have; the columns of Qlik Cloud''s are for the version before';

-- The version before reads and writes the columns. A replica of it that was not stopped yet goes on serving users who have a key in
-- use (docs/upgrade.md), and none reads what is out of date: whichever form is written, the other follows.
create function connection_settings_follow() returns trigger language plpgsql as $$
begin
    if new.type <> 'QLIK_CLOUD' then
        return new;
    end if;
    if tg_op = 'INSERT' and new.settings is null or tg_op = 'UPDATE' and new.settings is not distinct from old.settings then
        new.settings := coalesce(new.settings, '{}') || jsonb_build_object('webIntegrationId', new.web_integration_id,
            'origin', new.origin, 'issuer', new.issuer, 'apiKeyExpiry', new.api_key_expiry);
    else
        new.web_integration_id := new.settings ->> 'webIntegrationId';
        new.origin := new.settings ->> 'origin';
        new.issuer := new.settings ->> 'issuer';
        new.api_key_expiry := new.settings ->> 'apiKeyExpiry';
    end if;
    return new;
end $$;

create trigger connection_settings_follow before insert or update on connection
    for each row execute function connection_settings_follow();

create table cloud_api_key_maximum (
    connection_id         text primary key references connection on delete cascade,
    connection_updated_at timestamptz not null,
    max_expiry            text        not null
);

comment on table cloud_api_key_maximum is 'the longest API key expiry a Qlik Cloud tenant was found to allow';
comment on column cloud_api_key_maximum.connection_updated_at is 'of the connection it was found for; of no effect after it was replaced';

insert into cloud_api_key_maximum (connection_id, connection_updated_at, max_expiry)
select id, updated_at, tenant_maximum from connection where tenant_maximum is not null;

create function news_of_cloud_api_key_maximum() returns trigger language plpgsql as $$
begin
    perform pg_notify('bridge_news', 'connection ' || new.connection_id);
    return null;
end $$;

create trigger cloud_api_key_maximum_changed after insert or update on cloud_api_key_maximum
    for each row execute function news_of_cloud_api_key_maximum();
