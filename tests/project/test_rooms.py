"""Rooms know only rooms below them: the order of the services, and no circle anywhere."""

from unittest import TestCase

from mkd_source import imported_modules, module_name, python_files, relative
from mkd_support import PACKAGE

# A room imports only rooms in groups to the left of its own; the rooms of one group do not know each other.
ORDER = (
	"platform calendar | workflow | policies | people | decisions ledger privacy recap"
	" | attendance daily_reports standing performance impact agreements units letters | requests"
	" | booked_days discipline swaps | collective_days | day evaluation renames | objections imports | exports"
)
GROUP_OF = {room: number for number, group in enumerate(ORDER.split("|")) for room in group.split()}
# Inside these a file knows files, not rooms; their packages may not tie themselves together either.
PARTS = (
	"policy",
	"facts",
	"judging",
	"services",
	"simulate",
	"permissions",
	"controllers",
	"overrides",
	"audit",
	"exchange",
)


def room_of(module: str) -> str | None:
	parts = module.split(".")
	return parts[2] if parts[:2] == ["mkd_hrms", "services"] and len(parts) > 2 else None


def points_up(room: str, other: str) -> bool:
	return room != other and GROUP_OF[other] >= GROUP_OF[room]


def imports_of(*folders) -> dict[str, set[str]]:
	"""The modules of the app that each module imports."""
	return {
		module_name(path): {name for _line, name in imported_modules(path)} for path in python_files(*folders)
	}


def circle_in(graph: dict[str, set[str]]) -> list[str]:
	"""Modules or rooms that import each other in a ring; empty where there is none."""
	done: set[str] = set()

	def walk(node: str, way: tuple[str, ...]) -> list[str]:
		if node in way:
			return [*way[way.index(node) :], node]
		if node in done:
			return []
		found = next(
			(ring for other in sorted(graph.get(node, ())) if (ring := walk(other, (*way, node)))), []
		)
		done.add(node)
		return found

	return next((ring for node in sorted(graph) if (ring := walk(node, ()))), [])


def rooms(graph: dict[str, set[str]]) -> dict[str, set[str]]:
	"""The same between packages: what stands in a folder belongs to it."""

	def package(module: str) -> str:
		parts = module.split(".")
		return ".".join(parts[:3]) if len(parts) > 3 else module

	found: dict[str, set[str]] = {}
	for module, used in graph.items():
		own = package(module)
		found.setdefault(own, set()).update({package(name) for name in used} - {own})
	return found


class TestRooms(TestCase):
	def test_every_room_of_the_services_has_its_place(self):
		there = {room_of(module_name(path)) for path in python_files(PACKAGE / "services")} - {None}
		self.assertEqual(there, set(GROUP_OF))

	def test_a_room_knows_only_rooms_below_it(self):
		problems = [
			f"{relative(path)}:{line}: {room} imports {name}"
			for path in python_files(PACKAGE / "services")
			if (room := room_of(module_name(path)))
			for line, name in imported_modules(path)
			if (other := room_of(name)) and points_up(room, other)
		]
		self.assertFalse(problems, "\n" + "\n".join(problems))

	def test_no_module_imports_itself_by_way_of_others(self):
		self.assertEqual(circle_in(imports_of(PACKAGE)), [])

	def test_no_rooms_tie_themselves_together(self):
		for part in PARTS:
			with self.subTest(part):
				graph = rooms(imports_of(PACKAGE / part))
				inside = f"mkd_hrms.{part}."
				graph = {name: {o for o in used if o.startswith(inside)} for name, used in graph.items()}
				graph.pop(inside.rstrip("."), None)
				self.assertEqual(circle_in(graph), [])
