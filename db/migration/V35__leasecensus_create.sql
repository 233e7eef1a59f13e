-- Module leasecensus. How many living leases there were over the last days, for the console's chart: counting what has ended since
-- would read all leases there ever were.
create table lease_census (
    at     timestamptz not null,
    state  text        not null check (state in ('ISSUING', 'ACTIVE', 'SUPERSEDED', 'REVOKING')),
    leases bigint      not null,
    primary key (at, state)
);

comment on table lease_census is 'living leases of all connections, as they were counted every ten minutes; the last two days';
