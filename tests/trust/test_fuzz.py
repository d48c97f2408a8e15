"""The fuzz target: on inputs drawn by chance, and for a bounded time under atheris (longer: `make fuzz`)."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.invariants import NAMES, WORDS, check, seeds

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("seed", range(4))
def test_texts_of_known_words(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(40):
        words = bytes(rng.randrange(min(255, len(WORDS))) for _ in range(rng.randint(1, 150)))
        check(
            bytes([1, rng.randrange(256)])
            + words
            + (b"\xff" + rng.randbytes(20) if rng.random() < 0.3 else b"")
        )


@pytest.mark.parametrize("form", range(len(NAMES)))
def test_files_of_any_bytes(form: int) -> None:
    rng = random.Random(form)
    heads = (
        b"",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"WARC/1.0\r\n",
        b"%PDF-1.4\n",
        b"<html><body><p>",
        b'{"text": "',
        b"text,id\n",
        b"<rss>",
        b"[" * 3000,
    )
    for head in heads:
        for size in (0, 7, 300):
            check(bytes([2 * form]) + head + rng.randbytes(size))


def test_fuzzer_finds_nothing_in_bounded_time(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is not installed (pip install 'sijill[fuzz]')")
    command = [
        sys.executable,
        str(ROOT / "fuzz" / "target.py"),
        "-max_total_time=25",
        "-timeout=30",
        "-seed=7",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done" in done.stderr


@pytest.mark.parametrize("number", range(len(seeds())))
def test_seeds_hold(number: int) -> None:
    check(seeds()[number])
