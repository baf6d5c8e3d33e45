"""The entry point of the command `mkd`; a bench has the command, but not the libraries of the extra."""


def main() -> None:
	"""Run the command; where its extra is missing, say which one. Raises SystemExit."""
	try:
		from mkd_hrms.simulate.commandline import mkd
	except ModuleNotFoundError as missing:
		raise SystemExit(f"{missing.name} is missing: pip install 'mkd_hrms[simulate]'") from missing
	mkd(prog_name="mkd")
