"""Releases have the tables of the disagreement model from output version 2 on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from sample_release import write_release
from test_checks import check_all

import checks
from expected import Dataset, expected
from reference.disagreement.tables import COLUMNS
from release import Release
from worlds.folder import prepare_folder
from worlds.generate import generate

FOREIGN = Path(__file__).resolve().parent.parent / "fixtures" / "foreign"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worlds") / "dataset"
    prepare_folder(folder)
    # A seed without the year 0, which pandas' dates do not reach.
    generate(folder, 9, range(3))
    return folder


@pytest.fixture(scope="module")
def dataset(root: Path) -> Dataset:
    return expected(root, 2)


@pytest.fixture(scope="module")
def sample(root: Path, dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "v2"
    write_release(root, dataset, folder, output_version=2)
    return folder


def test_tables_and_columns(root: Path, dataset: Dataset) -> None:
    before = expected(root, 1)
    assert list(dataset.tables) == [*before.tables, *COLUMNS]
    assert all(table.row_count for table in dataset.tables.values() if table.name in COLUMNS)
    names = [column.name for column in before.tables["claims"].columns]
    at = names.index("record_path")
    found = [column.name for column in dataset.tables["claims"].columns]
    assert found == [*names[:at], "question_id", *names[at:]]


def test_questions_of_claims(dataset: Dataset) -> None:
    rows = dataset.tables["question_claims"].rows()
    authored = {row["claim_key"]: row["question_id"] for row in rows if row["derivation"] is None}
    retired = 0
    for claim in dataset.tables["claims"].rows():
        assert claim["question_id"] == authored.get(claim["id"])
        is_retired = claim["merged_into"] is not None or claim["withdrawn"] is not None
        assert is_retired == (claim["question_id"] is None)
        retired += is_retired
    assert retired, "the dataset shows both"


def test_other_models_have_none() -> None:
    assert list(expected(FOREIGN, 2).tables) == list(expected(FOREIGN, 1).tables)


def test_columns_about_versions(root: Path) -> None:
    before, now = expected(root, 2), expected(root, 3)
    for name, table in now.tables.items():
        added = ["first_version", "changed_version"] if table.plan.kind and table.is_main else []
        names = [column.name for column in before.tables[name].columns]
        at = names.index("record_path") if added else 0
        assert [column.name for column in table.columns] == [*names[:at], *added, *names[at:]]
    for row in now.tables["claims"].rows():
        assert row["first_version"] == row["changed_version"] == now.config["version"]


def test_versions_of_published_records(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FOREIGN, tmp_path / "copy"))
    papers = expected(FOREIGN, 3).tables["papers"].rows()
    kind = expected(FOREIGN, 3).tables["papers"].plan.kind
    versions = [("0.1.0", "0.2.0", papers[0]["record_sha256"]), ("0.1.0", "0.1.0", "0" * 64)]
    lines = ['{"release":"0.1.0"}', '{"release":"0.2.0"}']
    for row, (first, changed, digest) in zip(papers, versions, strict=False):
        entry = {"kind": kind, "id": row["doi"], "record_sha256": digest}
        entry |= {"first_version": first, "changed_version": changed, "fate": "current"}
        lines.append(json.dumps(entry))
    (copy / "history").mkdir()
    (copy / "history/ledger.jsonl").write_text("\n".join(lines) + "\n")
    found = expected(copy, 3)
    version = found.config["version"]
    rows = found.tables["papers"].rows()
    assert [row["first_version"] for row in rows[:2]] == ["0.1.0", "0.1.0"]
    assert [row["changed_version"] for row in rows[:2]] == ["0.2.0", version]
    assert all(row["first_version"] == version for row in rows[2:])


def test_faithful_release(sample: Path, root: Path, dataset: Dataset) -> None:
    check_all(sample, dataset, root)


def test_missing_table(sample: Path, tmp_path: Path, dataset: Dataset) -> None:
    copy = Path(shutil.copytree(sample, tmp_path / "copy"))
    (copy / "tables/sensitivity.arrow").unlink()
    with pytest.raises(AssertionError):
        checks.check_table_files(Release(copy), dataset)


def test_changed_cell(sample: Path, tmp_path: Path, dataset: Dataset) -> None:
    copy = Path(shutil.copytree(sample, tmp_path / "copy"))
    path = copy / "tables/disagreement.parquet"
    table = pq.read_table(path)
    at = table.column_names.index("denied")
    changed = table.set_column(at, table.field(at), pc.invert(table.column(at)))
    pq.write_table(changed, path)
    with pytest.raises(AssertionError, match=r"disagreement\.denied"):
        checks.check_reader(Release(copy), dataset.tables["disagreement"], "pyarrow-parquet")
