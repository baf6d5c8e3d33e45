"""What looks for weaknesses is what was chosen once, and where it cannot look that is told or is a failure."""

import re
from pathlib import Path

import mkd_scripts  # noqa: F401
import pytest

import check_forms

ROOT = Path(check_forms.__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTION = re.compile(r"uses: (.*)")
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_an_action_of_somebody_else_is_the_commit_that_was_looked_at(workflow):
	used = ACTION.findall(workflow.read_text())
	assert used
	assert [action for action in used if not PINNED.fullmatch(action)] == []


def test_another_repository_is_the_commit_that_was_looked_at():
	text = "\n".join(path.read_text() for path in WORKFLOWS)
	fetched = re.findall(r"repository: \S+\n +ref: (\S+)", text)
	assert fetched and len(fetched) == text.count("repository:")
	assert all(re.fullmatch("[0-9a-f]{40}", commit) for commit in fetched)


@pytest.mark.parametrize("required", ["", "1"])
def test_without_node_the_form_scripts_were_not_looked_through_and_nobody_overlooks_it(
	required, monkeypatch, capsys
):
	monkeypatch.setenv("PATH", "")
	monkeypatch.setenv("MKD_REQUIRE_NODE", required)
	assert check_forms.main() == int(required or 0)
	assert "THE FORM SCRIPTS WERE NOT LOOKED THROUGH" in capsys.readouterr().out


def test_bench_finds_nothing_to_install_for_node():
	"""It would install a package.json at the root on every site."""
	assert (ROOT / "scripts" / "lint" / "package.json").exists()
	assert not (ROOT / "package.json").exists()
