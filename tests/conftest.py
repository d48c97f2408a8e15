"""What every test may lean on: the shared gold, where it is present."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The first example of a test may load the lexicons: time says nothing about it.
settings.register_profile("sijill", deadline=None)
settings.load_profile("sijill")

SHARED = Path(os.environ.get("SIJILL_SHARED", Path(__file__).parents[1] / ".." / "shared")).resolve()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the shared gold; the test is skipped, with the reason, where it is absent."""
    if not (SHARED / "CODEBOOK.md").is_file():
        pytest.skip(f"the shared gold is not at {SHARED} (set SIJILL_SHARED)")
    return SHARED


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI nothing may be skipped: what the tests need is installed there."""
    if not os.environ.get("CI"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped"):
        for report in reporter.stats["skipped"]:
            reporter.write_line(
                f"skipped in CI, which counts as a failure: {report.nodeid}: {report.longrepr}"
            )
        session.exitstatus = 1
