"""The size of a maximum matching between origins and channels."""

from __future__ import annotations

from collections.abc import Mapping


def maximum_matching(edges: Mapping[str, frozenset[str]]) -> int:
    """Return how many origins can each have a channel of its own (augmenting paths)."""
    taken: dict[str, str] = {}

    def place(origin: str, tried: set[str]) -> bool:
        for channel in sorted(edges[origin]):
            if channel in tried:
                continue
            tried.add(channel)
            if channel not in taken or place(taken[channel], tried):
                taken[channel] = origin
                return True
        return False

    return sum(place(origin, set()) for origin in sorted(edges))
