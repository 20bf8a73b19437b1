"""Single rules of the model, each with the least dataset that shows it."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path

import pytest
from small_dataset import POLICY, Small, hedged

from reference.disagreement import dates
from reference.disagreement.claims import Question, Value
from reference.disagreement.matching import maximum_matching
from reference.disagreement.numbers import exact_text, nearest
from reference.disagreement.policy import read_policy
from reference.disagreement.records import Measure
from reference.disagreement.statistics import krippendorff_alpha
from reference.disagreement.values import interval_as_said

INTERVALS = {
    ("exact", 6000): "[6000, 6000]",
    (None, 6000): "[5500, 6500]",
    (None, 6500): "[6450, 6550]",
    (None, 10): "[9, 11]",
    (None, 6001): "[6001, 6001]",
    (None, 0): "[0, 0]",
    ("estimated", 6000): "[5500, 6500]",
    ("about", 6000): "[5400, 6600]",
    ("about", -100): "[-110, -90]",
    ("about", 0): "[0, 0]",
    ("nearly", 6000): "[5400, 6000)",
    ("nearly", -100): "(-100, -90]",
    ("at_least", 100): "[100, oo)",
    ("over", 100): "(100, oo)",
    ("up_to", 20): "[0, 20]",
    ("under", 20): "[0, 20)",
    ("up_to", 0): "[0, 0]",
    ("under", 0): "(oo, 0)",
    ("dozens", None): "[20, 99]",
    (None, (25, 30)): "[25, 30]",
    ("about", (25, 30)): "[22.5, 33]",
    ("nearly", (25, 30)): "[22.5, 30)",
}


@pytest.mark.parametrize(("hedge", "number"), INTERVALS)
def test_intervals(hedge: str | None, number: object) -> None:
    low, high = number if isinstance(number, tuple) else (None, None)
    single = number if isinstance(number, int) else None
    parts = [None if each is None else Fraction(each) for each in (single, low, high)]
    value = Value("quantity", None, hedge, *parts)
    measure = Measure("msr-x", "quantity", None, True, True, None, (), False)
    found = interval_as_said(value, measure, read_policy(POLICY))
    ends = ["oo" if end is None else exact_text(end) for end in (found.lower, found.upper)]
    brackets = "[" if found.includes_lower else "(", "]" if found.includes_upper else ")"
    assert f"{brackets[0]}{ends[0]}, {ends[1]}{brackets[1]}" == INTERVALS[hedge, number]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(6600), "6600"),
        (Fraction(-5, 4), "-1.25"),
        (Fraction(1, 2), "0.5"),
        (Fraction(-1, 400), "-0.0025"),
        (Fraction(11, 9), "11/9"),
        (Fraction(-1, 3), "-1/3"),
        (Fraction(0), "0"),
    ],
)
def test_exact_text(value: Fraction, text: str) -> None:
    assert exact_text(value) == text


def test_nearest() -> None:
    assert nearest(Fraction(2**53 + 1)) == 2.0**53, "ties go to the even one"
    assert nearest(Fraction(1, 10)) == 0.1
    assert nearest(Fraction(10) ** 400) is None


def day(text: str) -> int:
    return dates.bounds(text)[0]


@pytest.mark.parametrize(
    ("period", "bucket"),
    [
        ("P1D", "2025-08-20"),
        ("P1M", "2025-08"),
        ("P6M", "2025-07/2025-12"),
        ("P1Y", "2025"),
        (None, None),
    ],
)
def test_buckets(period: str | None, bucket: str | None) -> None:
    assert dates.bucket(day("2025-08-20"), period) == bucket


def test_odd_buckets() -> None:
    assert dates.bucket(day("0000-02-29"), "P1D") == "0000-02-29"
    assert dates.bucket(day("2025-06-30"), "P6M") == "2025-01/2025-06"
    assert dates.bucket(None, "P1Y") == "undated"
    assert dates.overlap("2025-07/2025-12", "2025-12-31")
    assert not dates.overlap("2025-07/2025-12", "2025-06")
    assert dates.overlap(None, "undated") and not dates.overlap("2025", "undated")


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("2025-08-25/2025-08-26", "2025-08-26/2025-08-27", False),
        ("2025-08-25/2025-08-26", "2025-08", True),
        ("2025-08", "2025", True),
        ("2025-08", "2025-09", False),
        ("2025-08-25", "2025-08-25?", True),
        ("2025-08-25", "../2025-08-26", True),
        ("[2025-08-01,2025-08-25]", "2025-08-25", True),
        ("[2025-08-01,2025-08-25]", "2025-08-10", False),
        ("[2025-08-01..2025-08-25]", "2025-08-10", True),
    ],
)
def test_date_values(one: str, other: str, meet: bool) -> None:
    both = dates.intersection(dates.extents(one, None), dates.extents(other, None))
    assert bool(both) == meet


def test_readings() -> None:
    whole = dates.extents("2025-08", "throughout")
    assert not dates.intersection(whole, dates.extents("2025-08-20", None))
    assert dates.intersection(whole, dates.extents("2025-08-01/2025-08-31", None))
    run = dates.extents("[2025-08-01..2025-08-31]", "throughout")
    assert dates.intersection(run, dates.extents("2025-08-20", None)), "one of the days"
    inside = dates.extents("2025-08-20/2025-08-25", "sometime_in")
    assert dates.intersection(inside, dates.extents("2025-08-21", None))


def test_matching() -> None:
    few = {"a": frozenset({"x"}), "b": frozenset({"x", "y"}), "c": frozenset({"y"})}
    assert maximum_matching(few) == 2
    assert maximum_matching({}) == 0


def test_question_id() -> None:
    question = Question("msr-a", None, None, "plc-a", None, None, "actual", "2025")
    text = (
        '{"event":null,"measure":"msr-a","modality":"actual","object":null,"period":"2025",'
        '"place":"plc-a","population":null,"subject":null}'
    )
    assert question.id == "q-" + hashlib.sha256(text.encode()).hexdigest()[:16]


def test_alpha() -> None:
    one, two = Fraction(1), Fraction(2)
    # 1 and 2 are (1/3)^2 = 1/9 apart; with equal values in each unit nothing is observed.
    assert krippendorff_alpha([[one, one], [two, two]]) == 1
    # In one unit of two values, what is observed is what is expected.
    assert krippendorff_alpha([[one, two]]) == 0
    # Observed 4/9 / 4, expected 8/9 / 12: 1 - (1/9)/(2/27) = -1/2.
    assert krippendorff_alpha([[one, two], [one, two]]) == Fraction("-0.5")
    assert krippendorff_alpha([[Fraction(0), Fraction(0)]]) is None
    assert krippendorff_alpha([]) is None


def small() -> Small:
    made = Small()
    made.measure("msr-n")
    for name in ("act-a", "act-b"):
        made.actor(name)
    made.source("src-a")
    made.source("src-b")
    return made


def claims_of(made: Small, folder: Path) -> dict[str, dict]:
    rows = made.compute(folder).tables["question_claims"]
    return {f"{row['claim_key']} {row['derivation'] or ''}".strip(): row for row in rows}


def test_newer(tmp_path: Path) -> None:
    made = small()
    made.claim("msr-n", "src-a", "act-a", 1, as_of={"edtf": "2025-01"})
    made.claim("msr-n", "src-b", "act-a", 2, as_of={"edtf": "2025-02-01"})
    made.claim("msr-n", "src-b", "act-a", 3, as_of={"edtf": "2025"})
    found = claims_of(made, tmp_path / "dataset")
    assert found["clm-0"]["why_not_current"] == "newer"
    assert found["clm-0"]["superseded_by"] == "clm-1"
    assert found["clm-2"]["current"], "2025 may lie before and after: both stay"


def test_revised_and_retracted(tmp_path: Path) -> None:
    made = small()
    made.claim("msr-n", "src-a", "act-a", 1)
    made.claim("msr-n", "src-b", "act-a", 2, revises="clm-0")
    made.claim("msr-n", "src-b", "act-b", 2, revises="clm-1")
    made.claim("msr-n", "src-b", "act-b", 2, as_of={"edtf": "2025-01-01"}, utterance="u")
    made.claim("msr-n", "src-b", "act-b", None, stance="retract")
    found = claims_of(made, tmp_path / "dataset")
    assert found["clm-0"]["why_not_current"] == "revised"
    assert found["clm-1"]["current"], "another origin cannot revise it"
    assert found["clm-3"]["why_not_current"] == "retracted"


def test_rescheduled(tmp_path: Path) -> None:
    made = small()
    made.event_measures()
    plan = {"source": "src-a", "status": "planned", "when": {"edtf": "2025-08-25"}}
    moved = {"source": "src-b", "status": "rescheduled", "when": {"edtf": "2025-09-25"}}
    accounts = {**plan, "as_of": {"edtf": "2025-08-01"}}, {**moved, "as_of": {"edtf": "2025-08-10"}}
    made.event("evt-a", *accounts)
    found = claims_of(made, tmp_path / "dataset")
    row = found["evt-a#/accounts/0/when when"]
    assert row["why_not_current"] == "rescheduled"
    assert row["superseded_by"] == "evt-a#/accounts/1/when"
    assert found["evt-a#/accounts/1/when when"]["current"]


def test_rendering_conflict(tmp_path: Path) -> None:
    made = small()
    for source, number in (("src-a", 50), ("src-b", 60)):
        made.claim("msr-n", source, "act-a", hedged("exact", number), utterance="speech")
    (row,) = made.rows(tmp_path / "dataset")
    assert row["rendering_conflict"] and row["value_class"] == "uncontested"
    assert (row["lower_min_exact"], row["upper_max_exact"]) == ("50", "60")


def test_participation_and_silence(tmp_path: Path) -> None:
    made = small()
    made.event_measures()
    participants = [
        {"actor": "act-a", "role": "participant", "state": "declined"},
        {"actor": "act-b", "role": "host", "state": "absent", "stance": "deny"},
        {"group_label": "some people", "role": "host"},
    ]
    made.event("evt-a", {"source": "src-a", "participants": participants})
    question = {"question": {"event": "evt-a"}, "stance": "no_comment"}
    made.claim("msr-n", "src-a", "act-a", None, **question)
    rows = made.compute(tmp_path / "dataset").tables["disagreement"]
    found = {(row["measure"], row["subject"]): row["values_asserted"] for row in rows}
    assert found == {
        ("msr-event-invited", "act-a"): ["true"],
        ("msr-event-accepted", "act-a"): ["false"],
        ("msr-event-host", "act-b"): [],
        ("msr-event-attended", "act-b"): [],
        ("msr-has-commented", "act-a"): ["false"],
        ("msr-n", None): [],
    }


def test_entailment(tmp_path: Path) -> None:
    made = small()
    entails = [{"measure": "msr-b", "condition": "positive"}]
    made.measure("msr-m", entails=entails, populations=[{"code": "all", "name": "all"}])
    made.measure("msr-b", "boolean")
    outer, inner = made.place("plc-outer"), made.place("plc-inner", "plc-outer")
    counted = {"question": {"place": inner, "population": "all"}}
    made.claim("msr-m", "src-a", "act-a", hedged("over", 0), **counted)
    made.claim("msr-b", "src-b", "act-b", False, question={"place": outer})
    rows = made.compute(tmp_path / "dataset").tables["disagreement"]
    found = {(row["measure"], row["place"]): row for row in rows}
    assert found["msr-b", inner]["values_asserted"] == ["true"]
    assert found["msr-m", inner]["values_asserted"] == ["0", "over 0"]
    assert found["msr-m", inner]["value_class"] == "conflicting"
    assert found["msr-b", outer]["n_entailed"] == 0


def test_units(tmp_path: Path) -> None:
    made = small()
    made.measure("msr-people", unit="person")
    made.claim("msr-people", "src-a", "act-a", {"number": 4, "unit": "dozen"})
    made.claim("msr-people", "src-b", "act-b", 48)
    miles = {"number": 3, "unit": "mile"}
    made.claim("msr-people", "src-b", "act-b", miles, as_of={"edtf": "2025"})
    made.claim("msr-people", "src-b", "act-b", {"hedge": "several", "unit": "dozen"})
    first, *_ = made.rows(tmp_path / "dataset")
    assert first["value_class"] == "not_comparable"
    assert first["values_asserted"] == ["3 mile", "4 dozen", "48", "several dozen"]
    assert (first["best_min_exact"], first["best_max_exact"]) == ("48", "48")


def test_acts_for(tmp_path: Path) -> None:
    made = small()
    since = {"actor": "act-a", "from": {"edtf": "2025-06"}, "to": {"edtf": "2025-12"}}
    made.actor("act-envoy", acts_for=[since])
    made.claim("msr-n", "src-a", "act-envoy", 1, said_on={"edtf": "2025-07-01"})
    made.claim("msr-n", "src-b", "act-envoy", 2, said_on={"edtf": "2025-05-31"})
    found = claims_of(made, tmp_path / "dataset")
    assert found["clm-0"]["origin"] == "act-a"
    assert found["clm-1"]["origin"] == "act-envoy"
