"""One question in one pass: its origins, their sets, and the class that follows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from .claims import Claim, Question
from .dates import UNDATED
from .lineage import Lineage, Names
from .matching import maximum_matching
from .sets import Admitted, Interval, Known, hull, intersection
from .values import Values


@dataclass(frozen=True)
class Evaluation:
    """The current claims of a question, as one pass sees them."""

    question: Question
    value_type: str
    current: list[Claim]
    values: Values
    lineage: Lineage

    @cached_property
    def _informative(self) -> list[Claim]:
        return [claim for claim in self.current if self.values.is_informative(claim)]

    @cached_property
    def assertions(self) -> list[Claim]:
        """The claims that assert something."""
        return [claim for claim in self._informative if claim.stance == "assert"]

    @cached_property
    def denials(self) -> list[Claim]:
        """The claims that deny something."""
        return [claim for claim in self._informative if claim.stance == "deny"]

    @cached_property
    def by_origin(self) -> dict[str, list[Claim]]:
        """The assertions of each origin."""
        found: dict[str, list[Claim]] = {}
        for claim in self.assertions:
            found.setdefault(self.lineage.origin(claim), []).append(claim)
        return found

    @cached_property
    def channels(self) -> dict[str, Names]:
        """The channels through which each origin is known."""
        return {
            origin: frozenset().union(*map(self.lineage.channels, claims))
            for origin, claims in self.by_origin.items()
        }

    @cached_property
    def n_independent(self) -> int:
        """How many origins can each have a channel of its own."""
        return maximum_matching(self.channels)

    @cached_property
    def _renderings(self) -> dict[str, list[tuple[Known, bool]]]:
        """For each origin the set of each utterance, and whether its renderings conflict."""
        return {origin: self._by_utterance(claims) for origin, claims in self.by_origin.items()}

    def _by_utterance(self, claims: list[Claim]) -> list[tuple[Known, bool]]:
        groups: dict[object, list[Known]] = {}
        for claim in claims:
            # A claim without utterance stands alone: the claim itself is its group.
            key = claim if claim.utterance is None else claim.utterance
            groups.setdefault(key, []).append(self.values.admitted(claim))
        found: list[tuple[Known, bool]] = []
        for sets in groups.values():
            if None in sets:
                found.append((None, False))
                continue
            common = intersection(sets)
            found.append((hull(sets), True) if common.is_empty() else (common, False))
        return found

    @cached_property
    def rendering_conflict(self) -> bool:
        """Whether two renderings of one utterance exclude each other."""
        return any(conflict for sets in self._renderings.values() for _, conflict in sets)

    @cached_property
    def sets(self) -> dict[str, Known]:
        """The set of each origin."""
        return {
            origin: hull([known for known, _ in sets])
            for origin, sets in self._renderings.items()
        }

    @cached_property
    def intervals(self) -> list[Interval]:
        """The intervals of the origins that have one."""
        found = (known.interval for known in self.sets.values() if known is not None)
        return [interval for interval in found if interval is not None]

    @cached_property
    def is_denied(self) -> bool:
        """Whether a denial of one origin meets an assertion of another."""
        if self.value_type == "text":
            return False
        return any(
            self.lineage.origin(denial) != self.lineage.origin(claim) and self._meet(denial, claim)
            for denial in self.denials
            for claim in self.assertions
        )

    def _meet(self, denial: Claim, claim: Claim) -> bool:
        denied, asserted = self.values.admitted(denial), self.values.admitted(claim)
        return denied is not None and asserted is not None and denied.meets(asserted)

    @cached_property
    def _class_but_corroboration(self) -> str | None:
        if not self.assertions:
            return "no_value"
        if len(self.by_origin) == 1:
            return "uncontested"
        known = [each for each in self.sets.values() if each is not None]
        unknown = len(known) < len(self.sets)
        if self.value_type == "text" or unknown or self.question.period == UNDATED:
            return "not_comparable"
        return "conflicting" if intersection(known).is_empty() else None

    def value_class(self, ratio: Fraction) -> str:
        """Return the class for a corroboration ratio."""
        if self._class_but_corroboration is not None:
            return self._class_but_corroboration
        return "corroborated" if any(s <= ratio for s in self._spreads) else "compatible"

    def agreement_class(self, ratio: Fraction) -> str:
        """Return the class that speaks of denials first."""
        value_class = self.value_class(ratio)
        if value_class == "no_value":
            return "denied_only" if self.denials else value_class
        return "denied" if self.is_denied else value_class

    @cached_property
    def _spreads(self) -> list[Fraction]:
        """How far apart the ends of each two bounded, separately known origins are.

        Zero for sets that are equal and one point: they agree whatever the ratio.
        """
        found = []
        for one, other in combinations(self.sets, 2):
            # Two different channels can be given unless both have the same only one.
            if len(self.channels[one] | self.channels[other]) < 2:
                continue
            spread = _spread(self.sets[one], self.sets[other])
            if spread is not None:
                found.append(spread)
        return found


def _spread(one: Admitted, other: Admitted) -> Fraction | None:
    """Return upper/lower of the hull of two sets; None if they do not corroborate at all."""
    if one.interval is None and other.interval is None:
        return Fraction(0) if one == other else None
    if one.interval is None or other.interval is None or one.has_no_value or other.has_no_value:
        return None
    if not (one.interval.is_bounded() and other.interval.is_bounded()):
        return None
    whole = one.hull(other).interval
    if whole.lower == whole.upper:
        return Fraction(0)
    return whole.upper / whole.lower if whole.lower > 0 else None
