"""Numbers and times over thousands of news articles: no exception, offsets inside, and a speed that a pipeline can bear."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from sijill.language import arabic
from sijill.language.numbers import read_numbers
from sijill.language.tagging import tag_text
from sijill.language.times import read_times


def check(article: dict[str, str]) -> None:
    text = article["text"]
    tagged = tag_text(text, "ar")
    reference = date.fromisoformat(article["published"])
    for found in (read_numbers(tagged, duals=True), read_times(tagged, reference)):
        end = 0
        for mention in found:
            assert end <= mention.start < mention.end <= len(text)
            end = mention.end


def articles(shared: Path) -> list[dict[str, str]]:
    path = shared / "data" / "news" / "saudinewsnet-5000.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"no articles at {path}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.shared
def test_a_sample_of_articles(shared: Path) -> None:
    for article in articles(shared)[::25]:
        check(article)


@pytest.mark.long
@pytest.mark.shared
def test_every_article(shared: Path) -> None:
    for article in articles(shared):
        check(article)


@pytest.mark.shared
def test_shares_of_the_peers_own_examples(shared: Path) -> None:
    """The shares that were set as the mark, by the peers' own test data."""
    script = (shared / "peers.py").read_text(encoding="utf-8")
    space: dict[str, object] = {"__name__": "peers"}
    exec(compile(script, "peers.py", "exec"), space)
    folder = shared / "data" / "peers"
    for name, cases, kind, mark in (
        ("number", "number_cases", "cardinal", 0.90),
        ("ordinal", "ordinal_cases", "ordinal", 0.85),
    ):
        good = total = 0
        for text, wanted in space[cases](folder):  # type: ignore[operator]
            values = sorted(
                float(n.value) for n in arabic.find_numbers(text) if n.kind == kind and n.value is not None
            )
            good, total = good + (values == sorted(w[0] for w in wanted)), total + 1
        assert good / total >= mark, name
