alter table lease
    add column attempts            integer not null default 0,
    add column next_attempt_at     timestamptz,
    add column superseded_at       timestamptz,
    add column ended_at            timestamptz,
    add column swept_at            timestamptz,
    add column watched_until       timestamptz,
    add column not_replaced_before timestamptz;

comment on column lease.attempts is 'how often what has to be done next was tried in vain';
comment on column lease.next_attempt_at is 'when it is tried again: the renewal, the revocation, or the look for an orphan';
comment on column lease.watched_until is 'the tenant may still make the key of this operation: it is looked for again until then';
comment on column lease.not_replaced_before is 'the tenant has not accepted this one either yet: until then it is not replaced again';
comment on column lease.swept_at is 'when the tenant was last asked for keys of this user that no lease knows';

update lease set superseded_at = now() where state = 'SUPERSEDED';
update lease set ended_at = now() where state in ('REVOKED', 'EXPIRED', 'FAILED');
update lease set watched_until = now() + interval '1 hour', next_attempt_at = now()
where state = 'FAILED' and may_have_acted;

-- a token that has ended need not be kept, sealed or not
update lease set sealed_with = null, nonce = null, ciphertext = null where state in ('REVOKED', 'EXPIRED');

create index lease_renewal on lease (connection_id, renew_at) where state = 'ACTIVE' and last_used_at >= issued_at;
create index lease_swept on lease (coalesce(swept_at, issued_at)) where state = 'ACTIVE';
create index lease_superseded on lease (superseded_at) where state = 'SUPERSEDED';
create index lease_revoking on lease (next_attempt_at) where state = 'REVOKING';
create index lease_watched on lease (next_attempt_at) where watched_until is not null;
create index lease_claimed on lease (claim_deadline) where state = 'ISSUING';
create index lease_expiry on lease (expires_at) where state in ('ACTIVE', 'SUPERSEDED', 'REVOKING');
create index lease_username on lease (username, id);
create index lease_ended on lease (ended_at) where ended_at is not null;
-- who else is this subject, and what do we know of its keys
create index lease_subject on lease (connection_id, subject, host);
