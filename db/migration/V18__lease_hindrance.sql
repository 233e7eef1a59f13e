alter table lease add column hindrance text;

comment on column lease.hindrance is 'what kept it from being ended at its tenant when that was last tried, in a sentence';
