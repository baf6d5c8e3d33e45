"""A command of the bench in a process of its own, as an administrator runs it."""

import subprocess
import sys
from pathlib import Path

import frappe

SECONDS = 120


def bench_command(*arguments):
	"""The finished process, with its code and what it wrote."""
	sites = str(Path(frappe.local.sites_path).resolve())
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", frappe.local.site]
	return subprocess.run([*command, *arguments], cwd=sites, capture_output=True, text=True, timeout=SECONDS)
