-- Sessions of the console, in the form that Spring Session JDBC reads and writes. The cookie is the session's id sealed by the vault, so
-- what stands here opens nothing.
create table console_session (
    primary_id            char(36) primary key,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100)
);

create unique index console_session_session_id on console_session (session_id);
create index console_session_expiry_time on console_session (expiry_time);
create index console_session_principal_name on console_session (principal_name);

create table console_session_attributes (
    session_primary_id char(36)     not null references console_session (primary_id) on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);
