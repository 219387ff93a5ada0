-- ANALYZE copies values of a column into the statistics, where an erasure does not reach them. Of sealed text they are of no
-- use. Setting the type that a column has removes the statistics there are, and does not write the table anew.
alter table mlx_rows
    alter column content set statistics 0,
    alter column original set statistics 0;
alter table mlx_rows
    alter column content type bytea,
    alter column original type bytea;
alter table mlx_refused_rows alter column content set statistics 0;
alter table mlx_refused_rows alter column content type bytea;
