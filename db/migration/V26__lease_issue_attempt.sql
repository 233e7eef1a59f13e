-- Module lease. An attempt to have a lease issued, and the watch for what may have come of it, is a row of its own: the table
-- lease has what was issued. The version before cannot run beside this one (docs/upgrade.md): its statements name columns and
-- states that are gone, and fail.
create table issue_attempt (
    id            uuid primary key,
    operation     uuid        not null unique,
    connection_id text        not null references connection on delete cascade,
    user_id       uuid        references local_user on delete set null,
    username      text        not null,
    subject       text        not null,
    host          text        not null,
    created_at    timestamptz not null,
    deadline      timestamptz not null,
    failed_at     timestamptz,
    failure       text,
    watched_until timestamptz,
    next_look_at  timestamptz,
    looked_at     timestamptz,
    check (failed_at is not null or watched_until is null),
    check ((watched_until is null) = (next_look_at is null))
);

comment on table issue_attempt is 'attempts to have a lease issued: under way, or failed; one that succeeds becomes the row of lease with its id';
comment on column issue_attempt.operation is 'stands in the description of the API key at the tenant, to find an orphan by';
comment on column issue_attempt.deadline is 'whoever has not put it off until then has died, and another may try';
comment on column issue_attempt.failed_at is 'null while it is under way';
comment on column issue_attempt.watched_until is 'the tenant may still make the key of this operation: it is looked for again until then';
comment on column issue_attempt.looked_at is 'when the tenant was last looked through for it';

insert into issue_attempt (id, operation, connection_id, user_id, username, subject, host, created_at, deadline, failed_at, failure,
    watched_until, next_look_at, looked_at)
select id, operation_id, connection_id, user_id, username, subject, host, created_at, claim_deadline,
    case state when 'FAILED' then coalesce(ended_at, created_at) end, failure,
    case state when 'FAILED' then watched_until end,
    case when state = 'FAILED' and watched_until is not null then coalesce(next_attempt_at, now()) end,
    case state when 'FAILED' then swept_at end
from lease where state in ('ISSUING', 'FAILED');

delete from lease where state in ('ISSUING', 'FAILED');

-- one replica at a time issues for a user
create unique index issue_attempt_one_under_way on issue_attempt (connection_id, user_id) where failed_at is null;
create index issue_attempt_connection on issue_attempt (connection_id);
create index issue_attempt_user on issue_attempt (user_id);
create index issue_attempt_username on issue_attempt (username, id);
create index issue_attempt_subject on issue_attempt (connection_id, subject, host);
create index issue_attempt_deadline on issue_attempt (deadline) where failed_at is null;
create index issue_attempt_watched on issue_attempt (next_look_at) where watched_until is not null;
create index issue_attempt_failed on issue_attempt (failed_at) where failed_at is not null;

-- who waits for an attempt hears of its end, however it ends
create trigger issue_attempt_failed after update of failed_at on issue_attempt
    for each row when (old.failed_at is null and new.failed_at is not null) execute function news_of_lease();
create trigger issue_attempt_over after delete on issue_attempt
    for each row when (old.failed_at is null) execute function news_of_lease();

drop trigger lease_changed on lease;
drop trigger lease_begun on lease;
drop function lease_of_user();
drop index lease_one_issuing, lease_claimed, lease_watched, lease_revoking, lease_one_active, lease_renewal, lease_swept,
    lease_superseded, lease_expiry;

alter table lease
    add column renewal_attempts    integer not null default 0,
    add column next_renewal_at     timestamptz,
    add column revocation_attempts integer not null default 0,
    add column next_revocation_at  timestamptz;

update lease set renewal_attempts = attempts, next_renewal_at = next_attempt_at where state = 'ACTIVE';
update lease set revocation_attempts = attempts, next_revocation_at = next_attempt_at where state = 'REVOKING';

create type lease_state as enum ('ACTIVE', 'SUPERSEDED', 'REVOKING', 'REVOKED', 'EXPIRED');

alter table lease rename column operation_id to operation;
alter table lease rename constraint lease_operation_id_key to lease_operation_key;
alter table lease
    drop constraint lease_state_check,
    drop constraint lease_check,
    drop column claim_deadline,
    drop column may_have_acted,
    drop column attempts,
    drop column next_attempt_at,
    drop column watched_until;
alter table lease
    alter column state type lease_state using state::lease_state,
    add check (state not in ('ACTIVE', 'SUPERSEDED')
        or (qlik_key_id is not null and sealed_with is not null and nonce is not null and ciphertext is not null
            and issued_at is not null and expires_at is not null));

comment on column lease.next_renewal_at is 'when its renewal is tried again; null unless it was tried in vain';
comment on column lease.next_revocation_at is 'when the tenant is told to end it, or told again; null at once';

-- one key of a user is in use
create unique index lease_one_active on lease (connection_id, user_id) where state = 'ACTIVE';
create index lease_renewal on lease (connection_id, renew_at) where state = 'ACTIVE' and last_used_at >= issued_at;
create index lease_swept on lease (coalesce(swept_at, issued_at)) where state = 'ACTIVE';
create index lease_superseded on lease (superseded_at) where state = 'SUPERSEDED';
create index lease_revoking on lease (next_revocation_at) where state = 'REVOKING';
create index lease_expiry on lease (expires_at) where state in ('ACTIVE', 'SUPERSEDED', 'REVOKING');

-- not of its use, and what is promised of it and tried with it
create trigger lease_changed
    after update of connection_id, user_id, subject, host, asserted, state, qlik_key_id, qlik_user_id, sealed_with, nonce,
        ciphertext, issued_at, expires_at on lease
    for each row when (old.* is distinct from new.*) execute function news_of_lease();
