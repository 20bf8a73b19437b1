"""Options of the tests: which releases to read, and the datasets that they were built from."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import deltas
from expected import Dataset, expected
from readers import READERS
from release import Release

DIST = Path(__file__).resolve().parent.parent / "dist"
TOOL = Path(__file__).resolve().parent.parent / "bin" / "stemma"


@dataclass(frozen=True)
class Case:
    """A release, the folder of its dataset, and what that leads one to expect."""

    release: Release
    root: Path
    dataset: Dataset


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --release and --dataset, which may be given several times, in pairs."""
    group = parser.getgroup("stemma")
    group.addoption("--release", action="append", default=[], help="release folder to read")
    group.addoption(
        "--dataset",
        action="append",
        default=[],
        help="folder of dataset.json that the release was built from; "
        "without it, the sources bundled with the release",
    )
    group.addoption(
        "--deltas",
        action="append",
        default=[],
        help="folder of releases whose deltas to apply, beside this repository's dist",
    )
    group.addoption("--stemma", default=str(TOOL), help="the tool; bin/stemma without it")
    group.addoption("--folders", type=int, default=200, help="how many random datasets to compare")
    group.addoption("--first-seed", type=int, default=0, help="seed of the first of them")
    group.addoption("--update-readme", action="store_true", help="write README.md's output anew")


_CASES = pytest.StashKey[list[Case]]()
_UNPACKED = pytest.StashKey[list[tempfile.TemporaryDirectory]]()


def pytest_configure(config: pytest.Config) -> None:
    """Open the releases and compute the expectations, once."""
    releases, datasets = config.getoption("release"), config.getoption("dataset")
    if datasets and len(datasets) != len(releases):
        raise pytest.UsageError("give one --dataset for each --release, or none at all")
    here = config.invocation_params.dir
    config.stash[_UNPACKED] = []
    config.stash[_CASES] = []
    for index, name in enumerate(releases):
        release = Release((here / name).resolve())
        if not release.folder.is_dir():
            raise pytest.UsageError(f"--release {name}: no such folder")
        if datasets:
            root = (here / datasets[index]).resolve()
        else:
            temporary = tempfile.TemporaryDirectory(prefix="stemma-interop-")
            config.stash[_UNPACKED].append(temporary)
            root = Path(temporary.name)
            release.unpack_sources(root)
        dataset = expected(root, release.manifest["output_version"])
        config.stash[_CASES].append(Case(release, root, dataset))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what was unpacked."""
    for temporary in config.stash.get(_UNPACKED, []):
        temporary.cleanup()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test for every release, table and reader that it asks for."""
    cases = metafunc.config.stash[_CASES]
    if {"case", "table"} <= set(metafunc.fixturenames):
        pairs = [(case, table) for case in cases for table in case.dataset.tables.values()]
        ids = [f"{case.release.folder.name}-{table.name}" for case, table in pairs]
        metafunc.parametrize(("case", "table"), pairs, ids=ids)
    elif "case" in metafunc.fixturenames:
        metafunc.parametrize("case", cases, ids=[case.release.folder.name for case in cases])
    if "case" in metafunc.fixturenames and "reader" in metafunc.fixturenames:
        metafunc.parametrize("reader", READERS)
    if "delta" in metafunc.fixturenames:
        here = metafunc.config.invocation_params.dir
        folders = [here / name for name in metafunc.config.getoption("deltas")]
        found = [each for folder in [DIST, *folders] for each in deltas.find(folder.resolve())]
        metafunc.parametrize("delta", found, ids=[each.folder.name for each in found])


@pytest.fixture(scope="session")
def tool(request: pytest.FixtureRequest) -> Path:
    """The tool under test."""
    path = request.config.invocation_params.dir / request.config.getoption("stemma")
    assert path.is_file(), f"there is no {path}: run make, or give --stemma"
    return path
