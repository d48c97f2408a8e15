"""The packages that the assets are checked with: TypeScript and axe-core, installed from the lockfile once."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "src" / "sijill" / "workbench" / "assets"


def npm() -> list[str]:
    """The command that starts npm, as the build finds it."""
    sys.path.insert(0, str(ROOT))
    from hatch_build import npm as found

    return found()


def installed() -> Path:
    """The folder of the packages; several processes of one test run don't install at once."""
    modules = ASSETS / "node_modules"
    with (Path(tempfile.gettempdir()) / "sijill-assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ((modules / "axe-core").is_dir() and (modules / "typescript").is_dir()):
            subprocess.run(
                [*npm(), "ci", "--no-audit", "--no-fund"], cwd=ASSETS, check=True, capture_output=True
            )
    return modules
