"""The readers under test: each opens a table file and gives the same plain Python values.

Dates become days and timestamps microseconds since 1970-01-01, so that no reader's own
date class, time zone or precision takes part in the comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

from reference.logical import BOOL, DATE32, FLOAT64, INT64, TIMESTAMP, UTF8, Cell, list_of


@dataclass(frozen=True)
class Content:
    """A table as a reader sees it; `types` in the words of the column plan."""

    names: list[str]
    types: list[str]
    cells: list[list[Cell]]


_ARROW_TYPES: Final[list[tuple[pa.DataType, str]]] = [
    (pa.string(), UTF8),
    (pa.int64(), INT64),
    (pa.float64(), FLOAT64),
    (pa.bool_(), BOOL),
    (pa.date32(), DATE32),
    (pa.timestamp("us", "UTC"), TIMESTAMP),
]


def _arrow_type(arrow: pa.DataType) -> str:
    if pa.types.is_list(arrow):
        return list_of(_arrow_type(arrow.value_type))
    # A type that the plan does not know keeps its own name, and so differs from any.
    return next((name for known, name in _ARROW_TYPES if known == arrow), str(arrow))


def _with_integers(arrow: pa.DataType) -> pa.DataType:
    """Return the type that a column is cast to: dates and timestamps as their integers."""
    if pa.types.is_list(arrow):
        return pa.list_(_with_integers(arrow.value_type))
    if pa.types.is_date32(arrow):
        return pa.int32()
    return pa.int64() if pa.types.is_timestamp(arrow) else arrow


def _arrow_cells(column: pa.ChunkedArray) -> list[Cell]:
    return column.cast(_with_integers(column.type)).to_pylist()


def from_arrow(table: pa.Table) -> Content:
    """Return the content of an Arrow table."""
    types = [_arrow_type(field.type) for field in table.schema]
    return Content(table.column_names, types, [_arrow_cells(column) for column in table.columns])


def open_ipc(path: Path) -> pa.Table:
    """Open an Arrow IPC file (not a stream) with pyarrow."""
    with pa.OSFile(str(path)) as file, pyarrow.ipc.open_file(file) as reader:
        return reader.read_all()


def read_pyarrow_parquet(path: Path) -> Content:
    """Read with pyarrow.parquet."""
    return from_arrow(pq.read_table(path))


def read_pyarrow_ipc(path: Path) -> Content:
    """Read with pyarrow.ipc."""
    return from_arrow(open_ipc(path))


def read_pandas(path: Path) -> Content:
    """Read with pandas and Arrow-backed columns, which keep nulls and 64-bit integers apart."""
    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    arrays = [pa.chunked_array([pa.array(frame[name].array)]) for name in frame.columns]
    types = [_arrow_type(array.type) for array in arrays]
    return Content(list(frame.columns), types, [_arrow_cells(array) for array in arrays])


def pandas_default_nulls(path: Path) -> tuple[list[str], list[int]]:
    """Read with pandas as most people do: the names and the nulls of each column.

    By default pandas turns integers with nulls into floats and dates into objects, so
    values are compared elsewhere.
    """
    frame = pd.read_parquet(path)
    return list(frame.columns), [int(frame[name].isna().sum()) for name in frame.columns]


_DUCKDB_TYPES: Final[dict[str, str]] = {
    "VARCHAR": UTF8,
    "BIGINT": INT64,
    "DOUBLE": FLOAT64,
    "BOOLEAN": BOOL,
    "DATE": DATE32,
    "TIMESTAMP WITH TIME ZONE": TIMESTAMP,
}


def _duckdb_type(name: str) -> str:
    if name.endswith("[]"):
        return list_of(_duckdb_type(name.removesuffix("[]")))
    return _DUCKDB_TYPES.get(name, name)


def read_duckdb(path: Path) -> Content:
    """Read with DuckDB: `SELECT * FROM 'x.parquet'`, in the order of the file, offline."""
    offline = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    with duckdb.connect(config=offline) as connection:
        quoted = str(path).replace("'", "''")
        relation = connection.sql(f"SELECT * FROM '{quoted}'")
        types = [_duckdb_type(str(each)) for each in relation.types]
        cells = [_arrow_cells(column) for column in relation.to_arrow_table().columns]
        return Content(relation.columns, types, cells)


def _polars_type(polars: pl.DataType) -> str:
    match polars:
        case pl.List():
            return list_of(_polars_type(polars.inner))
        case pl.Datetime(time_unit="us", time_zone="UTC"):
            return TIMESTAMP
    names = {
        pl.String: UTF8,
        pl.Int64: INT64,
        pl.Float64: FLOAT64,
        pl.Boolean: BOOL,
        pl.Date: DATE32,
    }
    return names.get(polars.base_type(), str(polars))


def _from_polars(frame: pl.DataFrame) -> Content:
    types = [_polars_type(each) for each in frame.dtypes]
    cells = [series.to_physical().to_list() for series in frame.get_columns()]
    return Content(frame.columns, types, cells)


def read_polars_parquet(path: Path) -> Content:
    """Read with Polars from Parquet."""
    return _from_polars(pl.read_parquet(path))


def read_polars_ipc(path: Path) -> Content:
    """Read with Polars from an Arrow IPC file."""
    return _from_polars(pl.read_ipc(path))


READERS: Final[dict[str, tuple[str, Callable[[Path], Content]]]] = {
    "pyarrow-parquet": (".parquet", read_pyarrow_parquet),
    "pyarrow-ipc": (".arrow", read_pyarrow_ipc),
    "pandas": (".parquet", read_pandas),
    "duckdb": (".parquet", read_duckdb),
    "polars-parquet": (".parquet", read_polars_parquet),
    "polars-ipc": (".arrow", read_polars_ipc),
}
"""Every reader by name: the format that it opens and the function."""
