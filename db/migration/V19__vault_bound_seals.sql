-- A seal is bound to whom and what it is for, and no longer to its row alone (form 1).
alter table lease add column seal_form integer not null default 1;
alter table lease add column for_user uuid;
alter table signing_key add column seal_form integer not null default 1;
alter table access_token_key add column seal_form integer not null default 1;
alter table vault_canary add column seal_form integer not null default 1;
alter table vault_canary add column seals bigint not null default 0;

comment on column lease.seal_form is 'how the seal is bound: 1 to the row, 2 to whom and where it is for as well';
comment on column lease.for_user is 'the user that it was issued for; stays when the user is deleted';
comment on column vault_canary.seal_form is 'the oldest form of seals that is opened with the key';
comment on column vault_canary.seals is 'how often the key has sealed something, about';

update lease set for_user = user_id where user_id is not null;

create function lease_of_user() returns trigger language plpgsql as $$
begin
    new.for_user := new.user_id;
    return new;
end $$;

create trigger lease_begun before insert on lease for each row execute function lease_of_user();

create index lease_old_form on lease (id) where seal_form = 1 and ciphertext is not null;

-- as many as there are is the least
update vault_canary set seals = (select count(*) from lease where sealed_with = key_id)
    + (select count(*) from signing_key where sealed_with = key_id)
    + (select count(*) from access_token_key where sealed_with = key_id);

create table vault_forms (
    one        boolean primary key default true check (one),
    bound_from timestamptz not null default clock_timestamp()
);

comment on table vault_forms is 'since when seals are bound to more than their row; replicas of the version before may go on for a while';

insert into vault_forms default values;
