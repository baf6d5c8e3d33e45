"""Every JSON file of the repository must parse, and say each key once."""

import json
import subprocess
import sys
from pathlib import Path

LIST_FILES = ["git", "ls-files", "-coz", "--exclude-standard", "*.json"]


def main():
	listed = subprocess.run(LIST_FILES, capture_output=True, text=True, check=True).stdout
	# A file deleted from the work tree is still listed until the deletion is committed.
	paths = [path for path in map(Path, filter(None, listed.split("\0"))) if path.exists()]
	problems = [f"{path}: {problem}" for path in paths if (problem := problem_in(path))]
	print(*problems, f"{len(paths)} JSON files, {len(problems)} with a problem", sep="\n")
	return 1 if problems else 0


def problem_in(path):
	try:
		json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=refuse_duplicates)
	except ValueError as error:
		return str(error)
	return None


def refuse_duplicates(pairs):
	"""Python would keep the last of two equal keys, and nobody would notice the first."""
	keys = [key for key, _value in pairs]
	duplicates = {key for key in keys if keys.count(key) > 1}
	if duplicates:
		raise ValueError(f"duplicate keys: {', '.join(sorted(duplicates))}")
	return dict(pairs)


if __name__ == "__main__":
	sys.exit(main())
