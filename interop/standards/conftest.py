"""The releases to check. Without the private environment there is nothing to collect."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

# interop/run walks this folder too, in an environment without the validators.
collect_ignore_glob = [] if importlib.util.find_spec("frictionless") else ["test_*.py"]

_RELEASES = pytest.StashKey[list[Path]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --release, which may be given several times."""
    parser.addoption("--release", action="append", default=[], help="release folder to check")


def pytest_configure(config: pytest.Config) -> None:
    """Find the folders that are described; releases from before there were descriptors are not."""
    here = config.invocation_params.dir
    config.stash[_RELEASES] = []
    for name in config.getoption("release"):
        folder = (here / name).resolve()
        if not (folder / "tables").is_dir():
            raise pytest.UsageError(f"--release {name}: no release folder")
        if (folder / "datapackage.json").is_file():
            config.stash[_RELEASES].append(folder)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test for every release."""
    if "release" in metafunc.fixturenames:
        folders = metafunc.config.stash[_RELEASES]
        metafunc.parametrize("release", folders, ids=[folder.name for folder in folders])


@pytest.fixture
def copy(release: Path, tmp_path: Path) -> Path:
    """A copy of the release that a test may damage."""
    target = tmp_path / "copy"
    shutil.copytree(release, target)
    return target
