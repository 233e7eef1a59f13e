-- Module consoleimport. Files of users that admins have uploaded in the console, until they are imported, or for an hour.
create table import_file (
    id         uuid        primary key,
    owner      text        not null,
    name       text        not null,
    charset    text,
    size       bigint      not null,
    state      text        not null
        check (state in ('RECEIVING', 'CHECKING', 'CHECKED', 'IMPORTING', 'IMPORTED', 'FAILED')),
    run        integer     not null,
    bytes_read bigint      not null,
    beat_at    timestamptz not null,
    preview    text,
    superseded boolean     not null,
    failure    text,
    created_at timestamptz not null
);

create index import_file_owner on import_file (owner);

create table import_file_part (
    file_id uuid    not null references import_file on delete cascade,
    number  integer not null,
    bytes   bytea   not null,
    primary key (file_id, number)
);

comment on table import_file is 'files of users that admins look at before they are imported';
comment on column import_file.owner is 'who uploaded it, as in the audit: nobody else sees it';
comment on column import_file.charset is 'as the admin names it; null for what the first bytes tell';
comment on column import_file.run is 'goes up with each check and import; one that is no longer the last writes nothing here';
comment on column import_file.bytes_read is 'by the check or the import that is under way';
comment on column import_file.beat_at is 'a check or an import that has not told of itself for long has died';
comment on column import_file.preview is 'what was found out last, as JSON';
comment on column import_file.superseded is 'whether the preview is another than the one that was to be imported';
comment on table import_file_part is 'what is in the files, a part at a time; gone once a file is imported';
