-- Module replica. The replicas that run.
create table replica (
    id         uuid primary key,
    name       text        not null,
    version    text        not null,
    started_at timestamptz not null,
    seen_at    timestamptz not null
);

comment on table replica is 'processes of the bridge that run, for the console; each notes that it does every half minute';
comment on column replica.name is 'of its machine, container or pod';
comment on column replica.seen_at is 'who was killed stays for a day, and who ended in order is gone at once';
