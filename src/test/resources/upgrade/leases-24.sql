-- Leases in every state, as migration 24 has left them, of a bridge that was stopped while it was busy. ${host} is the tenant,
-- ${key.7} the API key there of the lease that ends in 07, ${user.ada} whose it is there; tokens are sealed when this is read in.
insert into connection (id, version, type, host, issuer, api_key_expiry, subjects, subject_template, created_at, updated_at)
values ('main', 0, 'QLIK_CLOUD', '${host}', 'https://bridge.example.org/main', 'PT24H', 'DEFAULT', '{username}',
    now(), now());

insert into lease_installation (id) values ('00000000-0000-4000-8000-000000000fff');

insert into local_user (id, version, username, email, email_verified, groups, enabled, created_at, updated_at)
values ('01980000-0000-7000-8000-000000000001', 0, 'ada', 'ada@example.org', true, '{}', true, now(), now());
insert into local_user (id, version, username, email, email_verified, groups, enabled, created_at, updated_at)
values ('01980000-0000-7000-8000-000000000002', 0, 'bob', 'bob@example.org', true, '{}', true, now(), now());
insert into local_user (id, version, username, email, email_verified, groups, enabled, created_at, updated_at)
values ('01980000-0000-7000-8000-000000000003', 0, 'cy', 'cy@example.org', true, '{}', true, now(), now());
insert into local_user (id, version, username, email, email_verified, groups, enabled, created_at, updated_at)
values ('01980000-0000-7000-8000-000000000004', 0, 'dan', 'dan@example.org', true, '{}', true, now(), now());
insert into local_user (id, version, username, email, email_verified, groups, enabled, created_at, updated_at)
values ('01980000-0000-7000-8000-000000000005', 0, 'eve', 'eve@example.org', true, '{}', true, now(), now());
insert into local_user (id, version, username, email, email_verified, groups, enabled, created_at, updated_at)
values ('01980000-0000-7000-8000-000000000006', 0, 'fay', 'fay@example.org', true, '{}', true, now(), now());
insert into local_user (id, version, username, email, email_verified, groups, enabled, created_at, updated_at)
values ('01980000-0000-7000-8000-000000000007', 0, 'gus', 'gus@example.org', true, '{}', true, now(), now());
insert into local_user (id, version, username, email, email_verified, groups, enabled, created_at, updated_at)
values ('01980000-0000-7000-8000-000000000008', 0, 'hal', 'hal@example.org', true, '{}', true, now(), now());

insert into subject_mapping (user_id, connection_id, subject) select id, 'main', 'hr|' || username from local_user;

-- ada: the one before is promised to a job yet
insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id, claim_deadline,
    created_at, qlik_key_id, qlik_user_id, sealed_with, nonce, ciphertext, seal_form, issued_at, expires_at, renew_at,
    superseded_at, promised_until)
values ('01980000-0000-7000-8000-000000000101', 'main', '01980000-0000-7000-8000-000000000001', 'ada', 'hr|ada',
    '${host}', '1d69d3c8d4200ad82c13533f79ec6431', 'SUPERSEDED', '00000000-0000-4000-8000-000000000001',
    now() - interval '2 hours', now() - interval '2 hours', '${key.1}', '${user.ada}', 'k1', '', '', 2,
    now() - interval '2 hours', now() + interval '10 hours', now() - interval '30 minutes', now() - interval '1 hour',
    now() + interval '5 hours');

-- ada: in use, and its renewal was tried twice in vain
insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id, claim_deadline,
    created_at, qlik_key_id, qlik_user_id, sealed_with, nonce, ciphertext, seal_form, issued_at, expires_at, renew_at,
    last_used_at, attempts, next_attempt_at, swept_at)
values ('01980000-0000-7000-8000-000000000102', 'main', '01980000-0000-7000-8000-000000000001', 'ada', 'hr|ada',
    '${host}', '1d69d3c8d4200ad82c13533f79ec6431', 'ACTIVE', '00000000-0000-4000-8000-000000000002',
    now() - interval '2 hours', now() - interval '2 hours', '${key.2}', '${user.ada}', 'k1', '', '', 2,
    now() - interval '2 hours', now() + interval '10 hours', now() - interval '30 minutes', now(), 2,
    now() + interval '1 hour', now());
insert into lease_handed_out (client_id, lease_id, at) values ('job', '01980000-0000-7000-8000-000000000102', now());

-- bob: who had it issued has died, and the tenant has made the key
insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id, claim_deadline,
    created_at)
values ('01980000-0000-7000-8000-000000000103', 'main', '01980000-0000-7000-8000-000000000002', 'bob', 'hr|bob',
    '${host}', '1964f624ba7bcb343c7e27c68c4e0486', 'ISSUING', '00000000-0000-4000-8000-000000000003',
    now() - interval '2 hours', now() - interval '2 hours');

