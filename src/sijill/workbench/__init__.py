"""The workbench: where people read, correct and decide. `sijill serve` opens it."""

from sijill.workbench.app import create_app
from sijill.workbench.settings import Settings

__all__ = ["Settings", "create_app"]
