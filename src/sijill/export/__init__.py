"""Outward: records in the formats that others read, one module a format."""

from sijill.export.formats import FORMATS, writer

__all__ = ["FORMATS", "writer"]
