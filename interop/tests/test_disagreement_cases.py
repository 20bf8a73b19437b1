"""The worked cases of the data model, each a row of its table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_dataset import Small, hedged

STRENGTH, PRESENCE = "msr-strength", "msr-presence"
PAKISTAN, UN, TALIBAN = "act-pakistan", "act-un", "act-taliban"
OTHERS = ("act-a", "act-b", "act-c")


def base() -> Small:
    small = Small()
    entails = [{"measure": PRESENCE, "condition": "positive"}]
    small.measure(STRENGTH, period="P1Y", rounding="rounded", entails=entails)
    small.measure("msr-count", period="P1Y")
    small.measure(PRESENCE, "boolean", period="P1Y")
    small.measure("msr-invited", "boolean", period="P1Y")
    small.measure("msr-days", "date", period="P1Y")
    for name in (PAKISTAN, UN, TALIBAN, *OTHERS):
        small.actor(name)
    return small


def pair(small: Small, *sources: str) -> None:
    """Pakistan and the UN give their figures, the Taliban deny presence, in each source."""
    for source in sources:
        small.claim(STRENGTH, source, PAKISTAN, hedged("about", 6000))
        small.claim(STRENGTH, source, UN, hedged("nearly", 6000))
        small.claim(PRESENCE, source, TALIBAN, True, stance="deny")


def one_article(small: Small) -> None:
    pair(small, small.source("src-one"))


def copies(small: Small) -> None:
    first = small.source("src-one")
    pair(small, first, *(small.source(f"src-copy-{number}", first) for number in range(4)))


def uncoded_copies(small: Small) -> None:
    pair(small, small.source("src-one"), *(small.source(f"src-copy-{n}") for n in range(4)))


def second_article(small: Small) -> None:
    one_article(small)
    small.claim(STRENGTH, small.source("src-two"), PAKISTAN, hedged("about", 6000))


def based_on_report(small: Small) -> None:
    one, report = small.source("src-one"), small.source("src-report", publisher=UN)
    evidence = [{"source": report, "basis": "stated"}]
    small.claim(STRENGTH, one, PAKISTAN, hedged("about", 6000), based_on=evidence)
    small.claim(STRENGTH, one, UN, hedged("nearly", 6000))
    small.claim(PRESENCE, one, TALIBAN, True, stance="deny")
    two = small.source("src-two")
    small.claim(STRENGTH, two, PAKISTAN, hedged("about", 6000), based_on=evidence)


def single(small: Small) -> None:
    one = small.source("src-one")
    small.claim(STRENGTH, one, PAKISTAN, hedged("about", 2000))
    small.claim(PRESENCE, one, TALIBAN, True, stance="deny")


def anonymous(small: Small) -> None:
    parts = {"attribution": "anonymous", "claimant_label": "officials"}
    small.claim(STRENGTH, small.source("src-one"), None, hedged("about", 30), **parts)
    small.claim(STRENGTH, small.source("src-two"), OTHERS[0], (25, 30))


def each_its_source(measure: str, *values: object) -> Callable[[Small], None]:
    def write(small: Small) -> None:
        for actor, value in zip(OTHERS, values, strict=False):
            small.claim(measure, small.source(f"src-of-{actor}"), actor, value)

    return write


def in_one_report(measure: str, *values: object) -> Callable[[Small], None]:
    def write(small: Small) -> None:
        report = small.source("src-report")
        for actor, value in zip(OTHERS, values, strict=False):
            small.claim(measure, report, actor, value)

    return write


def only_denied(small: Small) -> None:
    small.claim(PRESENCE, small.source("src-one"), TALIBAN, True, stance="deny")


COUNT = "msr-count"
CASES = {
    "one article": (one_article, STRENGTH, (2, 1, 1), "compatible", "denied"),
    "coded copies": (copies, STRENGTH, (2, 1, 1), "compatible", "denied"),
    "uncoded copies": (uncoded_copies, STRENGTH, (2, 5, 2), "corroborated", "denied"),
    "second article": (second_article, STRENGTH, (2, 2, 2), "corroborated", "denied"),
    "based on the report": (based_on_report, STRENGTH, (1, 2, 1), "uncontested", "denied"),
    "one claimant": (single, STRENGTH, (1, 1, 1), "uncontested", "denied"),
    "anonymous": (anonymous, STRENGTH, (2, 2, 2), "compatible", "compatible"),
    "nearly and round": (
        each_its_source(STRENGTH, hedged("nearly", 6000), 6000),
        *(STRENGTH, (2, 2, 2), "corroborated", "corroborated"),
    ),
    "meet in a point": (
        each_its_source(COUNT, (6000, 6500), (5000, 6000)),
        *(COUNT, (2, 2, 2), "compatible", "compatible"),
    ),
    "two groups of states": (
        in_one_report(COUNT, (4000, 6000), (2000, 3500)),
        *(COUNT, (2, 1, 1), "conflicting", "conflicting"),
    ),
    "up to and more": (
        each_its_source(COUNT, hedged("up_to", 20), 35),
        *(COUNT, (2, 2, 2), "conflicting", "conflicting"),
    ),
    "at least": (
        each_its_source(COUNT, hedged("at_least", 100), 250),
        *(COUNT, (2, 2, 2), "compatible", "compatible"),
    ),
    "exactly twice and at least": (
        each_its_source(COUNT, hedged("exact", 50), hedged("exact", 50), hedged("at_least", 40)),
        *(COUNT, (3, 3, 3), "corroborated", "corroborated"),
    ),
    "exactly twice in one article": (
        in_one_report(COUNT, hedged("exact", 50), hedged("exact", 50)),
        *(COUNT, (2, 1, 1), "compatible", "compatible"),
    ),
    "zero and zero": (
        each_its_source(COUNT, 0, 0),
        *(COUNT, (2, 2, 2), "corroborated", "corroborated"),
    ),
    "dates": (
        each_its_source("msr-days", "2025-08-25/2025-08-26", "2025-08-26/2025-08-27"),
        *("msr-days", (2, 2, 2), "conflicting", "conflicting"),
    ),
    "invited and not": (
        each_its_source("msr-invited", True, False),
        *("msr-invited", (2, 2, 2), "conflicting", "conflicting"),
    ),
    "only a denial": (only_denied, PRESENCE, (0, 0, 0), "no_value", "denied_only"),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, tmp_path: Path) -> None:
    write, measure, numbers, value_class, agreement_class = CASES[name]
    small = base()
    write(small)
    (row,) = small.rows(tmp_path / "dataset", measure=measure)
    assert (row["n_origins"], row["n_channels"], row["n_independent"]) == numbers
    assert (row["value_class"], row["agreement_class"]) == (value_class, agreement_class)


def test_stated_edges_only(tmp_path: Path) -> None:
    small = base()
    copies(small)
    (row,) = small.rows(tmp_path / "dataset", measure=STRENGTH)
    # The copies are known by their text alone; without that edge they look independent.
    assert (row["n_independent"], row["n_independent_stated"]) == (1, 2)
    assert (row["value_class"], row["value_class_stated"]) == ("compatible", "corroborated")
