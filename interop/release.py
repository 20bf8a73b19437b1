"""A release folder: manifest, checksums and bundled sources, opened with the standard library."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final

import zstandard

AFTER_MANIFEST: Final = frozenset({"manifest.json", "provenance.intoto.json", "SHA256SUMS"})
"""The files that the manifest cannot list, because they are written with or after it."""


def sha256(data: bytes) -> str:
    """Return the hex SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def dataset_sha256(members: dict[str, bytes]) -> str:
    """Return the digest of a dataset's input files: over their sorted paths and digests."""
    ordered = sorted(members, key=str.encode)
    lines = (path.encode() + b"\0" + sha256(members[path]).encode() + b"\n" for path in ordered)
    return sha256(b"".join(lines))


@dataclass(frozen=True)
class Release:
    """A release by its folder."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """manifest.json."""
        return json.loads((self.folder / "manifest.json").read_bytes())

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file by its path relative to the folder."""
        found = (path for path in self.folder.rglob("*") if path.is_file() or path.is_symlink())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    @cached_property
    def sums(self) -> list[tuple[str, str]]:
        """The (path, digest) lines of SHA256SUMS, in order, read as `sha256sum -c` does."""
        lines = (self.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        # 64 digits, a space, and a space (text) or an asterisk (binary).
        assert all(len(line) > 66 and line[64:66] in ("  ", " *") for line in lines), lines
        return [(line[66:], line[:64]) for line in lines]

    @cached_property
    def _source_members(self) -> list[tuple[tarfile.TarInfo, bytes]]:
        data = (self.folder / "source.tar.zst").read_bytes()
        decompressor = zstandard.ZstdDecompressor()
        with decompressor.stream_reader(io.BytesIO(data), read_across_frames=True) as stream:
            unpacked = stream.read()
        members = []
        with tarfile.open(fileobj=io.BytesIO(unpacked)) as archive:
            for info in archive:
                file = archive.extractfile(info) if info.isreg() else None
                members.append((info, file.read() if file else b""))
        return members

    @property
    def source_infos(self) -> list[tarfile.TarInfo]:
        """The headers of the bundled sources, in the order of the archive."""
        return [info for info, _ in self._source_members]

    @property
    def sources(self) -> dict[str, bytes]:
        """The bundled source files by path, in the order of the archive."""
        return {info.name: data for info, data in self._source_members}

    def unpack_sources(self, target: Path) -> None:
        """Write the bundled sources below a folder; refuses paths that lead out of it."""
        for name, data in self.sources.items():
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts:
                raise ValueError(f"source.tar.zst: unsafe path {name!r}")
            destination = target / path
            destination.parent.mkdir(parents=True, exist_ok=True)
            destination.write_bytes(data)
