-- What an erasure keeps out can be lifted, so a hash that several erasures keep out has a line of each.

alter table mlx_erased_hashes drop constraint mlx_erased_hashes_key;
alter table mlx_erased_hashes add constraint mlx_erased_hashes_key
    primary key (dataset_id, kind, hash, erasure_id);
create index mlx_erased_hashes_erasure on mlx_erased_hashes (erasure_id);

alter table mlx_erasures add column lifted_at timestamp(6) with time zone;
alter table mlx_erasures add column lifted_by varchar(200);
