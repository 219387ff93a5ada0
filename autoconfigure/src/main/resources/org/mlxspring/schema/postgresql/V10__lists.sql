-- Lists are read along an index in their order, whichever filter is set.

create index mlx_audit_actor_lines on mlx_audit (actor, id);
create index mlx_audit_dataset_lines on mlx_audit (dataset, id);
drop index mlx_audit_actor;

create index mlx_runs_order on mlx_runs (created_at, id);
create index mlx_runs_state on mlx_runs (state, created_at, id);
create index mlx_runs_dataset on mlx_runs (dataset, created_at, id);
drop index mlx_runs_created;

create index mlx_erasure_datasets_name on mlx_erasure_datasets (dataset, erasure_id);
