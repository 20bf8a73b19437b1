"""The records of a dataset, with every reference led to the record that is meant now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..folder import RawRecord, kind_of, read_records, record_files
from ..jsontext import InvalidInputError, Json, parse
from .dates import Span, bounds
from .policy import Policy, read_policy

KINDS = ("source", "actor", "place", "measure", "event", "claim")
REUSE = frozenset({"was_quoted_from", "was_derived_from", "was_revision_of"})


@dataclass(frozen=True)
class Link:
    """A source that another one, or a claim, was taken from."""

    source: str
    is_reuse: bool
    is_stated: bool


@dataclass(frozen=True)
class Evidence:
    """What a claimant relies on: a source or a claim."""

    source: str | None
    claim: str | None
    is_stated: bool


@dataclass(frozen=True)
class Source:
    """A document."""

    publisher: str | None = None
    published: Span | None = None
    lineage: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Service:
    """For whom an actor acts, and since when and until when."""

    actor: str
    start: Span | None
    end: Span | None


@dataclass(frozen=True)
class Measure:
    """A measure; every measure has its own answers to what is comparable."""

    id: str
    value_type: str
    unit: str | None
    is_nonnegative: bool
    is_rounded: bool
    period: str | None
    entails: tuple[str, ...]
    is_retired: bool


def span(date: Json) -> Span | None:
    """Return earliest and latest day of a date object, None if there is none."""
    return None if date is None else bounds(date["edtf"])


class Records:
    """The six kinds by id, and the policy."""

    def __init__(self, root: Path) -> None:
        config = parse((root / "dataset.json").read_bytes())
        if not config.get("policy"):
            raise InvalidInputError("disagreement needs a policy")
        self.policy: Policy = read_policy(parse((root / config["policy"]).read_bytes()))
        self.raw: dict[str, dict[str, RawRecord]] = {kind: {} for kind in KINDS}
        kinds = [kind_of(each) for each in config["kinds"]]
        excluded = {"dataset.json", config["policy"]}
        for kind in kinds:
            if kind.name in self.raw:
                paths = record_files(root, kind, kinds, excluded)
                for record in read_records(root, paths):
                    self.raw[kind.name][record.value["id"]] = record

    def resolve(self, kind: str, name: str | None) -> str | None:
        """Follow `merged_into` to its end; a chain without end leaves the id as it is."""
        seen, current = set(), name
        while current is not None and current not in seen:
            seen.add(current)
            record = self.raw[kind].get(current)
            target = record.value.get("merged_into") if record else None
            if target is None:
                return current
            current = target
        return name

    def is_retired(self, kind: str, name: str) -> bool:
        """Tell whether a record is merged into another or withdrawn."""
        value = self.raw[kind][name].value
        return value.get("merged_into") is not None or value.get("withdrawn") is not None

    def living(self, kind: str) -> list[RawRecord]:
        """Return the records that are not retired, by id."""
        found = sorted(self.raw[kind].items())
        return [record for name, record in found if not self.is_retired(kind, name)]

    def links(self, values: Json) -> tuple[Link, ...]:
        """Return the entries of a `lineage` or `via`."""
        return tuple(
            Link(
                self.resolve("source", each["source"]),
                each["relation"] in REUSE,
                each["basis"] == "stated",
            )
            for each in values or ()
        )

    def evidence(self, values: Json) -> tuple[Evidence, ...]:
        """Return the entries of a `based_on`."""
        return tuple(
            Evidence(
                self.resolve("source", each.get("source")),
                self.resolve("claim", each.get("claim")),
                each["basis"] == "stated",
            )
            for each in values or ()
        )

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source, the retired ones too: a bare reference may lead to one."""
        return {name: self._source(raw.value) for name, raw in self.raw["source"].items()}

    def _source(self, value: Json) -> Source:
        publisher = self.resolve("actor", value.get("publisher"))
        return Source(publisher, span(value.get("published")), self.links(value.get("lineage")))

    def source(self, name: str) -> Source:
        """Return a source; one that has no record has neither publisher, date nor lineage."""
        return self.sources.get(name, Source())

    @cached_property
    def services(self) -> dict[str, tuple[Service, ...]]:
        """For whom each actor acts."""
        return {
            name: tuple(
                Service(
                    self.resolve("actor", each["actor"]),
                    span(each.get("from")),
                    span(each.get("to")),
                )
                for each in raw.value.get("acts_for") or ()
            )
            for name, raw in self.raw["actor"].items()
        }

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Every measure."""
        return {name: self._measure(name, raw.value) for name, raw in self.raw["measure"].items()}

    def _measure(self, name: str, value: Json) -> Measure:
        entails = (self.resolve("measure", each["measure"]) for each in value.get("entails") or ())
        return Measure(
            id=name,
            value_type=value["value_type"],
            unit=value.get("unit"),
            is_nonnegative=value.get("nonnegative") is not False,
            is_rounded=value.get("rounding") == "rounded",
            period=value.get("period"),
            entails=tuple(entails),
            is_retired=self.is_retired("measure", name),
        )

    @cached_property
    def _within(self) -> dict[str, str | None]:
        return {
            name: self.resolve("place", raw.value.get("within"))
            for name, raw in self.raw["place"].items()
        }

    def lies_in(self, inner: str | None, outer: str | None) -> bool:
        """Tell whether a place is another or lies in it; no place is only like no place."""
        seen: set[str] = set()
        while inner is not None and inner not in seen:
            if inner == outer:
                return True
            seen.add(inner)
            inner = self._within.get(inner)
        return inner == outer and not seen

    def places_in(self, outer: str) -> frozenset[str]:
        """Return a place and every place in it, as far as there are records."""
        return frozenset({outer, *(name for name in self._within if self.lies_in(name, outer))})
