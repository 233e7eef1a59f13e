-- Module tenantsetup. Which request sets the tenant of a connection up: one at a time, over all replicas.
create table tenant_setup (
    connection_id text        primary key references connection on delete cascade,
    operation     uuid        not null,
    deadline      timestamptz not null
);

comment on table tenant_setup is 'setups that are under way, one for each connection';
comment on column tenant_setup.deadline is 'whoever has not put it off until then has died, and another may begin';
