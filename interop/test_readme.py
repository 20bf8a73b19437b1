"""README.md shows real output: every example prints what stands there.

`interop/run --update-readme interop/test_readme.py` writes the output anew.
"""

from __future__ import annotations

import pytest

import readme

EXAMPLES = readme.examples(readme.README.read_text(encoding="utf-8"))


def test_there_are_examples() -> None:
    assert {example.language for example in EXAMPLES} == {"console", "python", "sql"}


def test_readme(request: pytest.FixtureRequest) -> None:
    text = readme.README.read_text(encoding="utf-8")
    if request.config.getoption("update_readme"):
        readme.README.write_text(readme.update(text), encoding="utf-8")
        return
    for example in EXAMPLES:
        with readme.workspace() as folder:
            assert example.run(folder) == example.output, example.code
