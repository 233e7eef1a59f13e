alter table signing_key add column warned_days integer;
alter table signing_key add column accepted_at timestamptz;

comment on column signing_key.warned_days is 'how many days before its end the certificate was last warned of: 60, 30, 7, or 0 when it had ended';
comment on column signing_key.accepted_at is 'when a connection test of this key last showed that the tenant accepts what it signs';
