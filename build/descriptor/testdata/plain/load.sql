-- plain, version 0.1.0-dev
-- Run this with DuckDB in the folder that holds it: duckdb -init load.sql

CREATE OR REPLACE VIEW "größen-2" AS SELECT * FROM read_parquet('tables/größen-2.parquet');

