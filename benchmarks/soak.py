"""A soak: many articles through one process, and how much memory it holds as they go by.

    python benchmarks/soak.py [FILE] [--articles 200000] [--every 5000] [--allow 30]

FILE is JSONL (gzipped or not), by default the news of the shared data. Its articles are cycled with small variations
(numbers, a word and a name that were not there before), so that no text comes twice and whatever keeps what it has seen
grows. Prints a row for each `every` articles; ends with status 1 where the memory at the end is more than `allow` MiB above
what it was after a quarter of the run: what is kept of words is full twice over at some 40,000 articles, and grows until then.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, islice
from pathlib import Path

from sijill.coding import TooLongError, code
from sijill.language.identify import UnreadLanguageError

NEWS = Path(os.environ.get("SIJILL_SHARED", "../shared")) / "data/news/saudinewsnet-5000.jsonl.gz"
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def texts(path: Path) -> list[str]:
    """The texts of the file's articles."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()
    return [json.loads(line)["text"] for line in lines]


def varied(articles: list[str], seed: int = 20180612) -> Iterator[str]:
    """The articles again and again, each time with other digits and with words that were never there."""
    rng = random.Random(seed)
    for turn in count():
        for article in articles:
            word = "".join(rng.choice(LETTERS) for _ in range(rng.randint(3, 9)))
            text = article
            if turn:
                text = "".join(str(rng.randint(0, 9)) if c in "0123456789" else c for c in article)
            yield f"{text}\nوقتل {rng.randint(2, 99)} من عناصر {word} في بلدة {word[::-1]}، كما قال {word} محمد."


def resident_mib() -> float:
    """Memory that this process holds now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def main() -> int:
    """Run the soak and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=NEWS)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--every", type=int, default=5_000)
    parser.add_argument("--allow", type=float, default=30.0)
    given = parser.parse_args()
    articles = texts(given.file)
    settled_at = max(1, given.articles // 4)
    began, settled = time.process_time(), 0.0
    print("| articles | memory, MiB | articles a second of CPU |\n|---|---|---|")
    for done, text in enumerate(islice(varied(articles), given.articles), 1):
        with suppress(UnreadLanguageError, TooLongError):
            code(text, published="2015-07-01", source="soak")
        if done >= settled_at and not settled:
            settled = resident_mib()
        if done % given.every == 0 or done == given.articles:
            print(
                f"| {done} | {resident_mib():.0f} | {done / (time.process_time() - began):.0f} |", flush=True
            )
    grown = resident_mib() - settled
    print(f"\nafter {settled_at} articles {settled:.0f} MiB, at the end {grown:+.0f} MiB")
    return int(grown > given.allow)


if __name__ == "__main__":
    sys.exit(main())
