"""Who stands behind a claim (origin) and through which documents it is known (channels).

There are two passes: one follows every edge, one only those whose basis is `stated`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .dates import UNKNOWN, Span, before
from .records import Records, Service

if TYPE_CHECKING:
    from .claims import Claim

Names = frozenset[str]


def _may_hold(service: Service, when: Span) -> bool:
    """Tell whether an actor may have acted for another then; what is unknown is possible."""
    return not before(when, service.start or UNKNOWN) and not before(service.end or UNKNOWN, when)


class Lineage:
    """The edges of one pass."""

    def __init__(self, records: Records, claims: dict[str, Claim], *, stated_only: bool) -> None:
        self._records = records
        self._claims = claims
        self._stated_only = stated_only
        self._roots: dict[str, Names] = {}
        self._collapsed: dict[tuple[str, Span], Names] = {}
        self._origins: dict[int, str] = {}

    def _follows(self, is_stated: bool) -> bool:
        return is_stated or not self._stated_only

    def roots(self, source: str) -> Names:
        """Return the documents from which a document's text comes in the end."""
        if source not in self._roots:
            self._roots[source] = self._roots_from(source, frozenset())
        return self._roots[source]

    def _roots_from(self, source: str, path: Names) -> Names:
        if source in path:
            return frozenset()
        found: set[str] = set()
        for link in self._records.source(source).lineage:
            if link.is_reuse and self._follows(link.is_stated):
                found |= self._roots_from(link.source, path | {source})
        return frozenset(found or {source})

    def channels(self, claim: Claim) -> Names:
        """Return the root documents through which a claim came."""
        through = [
            link.source for link in claim.via if link.is_reuse and self._follows(link.is_stated)
        ]
        return frozenset().union(*map(self.roots, through or [claim.source]))

    def collapse(self, actor: str, when: Span) -> Names:
        """Return for whom an actor speaks in the end: an envoy speaks for a state."""
        key = (actor, when)
        if key not in self._collapsed:
            self._collapsed[key] = self._collapse_from(actor, when, frozenset())
        return self._collapsed[key]

    def _collapse_from(self, actor: str, when: Span, path: Names) -> Names:
        if actor in path:
            return frozenset()
        found: set[str] = set()
        for service in self._records.services.get(actor, ()):
            if _may_hold(service, when):
                found |= self._collapse_from(service.actor, when, path | {actor})
        return frozenset(found or {actor})

    def publisher(self, source: str) -> Names:
        """Return who stands behind a document; the document itself if nobody is known."""
        record = self._records.source(source)
        if record.publisher is None:
            return frozenset({source})
        return self.collapse(record.publisher, record.published or UNKNOWN)

    def _publishers(self, sources: Iterable[str]) -> Names:
        return frozenset().union(*map(self.publisher, sources))

    def _components(self, claim: Claim, path: Names) -> Names:
        """Return the parts of a claim's origin; `path` holds the claims met on the way."""
        evidence: set[str] = set()
        for entry in claim.based_on:
            if not self._follows(entry.is_stated):
                continue
            if entry.source is not None:
                evidence |= self._publishers(self.roots(entry.source))
            elif entry.claim in self._claims and entry.claim not in path:
                evidence |= self._components(self._claims[entry.claim], path | {entry.claim})
        if evidence:
            return frozenset(evidence)
        if claim.claimant is not None:
            return self.collapse(claim.claimant, claim.spoken)
        if claim.attribution == "anonymous":
            label = claim.claimant_label or ""
            return frozenset(f"{channel}/{label}" for channel in self.channels(claim))
        return self._publishers(self.channels(claim))

    def origin(self, claim: Claim) -> str:
        """Return who a claim comes from in the end, as sorted names joined."""
        root = claim.root
        if id(root) not in self._origins:
            start = frozenset({root.key}) if root.derivation is None else frozenset()
            self._origins[id(root)] = " + ".join(sorted(self._components(root, start)))
        return self._origins[id(root)]
