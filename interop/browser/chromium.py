"""Find a Chromium, or make one of the package that package-lock.json pins.

The package holds the program and what it needs beside the C library, compressed with Brotli.
npm holds it against the digest in the lock file; nothing of the package itself is run, and
neither are its scripts. It is made for Linux on x86-64.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUNDLED = HERE.parent.parent / ".cache" / "chromium"
PACKAGE = Path("node_modules", "@sparticuz", "chromium", "bin")
SYSTEM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARCHIVES = ("al2023", "fonts", "swiftshader")

# Node.js has Brotli, Python has not.
INFLATE = """
const fs = require("fs"), zlib = require("zlib"), { pipeline } = require("stream/promises");
const [, from, to] = process.argv;
pipeline(fs.createReadStream(from), zlib.createBrotliDecompress(), fs.createWriteStream(to))
  .catch((error) => { console.error(error); process.exit(1); });
"""

# The bundled letters alone, so that the page looks the same on every machine.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="relative">cache</cachedir>
</fontconfig>
"""

START = """#!/bin/sh
here=$(dirname "$0")
LD_LIBRARY_PATH="$here/lib" FONTCONFIG_PATH="$here" exec "$here/chromium" "$@"
"""


def installed() -> str | None:
    """Return the path of a Chromium of this machine, if there is one."""
    named = os.environ.get("STEMMA_CHROMIUM")
    for name in (named,) if named else SYSTEM:
        if path := shutil.which(name):
            return path
    return None


def obtainable() -> bool:
    """Tell whether the package can be had and would run here."""
    fits = sys.platform == "linux" and platform.machine() == "x86_64"
    return fits and bool(shutil.which("npm") and shutil.which("node"))


def find() -> str | None:
    """Return the path of a Chromium, made if need be; None if there is none.

    Raises OSError or CalledProcessError if one could be had but was not.
    """
    if path := installed():
        return path
    if os.environ.get("STEMMA_CHROMIUM") or not obtainable():
        return None
    return str(bundled())


def bundled() -> Path:
    """Return the pinned Chromium; make it if it is missing or another is pinned."""
    start, stamp = BUNDLED / "start", BUNDLED / "made-from.sha256"
    lock_file, recipe = HERE / "package-lock.json", Path(__file__)
    made_from = hashlib.sha256(lock_file.read_bytes() + recipe.read_bytes()).hexdigest()
    BUNDLED.parent.mkdir(parents=True, exist_ok=True)
    # Two runs at once must not build the same folder.
    with BUNDLED.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == made_from:
            return start
        print("browser: fetching a Chromium", file=sys.stderr, flush=True)
        shutil.rmtree(BUNDLED, ignore_errors=True)
        BUNDLED.mkdir()
        make(start)
        # Written last: an interrupted installation is not taken for a finished one.
        stamp.write_text(made_from)
    return start


def make(start: Path) -> None:
    """Fetch the package, unpack it, and start it once."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, BUNDLED)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    npm = ["npm", "ci", "--engine-strict=false", *quiet]
    subprocess.run(npm, cwd=BUNDLED, check=True, stdout=sys.stderr)
    for name in ("chromium", *(f"{each}.tar" for each in ARCHIVES)):
        target = BUNDLED / name
        packed = BUNDLED / PACKAGE / f"{name}.br"
        subprocess.run(["node", "-e", INFLATE, packed, target], check=True)
    for name in ARCHIVES:
        with tarfile.open(BUNDLED / f"{name}.tar") as archive:
            archive.extractall(BUNDLED, filter="data")
        (BUNDLED / f"{name}.tar").unlink()
    shutil.rmtree(BUNDLED / "node_modules")
    (BUNDLED / "chromium").chmod(0o755)
    (BUNDLED / "fonts.conf").write_text(FONTS)
    start.write_text(START)
    start.chmod(0o755)
    # One that does not start here, for want of a library, is an error now.
    subprocess.run([start, "--version"], check=True, stdout=sys.stderr)


def main() -> int:
    """Make sure that there is a Chromium, and say which."""
    try:
        found = find()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"browser: no Chromium could be fetched: {error}", file=sys.stderr)
        return 2
    if found is None:
        print("browser: no Chromium here, and none to be had without npm", file=sys.stderr)
        return 3
    print(f"browser: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
