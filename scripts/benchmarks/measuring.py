"""Seconds, SQL statements and memory. Runs with the bench's Python."""

import resource
import statistics


def peak_megabytes():
	"""The most memory that this process has held so far; Linux counts in kilobytes."""
	return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def summary(measures):
	"""Median and 95th percentile of repetitions, in milliseconds and statements."""
	milliseconds = sorted(measure.seconds * 1000 for measure in measures)
	statements = sorted(measure.statements for measure in measures)
	return {
		"repetitions": len(measures),
		"ms_median": statistics.median(milliseconds),
		"ms_p95": percentile_95(milliseconds),
		"sql_median": statistics.median(statements),
		"sql_p95": percentile_95(statements),
	}


def percentile_95(ordered):
	"""The smallest value that at least 95 of 100 do not exceed."""
	return ordered[-(-95 * len(ordered) // 100) - 1]
