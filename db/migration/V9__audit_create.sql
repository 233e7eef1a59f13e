create table audit_event (
    id         uuid        primary key,
    at         timestamptz not null,
    actor      text        not null,
    action     text        not null,
    connection text,
    username   text,
    outcome    text        not null check (outcome in ('success', 'failure')),
    request_id text,
    details    jsonb       not null check (jsonb_typeof(details) = 'object')
);

comment on table audit_event is 'who did what; rows are added and never changed, and outlive what they speak of';
comment on column audit_event.actor is 'client:<id>, user:<username>, or bridge for what nobody asked for just then';

-- the list is read from its end, as a whole or by one of these
create index audit_event_actor on audit_event (actor, id);
create index audit_event_action on audit_event (action, id);
create index audit_event_connection on audit_event (connection, id) where connection is not null;
create index audit_event_username on audit_event (username, id) where username is not null;
-- for whoever prunes by age
create index audit_event_at on audit_event using brin (at);

create function audit_event_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'audit_event is append-only: % is refused', lower(tg_op)
        using hint = 'Old rows are pruned by the owner of the table alone, as docs/adr/0009 shows.';
end
$$;

create trigger audit_event_append_only before update or delete or truncate on audit_event
    for each statement execute function audit_event_append_only();

-- also where a session takes itself for a replica
alter table audit_event enable always trigger audit_event_append_only;
