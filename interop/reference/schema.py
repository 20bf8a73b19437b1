"""JSON Schema texts: reading them in order, `$ref`, and what they declare (column plan 1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag, urljoin

from .jsontext import InvalidInputError, Json, Number, parse, type_of

# Their order is the order in which a schema's declarations are collected.
BRANCHING = ("allOf", "anyOf", "oneOf")
CONDITIONAL = ("then", "else")
# Keywords whose values are instances: a `$id` in them is data.
_INSTANCE_KEYWORDS = {"enum", "const", "default", "examples"}
_BASE = "file:///"


@dataclass(frozen=True, slots=True)
class Location:
    """The place of a subschema: file (relative to the dataset) and JSON Pointer tokens."""

    file: str
    tokens: tuple[str, ...] = ()

    def child(self, *tokens: str) -> Location:
        """Return the place below this one."""
        return Location(self.file, self.tokens + tokens)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A subschema that applies, and every subschema that had to be entered to get there."""

    location: Location
    chain: frozenset[Location]


class RecursiveSchemaError(Exception):
    """A reference leads back to a schema that contains it."""


def integer_keyword(schema: dict[str, Json], keyword: str) -> int:
    """Return a keyword such as minItems, 0 if absent."""
    value = schema.get(keyword)
    return int(value.decimal) if isinstance(value, Number) else 0


class SchemaStore:
    """The schema files of a dataset, by path and by `$id`."""

    def __init__(self, files: dict[str, bytes]) -> None:
        """Parse all schema files, given by their path relative to the dataset."""
        self._documents = {path: parse(data) for path, data in files.items()}
        self._resources: dict[str, Location] = {}
        self._bases: dict[Location, str] = {}
        for path, document in self._documents.items():
            self._resources[_BASE + path] = Location(path)
            self._index(Location(path), document, _BASE + path)

    def _index(self, location: Location, value: Json, base: str) -> None:
        """Note every `$id` and `$anchor` below a place, and the base URI of every place."""
        if isinstance(value, dict):
            if isinstance(value.get("$id"), str):
                base = urldefrag(urljoin(base, value["$id"]))[0]
                self._resources.setdefault(base, location)
            if isinstance(value.get("$anchor"), str):
                self._resources.setdefault(f"{base}#{value['$anchor']}", location)
            self._bases[location] = base
            for name, member in value.items():
                if name not in _INSTANCE_KEYWORDS:
                    self._index(location.child(name), member, base)
        elif isinstance(value, list):
            for index, element in enumerate(value):
                self._index(location.child(str(index)), element, base)

    def at(self, location: Location) -> dict[str, Json] | bool:
        """Return the subschema at a place."""
        value = self._documents[location.file]
        for token in location.tokens:
            value = value[int(token)] if isinstance(value, list) else value[token]
        if not isinstance(value, dict | bool):
            raise InvalidInputError(f"no schema at {location}")
        return value

    def resolve(self, location: Location, reference: str) -> Location:
        """Return the place that a `$ref` at a place means; files of this store only."""
        candidates = [self._bases[location], _BASE + location.file]
        for base in candidates:
            uri, fragment = urldefrag(urljoin(base, reference))
            fragment = unquote(fragment)
            if fragment and not fragment.startswith("/"):
                if (target := self._resources.get(f"{uri}#{fragment}")) is not None:
                    return target
                continue
            if (target := self._resources.get(uri)) is not None:
                tokens = fragment.split("/")[1:]
                return target.child(*(t.replace("~1", "/").replace("~0", "~") for t in tokens))
        raise InvalidInputError(f"$ref {reference!r} at {location} leads out of the schema files")

    def applied(self, location: Location) -> Iterator[Location]:
        """Yield what a schema applies in place, in the order of the column plan."""
        schema = self.at(location)
        if isinstance(schema, bool):
            return
        if isinstance(schema.get("$ref"), str):
            yield self.resolve(location, schema["$ref"])
        for keyword in BRANCHING:
            for index in range(len(schema.get(keyword) or ())):
                yield location.child(keyword, str(index))
        for keyword in CONDITIONAL:
            if keyword in schema:
                yield location.child(keyword)

    def flatten(
        self,
        start: Location,
        chain: frozenset[Location] = frozenset(),
        *,
        skip_cycles: bool = False,
    ) -> Iterator[Declaration]:
        """Yield a schema and, depth first, all that it applies in place.

        Raises RecursiveSchemaError when one of them is in its own chain.
        """
        if start in chain:
            if skip_cycles:
                return
            raise RecursiveSchemaError(start)
        chain = chain | {start}
        yield Declaration(start, chain)
        for location in self.applied(start):
            yield from self.flatten(location, chain, skip_cycles=skip_cycles)

    def flatten_all(self, starts: Iterable[Declaration]) -> list[Declaration]:
        """Flatten several declarations of one thing, in order."""
        return [each for start in starts for each in self.flatten(start.location, start.chain)]

    def schemas(self, declarations: Iterable[Declaration]) -> Iterator[dict[str, Json]]:
        """Yield the schema objects of declarations; boolean schemas declare nothing."""
        for declaration in declarations:
            schema = self.at(declaration.location)
            if isinstance(schema, dict):
                yield schema

    def properties(self, declarations: Iterable[Declaration]) -> dict[str, list[Declaration]]:
        """Return every declared property, in order of first sight, with all declarations."""
        found: dict[str, list[Declaration]] = {}
        for declaration in declarations:
            schema = self.at(declaration.location)
            if isinstance(schema, dict):
                for name in schema.get("properties") or {}:
                    location = declaration.location.child("properties", name)
                    found.setdefault(name, []).append(Declaration(location, declaration.chain))
        return found

    def items(self, declarations: Iterable[Declaration]) -> list[Declaration]:
        """Return the declarations of an array's elements."""
        return [
            Declaration(declaration.location.child("items"), declaration.chain)
            for declaration in declarations
            if isinstance(schema := self.at(declaration.location), dict) and "items" in schema
        ]


def declared_types(schemas: Iterable[dict[str, Json]]) -> set[str]:
    """Return the union of declared types, without null; `number` swallows `integer`."""
    types: set[str] = set()
    for schema in schemas:
        if (stated := schema.get("type")) is not None:
            types.update([stated] if isinstance(stated, str) else stated)
        else:
            types.update({"object"} if "properties" in schema else ())
            types.update({"array"} if "items" in schema else ())
        types.update(map(type_of, schema.get("enum") or ()))
        types.update({type_of(schema["const"])} if "const" in schema else ())
    types.discard("null")
    if "number" in types:
        types.discard("integer")
    return types
