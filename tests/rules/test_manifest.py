"""The manifest names every file of knowledge, and none has shrunk."""

import pytest

from sijill.rules.knowledge import KNOWLEDGE
from sijill.rules.manifest import Listed, count_entries, data_files, read_manifest

LISTED = read_manifest()


def test_every_file_is_named_once_and_is_there() -> None:
    paths = [each.path for each in LISTED]
    assert len(paths) == len(set(paths))
    assert sorted(paths) == sorted(path.relative_to(KNOWLEDGE).as_posix() for path in data_files())


@pytest.mark.parametrize("listed", LISTED, ids=lambda each: each.path)
def test_a_file_holds_what_the_manifest_says(listed: Listed) -> None:
    assert listed.source.strip()
    assert listed.licence.strip()
    assert count_entries(KNOWLEDGE / listed.path) >= listed.entries > 0
