-- which person of an identity provider a user is, kept at the first sign-in; null for who has not signed in yet
alter table local_user
    add column identity_issuer text,
    add column identity_subject text,
    add constraint local_user_identity check ((identity_issuer is null) = (identity_subject is null));

-- who was deleted by an admin, and is not made again by signing in. Hashes alone: whoever is gone is named nowhere
create table departed_user (
    spelling_hash text        not null,
    identity_hash text,
    at            timestamptz not null
);

create index departed_user_spelling on departed_user (spelling_hash);
create index departed_user_identity on departed_user (identity_hash);
comment on column departed_user.spelling_hash is 'SHA-256 of the username, as Qlik compares names';
comment on column departed_user.identity_hash is 'SHA-256 of issuer and subject, where the person had signed in';
