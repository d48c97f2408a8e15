"""What an archive costs on Spark on this machine: the figures of docs/scaling.md.

    python benchmarks/spark.py FILE [--copies N] [--cores 2]

FILE is JSONL (gzipped or not). It is copied N times under other ids and with other digits in its texts, coded into a
folder for the time being, linked and counted. CPU time is that of the driver, the JVM and all Python workers together.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from soak import resident_mib, texts

from sijill.engines.spark import SparkEngine, spark_session
from sijill.reading.fields import Defaults


def cpu_seconds() -> float:
    """CPU seconds of all processes of this session, and of those of theirs that have ended."""
    total = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            cells = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(cells[3]) == os.getsid(0):
            total += sum(int(cell) for cell in cells[11:15])
    return total / os.sysconf("SC_CLK_TCK")


def size_of(folder: Path) -> int:
    """Bytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


def rows(articles: list[str], copies: int) -> Iterator[dict[str, str]]:
    """The articles as reports; from the second copy on with other digits."""
    rng = random.Random(1)
    for copy in range(copies):
        for number, text in enumerate(articles):
            if copy:
                text = "".join(str(rng.randint(0, 9)) if c.isdigit() else c for c in text)
            yield {
                "id": f"{copy}-{number}",
                "text": text,
                "published": f"2015-{1 + number % 12:02}-15",
                "source": f"house {number % 7}",
            }


def main() -> None:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--cores", type=int, default=2)
    given = parser.parse_args()
    if os.getsid(0) != os.getpid():
        os.setsid()
    with tempfile.TemporaryDirectory(prefix="sijill-") as name:
        folder = Path(name)
        (folder / "in").mkdir()
        with (folder / "in" / "news.jsonl").open("w", encoding="utf-8") as out:
            out.writelines(
                json.dumps(row, ensure_ascii=False) + "\n" for row in rows(texts(given.file), given.copies)
            )
        read = (folder / "in" / "news.jsonl").stat().st_size
        session = spark_session(
            {"spark.master": f"local[{given.cores}]", "spark.driver.memory": "2g", "spark.ui.enabled": "false",
             "spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": str(2 * given.cores)}
        )  # fmt: skip
        session.sparkContext.setLogLevel("ERROR")
        engine, output = SparkEngine(session), folder / "out"
        print("| step | wall, s | CPU, s | result |\n|---|---|---|---|")
        for step, rule in (("coding", None), ("linking and counting", "ucdp")):
            began, spent = time.monotonic(), cpu_seconds()
            done = engine.run([str(folder / "in")], str(output), Defaults(), rule)  # type: ignore[arg-type]
            print(
                f"| {step} | {time.monotonic() - began:.0f} | {cpu_seconds() - spent:.0f} | {done} |",
                flush=True,
            )
        print(
            f"\nread {read} bytes, wrote {size_of(output / 'results')} bytes of results and {size_of(output / 'accounts')} of accounts; driver {resident_mib():.0f} MiB"
        )
        session.stop()


if __name__ == "__main__":
    main()
