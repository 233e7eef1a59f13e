create table lease_handed_out (
    client_id text        not null,
    lease_id  uuid        not null references lease on delete cascade,
    at        timestamptz not null,
    primary key (client_id, lease_id)
);

create index lease_handed_out_lease on lease_handed_out (lease_id);

comment on table lease_handed_out is 'which client was given the token of which lease; the client may be gone';
comment on column lease_handed_out.at is 'when it was given it last';

-- what was handed out before, as far as the audit still knows
insert into lease_handed_out (client_id, lease_id, at)
select substr(a.actor, length('client:') + 1), l.id, max(a.at)
from audit_event a join lease l on cast(l.id as text) = a.details ->> 'leaseId'
where a.action = 'token.hand-out' and a.actor like 'client:%'
    and l.state in ('ACTIVE', 'SUPERSEDED', 'REVOKING')
group by 1, 2;
