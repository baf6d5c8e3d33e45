"""The machine, and MariaDB's settings on which the figures depend. Standard library only."""

import os
import time
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

MEGABYTE = 2**20
LARGEST_POOL = 4096 * MEGABYTE
# A year of an agency is read by its indexes, and they want to be in memory: a host for a province is made for it.
POOL_OF_A_PROVINCE = 12 * 1024 * MEGABYTE
SECONDS_TO_RESIZE = 60
# Whoever flushes less often is quicker and loses more when the power fails.
DURABILITY = ("innodb_flush_log_at_trx_commit", "innodb_doublewrite", "sync_binlog", "log_bin")


@contextmanager
def adequate_buffer_pool(server, province=False):
	"""For the length of the block a quarter of the memory, at most 4 GB; for a province half of it, at most 12 GB.

	Everything else stays as it is.
	"""
	before = buffer_pool(server)
	wanted = min(POOL_OF_A_PROVINCE, memory() // 2) if province else min(LARGEST_POOL, memory() // 4)
	try:
		_resize(server, wanted)
		yield
	finally:
		_resize(server, before)


def _resize(server, size):
	server.sql(f"SET GLOBAL innodb_buffer_pool_size = {size}")
	deadline = time.monotonic() + SECONDS_TO_RESIZE
	# The size that was asked for shows when the pool has it; MariaDB rounds it to whole chunks.
	while abs(buffer_pool(server) - size) > size // 10 and time.monotonic() < deadline:
		time.sleep(0.2)


def buffer_pool(server):
	return int(server.sql("SELECT @@innodb_buffer_pool_size"))


def memory():
	return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def machine(server):
	"""What the figures depend on."""
	durability = server.sql("SELECT " + ", ".join(f"@@{name}" for name in DURABILITY)).split()
	return {
		"measured_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
		"processors": os.cpu_count(),
		"processor": processor(),
		"memory_mb": memory() // MEGABYTE,
		"load": os.getloadavg()[0],
		"mariadb": server.version(),
		"buffer_pool_mb": buffer_pool(server) // MEGABYTE,
		"durability": dict(zip(DURABILITY, durability, strict=True)),
	}


def processor():
	path = Path("/proc/cpuinfo")
	lines = path.read_text().splitlines() if path.exists() else []
	return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")
