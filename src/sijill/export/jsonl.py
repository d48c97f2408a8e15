"""JSON lines: the full record, one a line."""

from collections.abc import Iterable, Iterator

from sijill.records import Record


def write_jsonl(records: Iterable[Record]) -> Iterator[str]:
    """Each record as one line. Line ends inside its words are escaped; U+2028 and its like are left as they are."""
    for record in records:
        yield record.to_json().decode() + "\n"
