create table local_user (
    id             uuid primary key,
    version        bigint      not null,
    -- compared exactly: two spellings are two people
    username       text collate "C" not null unique,
    name           text,
    email          text,
    email_verified boolean     not null,
    groups         text[]      not null,
    enabled        boolean     not null,
    created_at     timestamptz not null,
    updated_at     timestamptz not null
);

create table subject_mapping (
    user_id       uuid not null references local_user on delete cascade,
    connection_id text not null references connection on delete cascade,
    subject       text not null,
    primary key (user_id, connection_id)
);

create index subject_mapping_subject on subject_mapping (connection_id, subject);
