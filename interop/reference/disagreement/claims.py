"""The claims that count: authored ones, and those that accounts and silences imply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from ..canonical import canonical_sha256
from ..folder import RawRecord
from ..jsontext import Json
from .dates import UNKNOWN, Span, bucket
from .lineage import Lineage
from .records import Evidence, Link, Records, span

ENTAILMENT: Final = "entailment"
NO_COMMENT: Final = "no_comment"
STATUS: Final = "msr-event-status"
SCHEDULED: Final = "msr-event-scheduled-for"
HELD: Final = "msr-event-held-on"
COMMENTED: Final = "msr-has-commented"

_PLANS = frozenset({"planned", "postponed", "rescheduled", "cancelled"})
_NEEDS_PRESENCE = frozenset({"participant", "speaker", "visitor"})
_STATES: Final[dict[str, tuple[tuple[str, bool], ...]]] = {
    "invited": (("msr-event-invited", True),),
    "expected": (("msr-event-invited", True),),
    "accepted": (("msr-event-invited", True), ("msr-event-accepted", True)),
    "declined": (("msr-event-invited", True), ("msr-event-accepted", False)),
    "attended": (("msr-event-attended", True),),
    "absent": (("msr-event-attended", False),),
}


class Question(NamedTuple):
    """What is asked; its parts are in the order of the table's columns."""

    measure: str
    subject: str | None
    object: str | None
    place: str | None
    event: str | None
    population: str | None
    modality: str
    period: str | None

    @property
    def id(self) -> str:
        """The id that follows from the parts."""
        return _question_id(self)


@lru_cache(maxsize=4096)
def _question_id(question: Question) -> str:
    return f"q-{canonical_sha256(question._asdict())[:16]}"


@dataclass(frozen=True)
class Value:
    """A value by its type; entailed quantities have neither number nor range."""

    type: str
    special: str | None = None
    hedge: str | None = None
    number: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str | None = None
    boolean: bool | None = None
    word: str | None = None
    """A category, a place or a text."""
    edtf: str | None = None
    reading: str | None = None


@dataclass(frozen=True, eq=False)
class Claim:
    """One source's rendering of one claimant's answer to one question."""

    key: str
    derivation: str | None
    pointer: str
    record_path: str
    question: Question
    stance: str
    value: Value | None
    attribution: str
    claimant: str | None
    claimant_label: str | None
    source: str
    said_on: Span | None
    as_of: Span
    as_of_from: str | None
    via: tuple[Link, ...]
    based_on: tuple[Evidence, ...]
    utterance: str | None
    revises: str | None
    base: Claim | None = None
    spoken: Span = UNKNOWN

    @property
    def root(self) -> Claim:
        """The claim that this one follows from in the end: it has the same origin."""
        return self.base.root if self.base else self

    @property
    def is_no_value(self) -> bool:
        """Whether it says that there is no value."""
        return self.value is not None and self.value.special == "no_value"


def _number(value: Json) -> Fraction | None:
    return None if value is None else Fraction(value.literal)


