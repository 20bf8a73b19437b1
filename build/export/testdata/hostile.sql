SET allowed_paths = ['tables/größen-2.parquet', 'tables/things.parquet'];
SET enable_external_access = false;
SET autoinstall_known_extensions = false;
SET autoload_known_extensions = false;
SET lock_configuration = true;

-- x'; DROP TABLE "things"; -- .shell touch pwned \u{1b}[31m, version 1.0.0
-- Run this with DuckDB in the folder that holds it: duckdb -init load.sql

CREATE OR REPLACE TABLE "größen-2" AS SELECT * FROM read_parquet('tables/größen-2.parquet');
COMMENT ON TABLE "größen-2" IS 'x''; DROP TABLE "things"; -- .shell touch pwned \u{1b}[31m';
COMMENT ON COLUMN "größen-2"."x'; DROP TABLE ""things""; --
.shell touch pwned
[31m""; SELECT 1; """ IS 'x''; DROP TABLE "things"; -- .shell touch pwned \u{1b}[31m';

CREATE OR REPLACE TABLE "things" AS SELECT * FROM read_parquet('tables/things.parquet');

SELECT error('the table größen-2 has another number of rows than when it was verified; export a copy that nobody writes to') WHERE (SELECT count(*) FROM "größen-2") <> 2;
SELECT error('the table things has another number of rows than when it was verified; export a copy that nobody writes to') WHERE (SELECT count(*) FROM "things") <> 0;
