"""The Spark session: the cluster's own where one is configured, else one on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from pyspark.sql import SparkSession


class NoSparkError(RuntimeError):
    """Spark cannot be started, in words for the person who asked for it."""


_OURS = {
    "spark.sql.session.timeZone": "UTC",
    # Rows are articles: a few hundred at once keep a worker's memory small and the work even.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
}


def spark_session(options: Mapping[str, str] | None = None) -> SparkSession:
    """The running session, or one as `spark-submit`, `SPARK_CONF_DIR` or PYSPARK_SUBMIT_ARGS say; without any, on all cores
    of this machine, reached by nobody else. Workers use this interpreter unless PYSPARK_PYTHON names another.
    Raises `NoSparkError` where there is no Java."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYARROW_IGNORE_TIMEZONE", "1")
    settings = dict(options or {})
    if settings.get("spark.master", "local").startswith("local") and not _is_configured():
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", **settings}
    builder = SparkSession.builder.appName("sijill")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        if "JAVA_GATEWAY" in str(error) or isinstance(error, FileNotFoundError):
            raise NoSparkError("Spark needs Java 17 or newer: install a JDK, or set JAVA_HOME") from error
        raise
    for name, value in _OURS.items():
        session.conf.set(name, value)
    return session


def _is_configured() -> bool:
    """Whether a cluster is named outside the program."""
    return any(
        name in os.environ for name in ("SPARK_CONF_DIR", "PYSPARK_SUBMIT_ARGS", "MASTER", "SPARK_MASTER")
    )
