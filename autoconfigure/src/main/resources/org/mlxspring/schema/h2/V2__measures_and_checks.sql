-- What is reported besides losses: measures of a report, whether a validation was the best, how far the reference of
-- preference tuning is, the validation that the adapter is from, the checks of a fused model, and what rows are.

alter table mlx_run_metrics add column measures text default '{}' not null;
alter table mlx_run_metrics add column best boolean default false not null;

alter table mlx_runs add column reference_answers integer;
alter table mlx_runs add column reference_total integer;
alter table mlx_runs add column best_iteration integer;
alter table mlx_runs add column best_loss double precision;
alter table mlx_runs add column checks text default '[]' not null;

alter table mlx_dataset_versions add column kind varchar(20);
