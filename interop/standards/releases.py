"""A plugin of pytest: which releases to check, and what stemma exports of them.

It is no conftest.py, and no file here is called test_*.py, because interop/run walks this
folder too, in an environment without the validators.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Json = dict[str, Any]

_RELEASES = pytest.StashKey[list[Path]]()
_SEALED = pytest.StashKey[list[Path]]()
_SAMPLES = pytest.StashKey[list[Path]]()


@dataclass(frozen=True)
class Exported:
    """A release, and what `stemma export` makes of it."""

    release: Path
    database: Path
    card: Path


def read(release: Path, name: str) -> Json:
    """Read a JSON file of a release."""
    return json.loads((release / name).read_text(encoding="utf-8"))


def write(release: Path, name: str, value: Json) -> None:
    """Write one."""
    (release / name).write_text(json.dumps(value), encoding="utf-8")


def tables(release: Path) -> dict[str, Path]:
    """Find the Parquet file of every table."""
    return {path.stem: path for path in sorted((release / "tables").glob("*.parquet"))}


def quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def stemma(*arguments: object) -> None:
    """Run stemma; what it says is shown if it fails."""
    program = os.environ["STEMMA_BIN"]
    ended = subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --release, which may be given several times."""
    parser.addoption("--release", action="append", default=[], help="release folder to check")


def pytest_configure(config: pytest.Config) -> None:
    """Find the folders that are described, and those that can be exported.

    Releases from before there were descriptors are not described, samples are not sealed and
    hold what a release does not.
    """
    here = config.invocation_params.dir
    config.stash[_RELEASES] = []
    config.stash[_SEALED] = []
    config.stash[_SAMPLES] = []
    for name in config.getoption("release"):
        folder = (here / name).resolve()
        if not (folder / "tables").is_dir():
            raise pytest.UsageError(f"--release {name}: no release folder")
        if (folder / "datapackage.json").is_file():
            config.stash[_RELEASES].append(folder)
        if (folder / "manifest.json").is_file():
            config.stash[_SEALED].append(folder)
        if (folder / "tables.sql").is_file():
            config.stash[_SAMPLES].append(folder)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test for every release."""
    for fixture, key in (("release", _RELEASES), ("sealed", _SEALED), ("sample", _SAMPLES)):
        if fixture in metafunc.fixturenames:
            folders = metafunc.config.stash[key]
            scope = "session" if fixture == "sealed" else "function"
            names = [folder.name for folder in folders]
            metafunc.parametrize(fixture, folders, ids=names, scope=scope)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in a line each what was not run, and why; also to whoever collects that."""
    why = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
    )
    lines = [f"{reason} ({number} checks)" for reason, number in sorted(why.items())]
    for line in lines:
        terminalreporter.write_line(f"NOT RUN: {line}")
    if lines and (notes := os.environ.get("STEMMA_NOT_RUN")):
        with Path(notes).open("a", encoding="utf-8") as file:
            file.writelines(f"standards: {line}\n" for line in lines)


@pytest.fixture(scope="session")
def exported(sealed: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """What stemma exports of a sealed release, with DuckDB's own program."""
    folder = tmp_path_factory.mktemp("it's exported & ") / "from [here]; é"
    folder.mkdir()
    out = Exported(sealed, folder / "the 'release'.duckdb", folder / "README.md")
    stemma("export", sealed, "--duckdb", out.database, "--dataset-card", out.card)
    assert sorted(folder.iterdir()) == sorted([out.database, out.card])
    return out


@pytest.fixture
def copy(release: Path, tmp_path: Path) -> Path:
    """A copy of the release that a test may damage."""
    target = tmp_path / "copy"
    shutil.copytree(release, target)
    return target
