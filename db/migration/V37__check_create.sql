-- Module check. What the last test of a connection found, with a user and with nobody.
create table connection_check (
    connection_id text        not null references connection on delete cascade,
    with_user     boolean     not null,
    at            timestamptz not null,
    username      text,
    failed        text,
    primary key (connection_id, with_user),
    check (with_user = (username is not null))
);

comment on table connection_check is 'the last test of each connection with its active signing key, of either kind';
comment on column connection_check.failed is 'the step that failed first; null when the test passed';
