"""The examples of README.md: found, executed, and compared with the output printed there."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"

# A console block holds its own output; a python or sql block is followed by a text block.
CONSOLE = re.compile(r"```console\n(?P<body>.*?)```\n", re.DOTALL)
SNIPPET = re.compile(
    r"```(?P<language>python|sql)\n(?P<code>[^`]*?)```\n\n```text\n(?P<output>.*?)```\n", re.DOTALL
)


@dataclass(frozen=True)
class Example:
    """One example: where its output stands in the text, and how to make it anew."""

    language: str
    code: str
    output: str
    start: int
    end: int

    def run(self, folder: Path) -> str:
        """Execute the example in a copy of the repository and return what it prints."""
        if self.language == "console":
            return "".join(f"$ {line}\n" + _shell(line, folder) for line in self.code.splitlines())
        with contextlib.chdir(folder):
            return _python(self.code) if self.language == "python" else _sql(self.code)


def examples(text: str) -> list[Example]:
    """Return the examples of a README in their order."""
    found = []
    for match in CONSOLE.finditer(text):
        body = match["body"]
        lines = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
        found.append(Example("console", "\n".join(lines), body, *match.span("body")))
    for match in SNIPPET.finditer(text):
        found.append(Example(match["language"], match["code"], match["output"], *match.span("output")))
    return sorted(found, key=lambda example: example.start)


@contextlib.contextmanager
def workspace() -> Iterator[Path]:
    """Make a copy of what the examples work on, so that they may change it."""
    with tempfile.TemporaryDirectory(prefix="stemma-readme-") as name:
        folder = Path(name)
        for part in ("bin", "schema", "records", "dist"):
            shutil.copytree(ROOT / part, folder / part)
        for part in ("dataset.json", "policy.json"):
            shutil.copy(ROOT / part, folder / part)
        yield folder


def update(text: str) -> str:
    """Return the README with the output of every example made anew."""
    for example in reversed(examples(text)):
        with workspace() as folder:
            text = text[: example.start] + example.run(folder) + text[example.end :]
    return text


def _shell(line: str, folder: Path) -> str:
    environment = os.environ | {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("GITHUB_ACTIONS", None)
    # Times go to standard error; they are not part of an example.
    done = subprocess.run(
        line, shell=True, cwd=folder, env=environment, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    return done.stdout


def _python(code: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), pd.option_context("display.width", 100):
        exec(compile(code, "README.md", "exec"), {})
    return _tidy(printed.getvalue())


def _sql(code: str) -> str:
    with duckdb.connect() as connection:
        frame = connection.sql(code).df()
    return _tidy(frame.to_string(index=False) + "\n")


def _tidy(text: str) -> str:
    return "".join(line.rstrip() + "\n" for line in text.splitlines())
