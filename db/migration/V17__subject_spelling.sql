-- Qlik's section access compares subjects in upper case, after NFKC. The bridge computes that spelling (QlikSpelling), so that
-- no locale of the database matters; null where a version that does not know of it wrote the row, and filled in then.
alter table subject_mapping
    add column canonical text collate "C";

comment on column subject_mapping.canonical is 'the subject as section access knows it; null until the bridge has seen the row';

create index subject_mapping_canonical on subject_mapping (connection_id, canonical);
create index subject_mapping_not_spelled on subject_mapping (user_id) where canonical is null;

create function subject_mapping_spelled() returns trigger language plpgsql as $$
begin
    if new.subject <> old.subject and new.canonical is not distinct from old.canonical then
        new.canonical := null;
    end if;
    return new;
end $$;

create trigger subject_mapping_spelled before update of subject on subject_mapping
    for each row execute function subject_mapping_spelled();

-- Who has a subject that a connection's template makes: one user at a time.
create table subject_by_template (
    connection_id text not null references connection on delete cascade,
    canonical     text collate "C" not null,
    user_id       uuid not null references local_user on delete cascade,
    primary key (connection_id, canonical)
);

create index subject_by_template_user on subject_by_template (user_id);

create function news_of_template_subjects() returns trigger language plpgsql as $$
begin
    if (select count(*) from (select from concerned limit 101) first_of_them) > 100 then
        perform pg_notify('bridge_news', 'subject *');
    else
        perform pg_notify('bridge_news', 'subject ' || connection_id || '/' || canonical) from concerned;
    end if;
    return null;
end $$;

create trigger subject_by_template_changed after update on subject_by_template
    referencing old table as concerned for each statement execute function news_of_template_subjects();
create trigger subject_by_template_deleted after delete on subject_by_template
    referencing old table as concerned for each statement execute function news_of_template_subjects();
