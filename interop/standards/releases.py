"""A plugin of pytest: which releases to check.

It is no conftest.py, and no file here is called test_*.py, because interop/run walks this
folder too, in an environment without the validators.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
