"""The tool and an independent reading of the model agree on every cell.

`--folders N` random datasets of ten worlds each (200 by default) and the repository's own
records are computed twice. Datasets that differ are kept in .cache/worlds.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from worlds.compare import ToolError, compare, smallest
from worlds.coverage import needed, reached
from worlds.folder import prepare_folder
from worlds.generate import generate

REPOSITORY = Path(__file__).resolve().parent.parent
KEPT = REPOSITORY / ".cache" / "worlds"
WORLDS = range(10)
SHOWN = 5
"""How many differences of a dataset a message shows, and how many datasets."""


def look_at(tool: Path, seeds: range) -> tuple[Counter[str], list[str]]:
    """Compare the datasets of some seeds; return what they reached, and the differences."""
    counts, messages = Counter(), []
    with tempfile.TemporaryDirectory(prefix="stemma-worlds-") as temporary:
        # One folder for all: only records and policy are written anew.
        folder = Path(temporary) / "dataset"
        prepare_folder(folder)
        for seed in seeds:
            generate(folder, seed, WORLDS)
            try:
                tables, different = compare(tool, folder)
                counts += reached(tables)
            except ToolError as error:
                different = [error]
            if different and len(messages) < SHOWN:
                lines = "\n".join(f"  {each}" for each in different[:SHOWN])
                kept = smallest(tool, seed, WORLDS, KEPT)
                count = len(different)
                messages.append(f"seed {seed}, {count} differences, kept in {kept}\n{lines}")
    return counts, messages


@pytest.fixture(scope="module")
def outcome(request: pytest.FixtureRequest, tool: Path) -> tuple[Counter[str], list[str]]:
    """Two processes compare every other dataset each."""
    count, first = request.config.getoption("folders"), request.config.getoption("first_seed")
    halves = [range(first + start, first + count, 2) for start in (0, 1)]
    # A fresh interpreter, because pytest's has the threads of Arrow and Polars.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        parts = list(pool.map(look_at, [tool, tool], halves))
    counts, messages = zip(*parts, strict=True)
    return sum(counts, Counter()), sum(messages, [])


def test_random_worlds(outcome: tuple[Counter[str], list[str]]) -> None:
    _, messages = outcome
    assert not messages, "\n".join(messages)


def test_every_branch_is_reached(
    outcome: tuple[Counter[str], list[str]], request: pytest.FixtureRequest
) -> None:
    counts, _ = outcome
    often = request.config.getoption("folders") // 20
    rare = {name: counts[name] for name in needed() if counts[name] < often}
    assert not rare, "the generator hardly reaches these: they are not tested"


def test_own_records(tool: Path) -> None:
    _, different = compare(tool, REPOSITORY)
    assert not different, "\n".join(map(str, different[:SHOWN]))
