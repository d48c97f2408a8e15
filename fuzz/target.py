"""The fuzz target: coverage-guided bytes into reading and coding (needs atheris, `pip install 'sijill[fuzz]'`).

    python fuzz/target.py [CORPUS] [-max_total_time=SECONDS] [-max_len=4096] [libFuzzer's other options]

What fails is written to a file crash-… in the working folder, and `python fuzz/target.py crash-…` runs it again.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent))
with atheris.instrument_imports(include=["sijill"]):
    from invariants import check, seeds

CORPUS = Path("build/fuzz")
"""Where what was found to reach further is kept, below the working folder, unless another corpus is given."""


def main() -> None:
    """Run the fuzzer until its time is over or something fails."""
    for seed in seeds():  # knowledge is loaded before the first input is timed
        check(seed)
    given = sys.argv[1:]
    if not any(Path(argument).exists() for argument in given):
        CORPUS.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds()):
            (CORPUS / f"seed-{number}").write_bytes(seed)
        given.append(str(CORPUS))
    atheris.Setup([sys.argv[0], "-max_len=2048", "-len_control=0", *given], check)
    atheris.Fuzz()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main()
