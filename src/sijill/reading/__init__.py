"""Reading: files, folders and streams, as reports. What cannot be read is said, with its file and line."""

from sijill.reading.fields import Located, ReadError, published_day
from sijill.reading.sources import read_located, read_paths

__all__ = ["Located", "ReadError", "published_day", "read_located", "read_paths"]
