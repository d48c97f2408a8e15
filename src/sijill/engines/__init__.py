"""Engines: the same coding over one process, many, or Spark (`sijill.engines.spark`); results in the order of the reports."""

from sijill.engines.interface import Coder, Engine, code_one
from sijill.engines.local import ManyProcesses, OneProcess

__all__ = ["Coder", "Engine", "ManyProcesses", "OneProcess", "code_one"]
