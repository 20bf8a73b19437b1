-- Who said what: a "sample", version 1.2.0
-- Run this with DuckDB in the folder that holds it: duckdb -init load.sql

CREATE OR REPLACE TABLE "sources" AS SELECT * FROM read_parquet('tables/sources.parquet');
COMMENT ON TABLE "sources" IS 'A document.';
COMMENT ON COLUMN "sources"."id" IS 'The id.';
COMMENT ON COLUMN "sources"."title" IS '<script>alert(1)</script> | `x` **b** [l](javascript:alert(1)) &lt; ''; DROP TABLE claims; -- "q" \ # $x$ * --- ``` \u{202e}txt\u{202c} \u{7} --> %}';
COMMENT ON COLUMN "sources"."published" IS 'When.';
COMMENT ON COLUMN "sources"."seen_at" IS 'When it was seen.';
COMMENT ON COLUMN "sources"."revision_of" IS 'An earlier one.';

CREATE OR REPLACE TABLE "actors" AS SELECT * FROM read_parquet('tables/actors.parquet');
COMMENT ON TABLE "actors" IS 'Who acts.';
COMMENT ON COLUMN "actors"."id" IS 'The id.';
COMMENT ON COLUMN "actors"."name" IS 'The name.';
COMMENT ON COLUMN "actors"."aliases" IS 'Other names.';

CREATE OR REPLACE TABLE "claims" AS SELECT * FROM read_parquet('tables/claims.parquet');
COMMENT ON TABLE "claims" IS '<script>alert(1)</script> | `x` **b** [l](javascript:alert(1)) &lt; ''; DROP TABLE claims; -- "q" \ # $x$ * --- ``` \u{202e}txt\u{202c} \u{7} --> %}';
COMMENT ON COLUMN "claims"."id" IS 'The id.';
COMMENT ON COLUMN "claims"."claimant" IS 'Who says it.';
COMMENT ON COLUMN "claims"."claimant_name" IS 'As printed.';
COMMENT ON COLUMN "claims"."stance" IS 'How.';
COMMENT ON COLUMN "claims"."number" IS 'How many.';
COMMENT ON COLUMN "claims"."source" IS 'The document.';

CREATE OR REPLACE TABLE "claim_via" AS SELECT * FROM read_parquet('tables/claim_via.parquet');
COMMENT ON TABLE "claim_via" IS 'Where it came from.';

CREATE OR REPLACE TABLE "summary" AS SELECT * FROM read_parquet('tables/summary.parquet');
COMMENT ON TABLE "summary" IS 'Computed, without a row.';

CREATE OR REPLACE TABLE "disagreement" AS SELECT * FROM read_parquet('tables/disagreement.parquet');
COMMENT ON TABLE "disagreement" IS 'Computed: the questions.';

CREATE OR REPLACE VIEW "claims_flat" AS SELECT
  c."id",
  c."claimant",
  t1."name" AS "claimant_name_2",
  c."claimant_name",
  c."stance",
  c."number",
  c."number_exact",
  c."year",
  c."certain",
  c."days",
  c."readings",
  c."flags",
  c."counts",
  c."source",
  t2."title" AS "source_title",
  c."<script>alert(1)</script> | `x` **b** [l",
  c."record_path"
FROM "claims" AS c
LEFT JOIN "actors" AS t1 ON t1."id" = c."claimant"
LEFT JOIN "sources" AS t2 ON t2."id" = c."source";
COMMENT ON VIEW "claims_flat" IS 'The claims with names beside the ids: one row for each claim.';
COMMENT ON COLUMN "claims_flat"."id" IS 'The id.';
COMMENT ON COLUMN "claims_flat"."claimant" IS 'Who says it.';
COMMENT ON COLUMN "claims_flat"."claimant_name_2" IS 'The name of the record in "actors" that "claimant" names.';
COMMENT ON COLUMN "claims_flat"."claimant_name" IS 'As printed.';
COMMENT ON COLUMN "claims_flat"."stance" IS 'How.';
COMMENT ON COLUMN "claims_flat"."number" IS 'How many.';
COMMENT ON COLUMN "claims_flat"."source" IS 'The document.';
COMMENT ON COLUMN "claims_flat"."source_title" IS 'The title of the record in "sources" that "source" names.';