-- cy: the tenant did not answer, and made the key late; looked for in half an hour
insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id, claim_deadline,
    created_at, failure, may_have_acted, ended_at, attempts, next_attempt_at, watched_until, swept_at)
values ('01980000-0000-7000-8000-000000000104', 'main', '01980000-0000-7000-8000-000000000003', 'cy', 'hr|cy',
    '${host}', '2553fd482a0fbf584fc6d1f2ab3383bb', 'FAILED', '00000000-0000-4000-8000-000000000004',
    now() - interval '2 hours', now() - interval '2 hours', 'tenant-unreachable', true, now() - interval '10 minutes',
    3, now() + interval '30 minutes', now() + interval '50 minutes', now() - interval '1 minute');

-- dan: the tenant could not be told yet
insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id, claim_deadline,
    created_at, qlik_key_id, qlik_user_id, sealed_with, nonce, ciphertext, seal_form, issued_at, expires_at, renew_at,
    failure, ended_at, attempts, next_attempt_at, hindrance)
values ('01980000-0000-7000-8000-000000000105', 'main', '01980000-0000-7000-8000-000000000004', 'dan', 'hr|dan',
    '${host}', '55e2e4c14390bfd8eff4d18de6cf20cc', 'REVOKING', '00000000-0000-4000-8000-000000000005',
    now() - interval '2 hours', now() - interval '2 hours', '${key.5}', '${user.dan}', 'k1', '', '', 2,
    now() - interval '2 hours', now() + interval '10 hours', now() - interval '30 minutes', 'revoked',
    now() - interval '1 hour', 4, now() + interval '1 hour', 'The tenant could not be reached.');

-- eve: the tenant refused her
insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id, claim_deadline,
    created_at, failure, ended_at, next_attempt_at)
values ('01980000-0000-7000-8000-000000000106', 'main', '01980000-0000-7000-8000-000000000005', 'eve', 'hr|eve',
    '${host}', 'bf4d1330ae23542a1534f2b666798fbf', 'FAILED', '00000000-0000-4000-8000-000000000006',
    now() - interval '2 hours', now() - interval '2 hours', 'tenant-refused', now() - interval '1 hour',
    now() - interval '1 hour');

-- fay: history
insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id, claim_deadline,
    created_at, qlik_key_id, qlik_user_id, issued_at, expires_at, ended_at, failure)
values ('01980000-0000-7000-8000-000000000107', 'main', '01980000-0000-7000-8000-000000000006', 'fay', 'hr|fay',
    '${host}', '041144dc669f0e049d0ae9a62a9b45b5', 'REVOKED', '00000000-0000-4000-8000-000000000007',
    now() - interval '2 hours', now() - interval '2 hours', 'former', 'former', now() - interval '2 days',
    now() - interval '1 day', now() - interval '1 day', 'revoked');
insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id, claim_deadline,
    created_at, qlik_key_id, qlik_user_id, issued_at, expires_at, ended_at)
values ('01980000-0000-7000-8000-000000000108', 'main', '01980000-0000-7000-8000-000000000006', 'fay', 'hr|fay',
    '${host}', '041144dc669f0e049d0ae9a62a9b45b5', 'EXPIRED', '00000000-0000-4000-8000-000000000008',
    now() - interval '2 hours', now() - interval '2 hours', 'former', 'former', now() - interval '2 days',
    now() - interval '1 day', now() - interval '1 day');

-- gus: being issued
insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id, claim_deadline,
    created_at)
values ('01980000-0000-7000-8000-000000000109', 'main', '01980000-0000-7000-8000-000000000007', 'gus', 'hr|gus',
    '${host}', '7cf80088bafcc740232e1dd4cc5e8cb4', 'ISSUING', '00000000-0000-4000-8000-000000000009',
    now() + interval '1 hour', now() - interval '2 hours');

-- hal: has gone, and his key is to be ended
insert into lease (id, connection_id, user_id, username, subject, host, asserted, state, operation_id, claim_deadline,
    created_at, qlik_key_id, qlik_user_id, sealed_with, nonce, ciphertext, seal_form, issued_at, expires_at, renew_at,
    failure, ended_at, next_attempt_at)
values ('01980000-0000-7000-8000-00000000010a', 'main', '01980000-0000-7000-8000-000000000008', 'hal', 'hr|hal',
    '${host}', '17e12ecdb8c83153f7617b72801c6838', 'REVOKING', '00000000-0000-4000-8000-00000000000a',
    now() - interval '2 hours', now() - interval '2 hours', '${key.10}', '${user.hal}', 'k1', '', '', 2,
    now() - interval '2 hours', now() + interval '10 hours', now() - interval '30 minutes',
    'the user was disabled or deleted', now(), now() + interval '1 hour');
delete from local_user where username = 'hal';
