"""Copy a file of JSON lines to Parquet with DuckDB, and print the number of rows.

    duckdb_copy.py claims.jsonl claims.parquet
"""

import sys

import duckdb

source, target = (name.replace("'", "''") for name in sys.argv[1:])
copied = duckdb.execute(
    f"COPY (SELECT * FROM read_json('{source}', format = 'newline_delimited')) "
    f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
)
print(copied.fetchone()[0])
