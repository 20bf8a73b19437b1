"""Other people's readers open a release and find what the records say.

Without `--release` there is nothing to read, and these tests are skipped.
"""

from __future__ import annotations

import checks
from conftest import Case
from expected import Table


def test_table_files(case: Case) -> None:
    checks.check_table_files(case.release, case.dataset)


def test_manifest_head(case: Case) -> None:
    checks.check_manifest_head(case.release, case.dataset)


def test_manifest_files(case: Case) -> None:
    checks.check_manifest_files(case.release)


def test_names(case: Case) -> None:
    checks.check_names(case.release, case.dataset)


def test_provenance(case: Case) -> None:
    checks.check_provenance(case.release)


def test_sums(case: Case) -> None:
    checks.check_sums(case.release)


def test_sources(case: Case) -> None:
    checks.check_sources(case.release, case.dataset, case.root)


def test_cells(case: Case, table: Table, reader: str) -> None:
    checks.check_reader(case.release, table, reader)


def test_pandas_default(case: Case, table: Table) -> None:
    checks.check_pandas_default(case.release, table)


def test_fields(case: Case, table: Table) -> None:
    checks.check_fields(case.release, table)


def test_table_metadata(case: Case, table: Table) -> None:
    checks.check_table_metadata(case.release, case.dataset, table)


def test_manifest_table(case: Case, table: Table) -> None:
    checks.check_manifest_table(case.release, table)
