"""The packages that the assets are checked with: TypeScript and axe-core, installed from the lockfile once."""

from __future__ import annotations

import fcntl
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "src" / "sijill" / "workbench" / "assets"


sys.path.insert(0, str(ROOT))

from hatch_build import MODULES, install, npm  # noqa: E402

__all__ = ["ASSETS", "installed", "npm"]


def installed() -> Path:
    """The folder of the packages; several processes of one test run don't install at once."""
    with (Path(tempfile.gettempdir()) / "sijill-assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install(npm(), checks=True)
    return MODULES
