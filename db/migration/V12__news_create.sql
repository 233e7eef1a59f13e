-- Every replica hears of each change of what it may keep in memory, whoever makes it: NOTIFY bridge_news, '<kind> <about>'.
-- Of more than a hundred at once there is one piece of news, '<kind> *': everything of the kind may have changed.

create function news_of_connection() returns trigger language plpgsql as $$
begin
    perform pg_notify('bridge_news', 'connection ' || old.id);
    return null;
end $$;

create trigger connection_changed after update or delete on connection
    for each row execute function news_of_connection();

create function news_of_client() returns trigger language plpgsql as $$
begin
    perform pg_notify('bridge_news', 'client ' || old.id);
    return null;
end $$;

create trigger oauth2_registered_client_changed after update or delete on oauth2_registered_client
    for each row execute function news_of_client();

create function news_of_users() returns trigger language plpgsql as $$
begin
    if (select count(*) from (select from former limit 101) first_of_them) > 100 then
        perform pg_notify('bridge_news', 'user *');
    else
        perform pg_notify('bridge_news', 'user ' || username) from former;
    end if;
    return null;
end $$;

create trigger local_user_changed after update on local_user
    referencing old table as former for each statement execute function news_of_users();
create trigger local_user_deleted after delete on local_user
    referencing old table as former for each statement execute function news_of_users();

-- a user who has another subject, and those who would be the same subject without being mapped to it
create function news_of_subjects() returns trigger language plpgsql as $$
begin
    if (select count(*) from (select from concerned limit 101) first_of_them) > 100 then
        perform pg_notify('bridge_news', 'user *');
        perform pg_notify('bridge_news', 'subject *');
    else
        perform pg_notify('bridge_news', 'user ' || u.username)
            from concerned c join local_user u on u.id = c.user_id;
        perform pg_notify('bridge_news', 'subject ' || connection_id || '/' || subject) from concerned;
    end if;
    return null;
end $$;

create trigger subject_mapping_added after insert on subject_mapping
    referencing new table as concerned for each statement execute function news_of_subjects();
create trigger subject_mapping_changed after update on subject_mapping
    referencing new table as concerned for each statement execute function news_of_subjects();
create trigger subject_mapping_deleted after delete on subject_mapping
    referencing old table as concerned for each statement execute function news_of_subjects();

create function news_of_lease() returns trigger language plpgsql as $$
begin
    if old.user_id is not null then
        -- with the transaction that changed it, for whoever has read what it wrote before hearing of it
        perform pg_notify('bridge_news',
            'lease ' || old.connection_id || '/' || old.user_id || '/' || pg_current_xact_id()::xid);
    end if;
    return null;
end $$;

-- not of its use, and what is promised of it and tried with it
create trigger lease_changed
    after update of connection_id, user_id, subject, host, asserted, state, qlik_key_id, qlik_user_id, sealed_with, nonce,
        ciphertext, issued_at, expires_at on lease
    for each row when (old.* is distinct from new.*) execute function news_of_lease();
create trigger lease_deleted after delete on lease
    for each row execute function news_of_lease();
