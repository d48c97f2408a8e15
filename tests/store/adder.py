"""Adds reports to a register until it is killed: `python adder.py DB FIRST LAST ACKNOWLEDGED`.

What was acknowledged is appended to a file, one number a line, each before the next report is begun.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from store_examples import code, item

from sijill.records import Report
from sijill.store import Store, add_reports


def main(db: str, first: int, last: int, acknowledged: str) -> None:
    file = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def told(report: Report, what: str) -> None:
        os.write(file, f"{report.id[1:]}\n".encode())

    with Store.open(db, patience=30) as store:
        add_reports(store, (item(number) for number in range(first, last)), code, rules="1", told=told)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
