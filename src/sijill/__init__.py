"""Sijill reads reports of armed conflict and keeps the register of them.

>>> import sijill
>>> record = sijill.code("قُتل ثلاثة جنود في هجوم على حاجز قرب الموصل أمس.", published="2016-03-02")
>>> record.events[0].casualties[0].n
3
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["Record", "Report", "__version__", "code"]

if TYPE_CHECKING:
    from sijill.coding import code
    from sijill.records import Record, Report


def __getattr__(name: str) -> object:
    """Import the coder only when it is asked for, so that `import sijill` costs nothing."""
    if name == "code":
        from sijill.coding import code

        return code
    if name in ("Record", "Report"):
        from sijill import records

        return getattr(records, name)
    raise AttributeError(f"module 'sijill' has no attribute {name!r}")
