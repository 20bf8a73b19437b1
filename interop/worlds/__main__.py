"""Write the dataset of one seed, for looking at.

    cd interop && python3 -m worlds SEED WORLD[,WORLD...] FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from .folder import prepare_folder
from .generate import generate


def main() -> None:
    """Write the dataset that the arguments name into a new folder."""
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    seed, worlds, folder = sys.argv[1:]
    prepare_folder(Path(folder))
    generate(Path(folder), int(seed), map(int, worlds.split(",")))


main()
