"""How fast reports are coded, and what it costs: the figures of the README.

    python benchmarks/coding.py [REPORTS.jsonl[.gz]] [--articles N] [--rounds N]

REPORTS holds one report a line (`text`, `published`); without it the articles of the shared data (`SIJILL_SHARED`, by
default ../shared) are taken, else the invented reports that ship. Prints two Markdown tables, with the machine named: one
core, and many processes.

- The bare pass brings the same texts to a normal form and splits them into words once, nothing more; what coding costs is
  told as a multiple of its CPU time.
- CPU times are of one process on one core; the register of places and the lexicons are loaded before. Articles go by
  fifties, each fifty through the bare pass and through coding in turn, and of each the least of the rounds counts, so that
  what else the machine does weighs on both alike and as little as may be. Starting is measured from outside, as the least
  of several runs.
- The first round meets every word for the first time, as a run over an archive does at its beginning; the others find what
  was worked out for the words still at hand.
- Many processes: `sijill code --workers N` against N processes of `sijill code` that share the input out, both from start to
  end with their start-up, in turn.
- The share of each step is measured in a round of its own, by timing the steps where they are called.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import sijill.coding
from sijill.coding import code
from sijill.language import analysis
from sijill.records import Report
from sijill.rules.knowledge import KNOWLEDGE
from sijill.training.fit import shipped_reports

SHARED = Path(os.environ.get("SIJILL_SHARED", Path(__file__).parents[1] / ".." / "shared"))
STEPS: list[tuple[str, Any, tuple[str, ...]]] = [
    ("language of the report", analysis, ("identify",)),
    ("words and lexicons", analysis, ("tag_text",)),
    ("sentences", analysis, ("read_sentences",)),
    ("times", analysis, ("read_times",)),
    ("numbers", analysis, ("read_numbers",)),
    ("people", analysis, ("read_people",)),
    ("actors", analysis.ActorReader, ("read",)),
    ("places", analysis, ("read_places",)),
    ("speakers", analysis, ("read_speakers",)),
    ("candidates (triggers, figures, groups)", sijill.coding, ("Ground",)),
    ("decisions and assembly of events", sijill.coding, ("standing_events", "settle_types")),
    (
        "tallies, control, persons, details",
        sijill.coding,
        ("read_tallies", "read_control", "read_persons", "read_details"),
    ),
]
"""Each step with the module that calls it and the names that it is called by."""


def read(path: Path | None) -> list[Report]:
    """The reports of a file, one a line."""
    if path is None:
        return [annotated.report for annotated in shipped_reports()]
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        rows = [json.loads(line) for line in lines]
    rows = [row.get("report", row) for row in rows]
    return [
        Report(id=str(i), text=row["text"], published=row.get("published"), language="ar")
        for i, row in enumerate(rows)
    ]


_FORM = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ـ": None,
        **{chr(c): None for c in range(0x64B, 0x653)},
    }
)
_WORD = re.compile(r"\w+")


def bare_pass(texts: list[str]) -> tuple[float, int]:
    """CPU seconds to bring the texts to a normal form and split them into words once, and the number of words."""
    start = time.process_time()
    words = sum(len(_WORD.findall(text.translate(_FORM))) for text in texts)
    return time.process_time() - start, words


def coding_pass(reports: list[Report]) -> tuple[float, int]:
    """CPU seconds to code the reports, and how many have an event."""
    start = time.process_time()
    told = sum(bool(code(report).events) for report in reports)
    return time.process_time() - start, told


class Costs(NamedTuple):
    """CPU seconds of the bare pass, of coding and of the first round of coding; words, and reports with an event."""

    bare: float
    coding: float
    first: float
    words: int
    told: int


def costs(reports: list[Report], rounds: int, size: int = 50) -> Costs:
    """What the bare pass and coding cost: of each `size` reports the least of the rounds, in which they come in turn."""
    chunks = [reports[at : at + size] for at in range(0, len(reports), size)]
    bare: list[list[float]] = [[] for _ in chunks]
    coding: list[list[float]] = [[] for _ in chunks]
    words = told = 0
    for number in range(rounds):
        for k, chunk in enumerate(chunks):
            seconds, counted = bare_pass([report.text for report in chunk])
            bare[k].append(seconds)
            seconds, found = coding_pass(chunk)
            coding[k].append(seconds)
            if number == 0:
                words, told = words + counted, told + found
    return Costs(sum(map(min, bare)), sum(map(min, coding)), sum(each[0] for each in coding), words, told)


def shares(reports: list[Report]) -> list[tuple[str, float]]:
    """The share of each step in the time of coding, the rest last. What a step asks others for is theirs."""
    spent: dict[str, float] = defaultdict(float)
    inside = [0.0]  # seconds of the steps that ran inside each step that is under way

    def timed(step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            inside.append(0.0)
            try:
                return function(*arguments, **named)
            finally:
                took = time.perf_counter() - start
                spent[step] += took - inside.pop()
                inside[-1] += took

        return call

    before = [(module, name, getattr(module, name)) for _, module, names in STEPS for name in names]
    for step, module, names in STEPS:
        for name in names:
            setattr(module, name, timed(step, getattr(module, name)))
    try:
        start = time.perf_counter()
        for report in reports:
            code(report)
        whole = time.perf_counter() - start
    finally:
        for module, name, function in before:
            setattr(module, name, function)
    found = [(step, spent[step] / whole) for step, _, _ in STEPS]
    return [*found, ("the rest", 1 - sum(share for _, share in found))]


def started(arguments: list[str], runs: int = 5) -> tuple[float, float]:
    """Seconds of a `sijill` command from start to end in a process of its own: the least wall-clock time of the runs, and
    the least CPU time."""
    command = [sys.executable, "-c", "from sijill.cli import main; main()", *arguments]
    walls, processor = [], []
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        walls.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(walls), min(processor)


def write(path: Path, reports: list[Report]) -> Path:
    """Write reports as JSONL."""
    rows = ({"id": r.id, "text": r.text, "published": r.published, "language": "ar"} for r in reports)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def together(commands: list[list[str]]) -> tuple[float, float]:
    """Wall-clock and CPU seconds of `sijill` commands that run at the same time, until the last has ended."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    running = [
        subprocess.Popen([sys.executable, "-c", "from sijill.cli import main; main()", *arguments])
        for arguments in commands
    ]
    statuses = [process.wait() for process in running]
    if any(statuses):
        raise SystemExit("a command failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, processor


def many(reports: list[Report], workers: int, rounds: int) -> list[tuple[str, str]]:
    """What `--workers` reaches of the throughput of as many separate processes: the rows of the second table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = ["code", str(write(folder / "all.jsonl", reports)), "-o", str(folder / "all.out.jsonl")]
        parts = []
        for k in range(workers):
            part = write(folder / f"part{k}.jsonl", reports[k::workers])
            parts.append(["code", str(part), "-o", str(folder / f"part{k}.out.jsonl")])
        separate, shared = [], []
        for _ in range(rounds):
            separate.append(together(parts))
            shared.append(together([[*whole, "--workers", str(workers)]]))
        ids = [json.loads(line)["report"]["id"] for line in (folder / "all.out.jsonl").open(encoding="utf-8")]
    apart, one = min(separate)[0], min(shared)[0]
    apart_cpu, one_cpu = min(cpu for _, cpu in separate), min(cpu for _, cpu in shared)
    return [
        ("articles", f"{len(reports):,}"),
        (f"{workers} separate processes", f"{apart:.1f} s ({apart_cpu:.1f} s CPU)"),
        (f"`--workers {workers}`", f"{one:.1f} s ({one_cpu:.1f} s CPU)"),
        ("throughput of the workers, of the separate processes' = 1", f"{apart / one:.2f}"),
        ("the same by CPU time", f"{apart_cpu / one_cpu:.2f}"),
        ("results in the input's order", "yes" if ids == [report.id for report in reports] else "no"),
    ]


def peak(reports: list[Report]) -> int:
    """The peak memory, in MiB, of a process that codes the reports from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "reports.jsonl", reports)
        started(["code", str(path), "-o", str(Path(folder) / "records.jsonl")], runs=1)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def machine() -> str:
    """The processor, its cores, memory, system and Python."""
    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = re.findall(r"model name\s*:\s*(.+)", info.read_text(encoding="utf-8"))
        processor = names[0].strip() if names else processor
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{processor}, {cores} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("reports", nargs="?", type=Path, help="reports, one a line")
    ask.add_argument("--articles", type=int, default=5000, help="how many of them to take (default 5,000)")
    ask.add_argument("--workers", type=int, default=2, help="processes of the second table (default 2)")
    ask.add_argument("--rounds", type=int, default=5, help="rounds of which the fastest counts (default 5)")
    args = ask.parse_args()
    news = sorted((SHARED / "data" / "news").glob("*.jsonl.gz"))
    path = args.reports or (news[0] if news else None)
    reports = read(path)[: args.articles]

    started(["code", "--example"], runs=1)  # so that the file system has the package at hand
    help_time, code_time = (
        started(["--help"]),
        started(["code", str(KNOWLEDGE / "examples" / "report-ar.txt")]),
    )
    code(reports[0])
    cost = costs(reports, args.rounds)
    memory = peak(reports)

    rows = [
        ("machine", machine()),
        ("day", date.today().isoformat()),
        (
            "texts",
            f"{path.name if path else 'the invented reports that ship'}: {len(reports):,} articles, {cost.words:,} words, {cost.told:,} with an event",
        ),
        ("articles a second on one core", f"{len(reports) / cost.coding:,.0f}"),
        ("CPU time as a multiple of the bare pass", f"{cost.coding / cost.bare:.1f}"),
        ("the same the first time through", f"{cost.first / cost.bare:.1f}"),
        ("`sijill --help`", "{:.2f} s ({:.2f} s CPU)".format(*help_time)),
        ("cold `sijill code` of one report", "{:.2f} s ({:.2f} s CPU)".format(*code_time)),
        ("peak memory of `sijill code` over all of them", f"{memory} MiB"),
        *((f"share of {step}", f"{share:.0%}") for step, share in shares(reports[:1000])),
    ]
    print_table("measure", rows)
    print_table("many processes", many(reports[: args.articles // 2], args.workers, 2))


def print_table(heading: str, rows: list[tuple[str, str]]) -> None:
    """Print rows as a Markdown table."""
    print(f"| {heading} | value |\n|---|---|")
    print("\n".join(f"| {name} | {value} |" for name, value in rows), end="\n\n")


if __name__ == "__main__":
    main()
