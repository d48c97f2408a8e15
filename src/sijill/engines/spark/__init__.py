"""Spark: the same coding and the same accounts over a cluster (`pip install 'sijill[spark]'`)."""

from sijill.engines.spark.engine import SparkEngine, Summary
from sijill.engines.spark.reading import InputError
from sijill.engines.spark.session import NoSparkError, spark_session

__all__ = ["InputError", "NoSparkError", "SparkEngine", "Summary", "spark_session"]