class ClaimReader:
    """Makes claims of records."""

    def __init__(self, records: Records) -> None:
        self._records = records
        # Channels need no claims, and dates never depend on the pass.
        self._lineage = Lineage(records, {}, stated_only=False)

    @cached_property
    def claims(self) -> list[Claim]:
        """Every claim but the entailed ones."""
        found: list[Claim] = []
        for raw in self._records.living("claim"):
            claim = self._authored(raw)
            found.append(claim)
            found += self._silence(claim)
        for raw in self._records.living("event"):
            for number, account in enumerate(raw.value["accounts"]):
                found += self._account(raw, number, account)
        return found

    def _value(self, value: Json) -> Value | None:
        if value is None:
            return None
        date = value.get("date") or {}
        word = value.get("category") or value.get("text")
        return Value(
            type=value["type"],
            special=value.get("special"),
            hedge=value.get("hedge"),
            number=_number(value.get("number")),
            low=_number(value.get("low")),
            high=_number(value.get("high")),
            unit=value.get("unit"),
            boolean=value.get("boolean"),
            word=word or self._records.resolve("place", value.get("place")),
            edtf=date.get("edtf"),
            reading=date.get("reading"),
        )

    def _report(self, value: Json) -> dict[str, object]:
        """Return the parts that a claim and an account have in common."""
        resolve = self._records.resolve
        return {
            "attribution": value["attribution"],
            "claimant": resolve("actor", value.get("claimant")),
            "claimant_label": value.get("claimant_label"),
            "source": resolve("source", value["source"]),
            "said_on": span(value.get("said_on")),
            "as_of": span(value.get("as_of")),
            "via": self._records.links(value.get("via")),
            "based_on": self._records.evidence(value.get("based_on")),
        }

    def _authored(self, raw: RawRecord) -> Claim:
        value, resolve = raw.value, self._records.resolve
        asked = value["question"]
        question = Question(
            measure=resolve("measure", asked["measure"]),
            subject=resolve("actor", asked.get("subject")),
            object=resolve("actor", asked.get("object")),
            place=resolve("place", asked.get("place")),
            event=resolve("event", asked.get("event")),
            population=asked.get("population"),
            modality=value.get("modality") or "actual",
            period=None,
        )
        claim = Claim(
            key=value["id"],
            derivation=None,
            pointer="",
            record_path=raw.path,
            question=question,
            stance=value.get("stance") or "assert",
            value=self._value(value.get("value")),
            as_of_from=None,
            utterance=value.get("utterance"),
            revises=resolve("claim", value.get("revises")),
            **self._report(value),
        )
        return self._dated(claim)

    def _dated(self, claim: Claim) -> Claim:
        """Return a claim with its effective as-of and the period that follows."""
        when, origin = self._effective(claim)
        measure = self._records.measures.get(claim.question.measure)
        period = bucket(when[1], measure.period if measure else None)
        question = claim.question._replace(period=period)
        spoken = claim.said_on or self._first_published(claim) or UNKNOWN
        return replace(claim, as_of=when, as_of_from=origin, spoken=spoken, question=question)

    def _effective(self, claim: Claim) -> tuple[Span, str | None]:
        if claim.as_of is not None:
            return claim.as_of, "as_of"
        if claim.said_on is not None:
            return claim.said_on, "said_on"
        published = self._first_published(claim)
        return (UNKNOWN, None) if published is None else (published, "published")

    def _first_published(self, claim: Claim) -> Span | None:
        """Return when a claim was first in print."""
        reused = [link.source for link in claim.via if link.is_reuse]
        return self._common_date(reused, ()) or self._published(claim.source, ())

    def _published(self, source: str, path: tuple[str, ...]) -> Span | None:
        """A copy does not make a statement younger: the one day of its models counts."""
        if source in path:
            return None
        record = self._records.source(source)
        models = [link.source for link in record.lineage if link.is_reuse]
        return self._common_date(models, (*path, source)) or record.published

    def _common_date(self, sources: list[str], path: tuple[str, ...]) -> Span | None:
        """Return the day that all of the sources have which have any."""
        days = {self._published(source, path) for source in sources} - {None}
        return days.pop() if len(days) == 1 else None

    def _derive(self, claim: Claim, value_type: str) -> Iterator[Claim]:
        """Give the claim if its measure is there and has values of the right type."""
        measure = self._records.measures.get(claim.question.measure)
        if measure and not measure.is_retired and measure.value_type == value_type:
            yield self._dated(claim)

    def _silence(self, claim: Claim) -> Iterator[Claim]:
        """Who gives no comment on an event has not commented on it."""
        asked = claim.question
        if claim.stance != NO_COMMENT or claim.claimant is None or asked.event is None:
            return
        derived = replace(
            claim,
            derivation=NO_COMMENT,
            pointer="/stance",
            question=_about(COMMENTED, claim.claimant, asked.event),
            stance="assert",
            value=Value("boolean", boolean=False),
            as_of=claim.as_of if claim.as_of_from == "as_of" else None,
            utterance=None,
            revises=None,
            base=claim,
        )
        yield from self._derive(derived, "boolean")

    def _account(self, raw: RawRecord, number: int, account: Json) -> Iterator[Claim]:
        event, place = raw.value["id"], f"/accounts/{number}"
        report = self._report(account)

        def claim(
            derivation: str, tail: str, measure: str, value: Value, *, subject=None, stance=None
        ) -> Iterator[Claim]:
            made = Claim(
                key=f"{event}#{place}/{tail}",
                derivation=derivation,
                pointer=f"{place}/{tail}",
                record_path=raw.path,
                question=_about(measure, subject, event),
                stance=stance or "assert",
                value=value,
                as_of_from=None,
                utterance=None,
                revises=None,
                **report,
            )
            yield from self._derive(made, value.type)

        status = account.get("status")
        if status is not None:
            yield from claim("status", "status", STATUS, Value("category", word=status))
        if (when := account.get("when")) is not None:
            value = Value("date", edtf=when["edtf"], reading=when.get("reading"))
            yield from claim("when", "when", SCHEDULED if status in _PLANS else HELD, value)
        where = self._records.resolve("place", account.get("place"))
        if where is not None:
            yield from claim("place", "place", "msr-event-place", Value("place", word=where))
        for index, each in enumerate(account.get("participants") or ()):
            actor = self._records.resolve("actor", each.get("actor"))
            if actor is None:
                continue
            for measure, answer in _answers(each):
                yield from claim(
                    "participation",
                    f"participants/{index}",
                    measure,
                    Value("boolean", boolean=answer),
                    subject=actor,
                    stance=each.get("stance"),
                )


def _about(measure: str, subject: str | None, event: str) -> Question:
    return Question(measure, subject, None, None, event, None, "actual", None)


def _answers(participant: Json) -> Iterator[tuple[str, bool]]:
    """Return the boolean measures that a participant's entry answers."""
    role, state = participant["role"], participant.get("state")
    if not (role in _NEEDS_PRESENCE and state in ("declined", "absent")):
        yield f"msr-event-{role}", True
    yield from _STATES.get(state, ())
