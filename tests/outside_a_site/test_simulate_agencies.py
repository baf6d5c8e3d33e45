"""Many agencies in one folder: each of them is what it would be alone."""

from functools import lru_cache
from unittest import TestCase

from mkd_extent import FULL
from mkd_simulate import TINY, UNTIL, judge, parquet, temporary_folder, tiny_agency
from mkd_support import the_pack

from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.problems import BadFiles
from mkd_hrms.simulate.sample import SMALLEST, make_agency
from mkd_hrms.simulate.sample.agencies import write_agencies
from mkd_hrms.simulate.sample.drafts import MOST_AGENCIES
from mkd_hrms.simulate.sample.files import write_tables
from mkd_hrms.simulate.trial.command import try_policies

AGENCIES = 3 if FULL else 2


@lru_cache
def together():
	folder = temporary_folder()
	write_agencies(AGENCIES, SMALLEST, 1, UNTIL, folder)
	return folder


class TestManyAgencies(TestCase):
	def told(self, folder):
		return [(one.person.employee, one.decision.findings) for one in judge(folder, the_pack()).people]

	def test_each_is_judged_as_it_is_alone(self):
		found = self.told(together())
		for number in range(AGENCIES):
			alone = temporary_folder()
			write_tables(make_agency(SMALLEST, 1 + number, UNTIL, number), alone, "parquet")
			prefix = f"{number + 1:03d} "
			own = [(name, findings) for name, findings in found if name.startswith(prefix)]
			with self.subTest(number):
				self.assertEqual(
					[(name.removeprefix(prefix), self.reasons(findings)) for name, findings in own],
					[(name, self.reasons(findings)) for name, findings in self.told(alone)],
				)

	def reasons(self, findings):
		"""What was found; the names of documents and units begin with the agency's number."""
		return [(found.gate, found.verdict, found.reason, found.limit, found.since) for found in findings]

	def test_nobody_has_the_number_of_somebody_else(self):
		(people, numbers) = (
			load(together())
			.connection.execute(
				"SELECT count(mkd_nip), count(DISTINCT mkd_nip) FROM \"tabEmployee\" WHERE status = 'Active'"
			)
			.fetchone()
		)
		self.assertEqual(people, numbers)

	def test_there_are_no_more_than_their_numbers_allow(self):
		with self.assertRaisesRegex(ValueError, str(MOST_AGENCIES)):
			write_agencies(MOST_AGENCIES + 1, SMALLEST, 1, UNTIL, temporary_folder())


class TestATableInSeveralFiles(TestCase):
	def agency(self, **parts):
		folder = tiny_agency(**{"Singles.csv": None})
		(folder / "Singles.parquet").mkdir()
		for name, content in parts.items():
			(folder / "Singles.parquet" / f"{name}.parquet").write_bytes(content)
		return folder

	def test_they_are_read_as_one(self):
		row = "SELECT 'MKD Settings' AS doctype, '{0}' AS field, '2026-01-01' AS value"
		folder = self.agency(a=parquet(row.format("attendance_from")), b=parquet(row.format("other")))
		rows = load(folder).connection.execute('SELECT field FROM "tabSingles" ORDER BY 1').fetchall()
		self.assertEqual(rows, [("attendance_from",), ("other",)])
		self.assertIn("Singles.csv", TINY)

	def test_a_folder_without_files_and_one_with_a_damaged_file_are_refused(self):
		for parts in ({}, {"a": b"PAR1 cut off"}):
			with self.subTest(parts), self.assertRaisesRegex(BadFiles, "no readable Parquet file"):
				load(self.agency(**parts))


class TestTheTrial(TestCase):
	def test_without_a_file_to_write_everybody_is_counted_and_nobody_named(self):
		def tried(**targets):
			policies = ("jabar-2023", "permenpanrb-2025")
			return try_policies(together(), policies, None, None, targets)

		counted, named = tried(), tried(data=temporary_folder() / "impact.json")
		self.assertEqual(counted | {"changes": named["changes"]}, named)
		self.assertEqual(counted["changes"], [])
		self.assertTrue(named["changes"])
