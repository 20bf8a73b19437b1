"""What a schema enforces, as opposed to what it declares: when `_extra` and `_value` exist.

An analysis asks what is possible for values at a path (properties and elements, from the
record down). The answer is a set, an upper bound: what applies together intersects,
alternatives unite, and what is not understood leaves everything possible.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from .jsontext import Json, type_of
from .schema import Location, SchemaStore, integer_keyword

Possible: TypeAlias = frozenset[str]
Path: TypeAlias = tuple[str | None, ...]

ITEMS = None
"""The step of a Path from an array to its elements."""

ALL_TYPES: Possible = frozenset(
    {"null", "boolean", "string", "integer", "number", "array", "object"}
)
_NOTHING: Possible = frozenset()


@dataclass(frozen=True)
class Analysis:
    """A question: everything possible, and what one schema's own keywords leave of it."""

    universe: Possible
    leaf: Callable[[SchemaStore, Location, dict[str, Json]], Possible]


def own_types(schema: dict[str, Json]) -> Possible:
    """Return the types that a schema's own type, enum and const admit."""
    types = ALL_TYPES
    if (stated := schema.get("type")) is not None:
        names = {stated} if isinstance(stated, str) else set(stated)
        types &= names | ({"integer"} if "number" in names else set())
    if "enum" in schema:
        types &= set(map(type_of, schema["enum"]))
    if "const" in schema:
        types &= {type_of(schema["const"])}
    return types


def possible(
    store: SchemaStore,
    location: Location,
    path: Path,
    analysis: Analysis,
    active: frozenset[Location] = frozenset(),
) -> Possible:
    """Return what is possible for values at a path below a schema."""
    schema = store.at(location)
    if isinstance(schema, bool):
        return analysis.universe if schema else _NOTHING
    if location in active:
        return analysis.universe
    active = active | {location}

    def at(other: Location) -> Possible:
        return possible(store, other, path, analysis, active)

    if not path:
        result = analysis.leaf(store, location, schema)
    elif ("array" if path[0] is ITEMS else "object") not in own_types(schema):
        return _NOTHING
    else:
        step = _step(schema, location, path[0])
        result = (
            possible(store, step, path[1:], analysis) if step is not None else analysis.universe
        )
    if isinstance(schema.get("$ref"), str):
        result &= at(store.resolve(location, schema["$ref"]))
    for index in range(len(schema.get("allOf") or ())):
        result &= at(location.child("allOf", str(index)))
    for keyword in ("anyOf", "oneOf"):
        if branches := schema.get(keyword):
            places = [location.child(keyword, str(index)) for index in range(len(branches))]
            result &= _NOTHING.union(*map(at, places))
    if {"if", "then", "else"} <= schema.keys():
        result &= at(location.child("then")) | at(location.child("else"))
    return result


def _step(schema: dict[str, Json], location: Location, step: str | None) -> Location | None:
    """Return the schema that one schema's own keywords give for a property or element."""
    if step is ITEMS:
        simple = "items" in schema and "prefixItems" not in schema
        return location.child("items") if simple else None
    if step in (schema.get("properties") or {}):
        return location.child("properties", step)
    if "additionalProperties" in schema and not schema.get("patternProperties"):
        return location.child("additionalProperties")
    return None


def _flag(guaranteed: Callable[..., bool], relevant: str) -> Analysis:
    """Return an analysis whose answer is empty when something is guaranteed.

    A schema that admits no value of the relevant type guarantees everything about it.
    """
    universe = frozenset({relevant})

    def leaf(store: SchemaStore, location: Location, schema: dict[str, Json]) -> Possible:
        vacuous = relevant not in own_types(schema)
        return _NOTHING if vacuous or guaranteed(store, location, schema) else universe

    return Analysis(universe, leaf)


def _is_closed(store: SchemaStore, location: Location, schema: dict[str, Json]) -> bool:
    if schema.get("additionalProperties") is False and not schema.get("patternProperties"):
        return True
    if schema.get("unevaluatedProperties") is not False:
        return False
    # `unevaluatedProperties: false` closes an object unless something applied in place
    # lets names through that no `properties` lists.
    declarations = list(store.flatten(location, skip_cycles=True))
    names = set(store.properties(declarations))
    for applied in store.schemas(declarations):
        if applied.get("patternProperties") or applied.get("dependentSchemas"):
            return False
        if applied.get("additionalProperties", False) is not False:
            return False
        condition = applied.get("if")
        if isinstance(condition, dict) and not set(condition.get("properties") or {}) <= names:
            return False
    return True


TYPES = Analysis(ALL_TYPES, lambda _store, _location, schema: own_types(schema))
OPEN_OBJECT = _flag(_is_closed, "object")
EMPTY_OBJECT = _flag(
    lambda _store, _location, schema: (
        bool(schema.get("required")) or integer_keyword(schema, "minProperties") >= 1
    ),
    "object",
)
EMPTY_ARRAY = _flag(
    lambda _store, _location, schema: integer_keyword(schema, "minItems") >= 1, "array"
)


def lacks_format(name: str) -> Analysis:
    """Return the analysis whether a string may be without the given format."""
    return _flag(lambda _store, _location, schema: schema.get("format") == name, "string")
