"""What tests of files from elsewhere share: a sanction to lose, and what is read of a tiny agency."""

import csv
import io
from unittest import TestCase

from click.testing import CliRunner
from mkd_simulate import TINY, TOMORROW, judge, tiny_agency, touched_agency
from mkd_support import the_pack

from mkd_hrms.policy.model import Gate
from mkd_hrms.simulate.commandline import mkd
from mkd_hrms.simulate.files.loader import load

REGISTER = "MKD Discipline Record"
SANCTIONED = f"{TINY[f'{REGISTER}.csv']}R1,E1,Severe,In Force,2026-11-02,2027-11-01,1\n"
NIPS = "SELECT list(mkd_nip ORDER BY name) FROM \"tabEmployee\" WHERE status = 'Active'"
COMPANY = 'SELECT default_holiday_list FROM "tabCompany"'
OF_THE_TINY_AGENCY = ["199001012015032001", "199001012015031002"]


def check(folder, *options):
	return CliRunner().invoke(mkd, ["check", str(folder), "--on", str(TOMORROW), *map(str, options)])


def rows_of(text):
	return list(csv.reader(io.StringIO(text)))


class FilesTest(TestCase):
	def value(self, query, **files):
		return load(touched_agency(**files)).connection.execute(query).fetchone()[0]

	def sanctioned(self, **files):
		"""Who is refused because of a sanction."""
		people = judge(tiny_agency(**files), the_pack()).people
		return [one.person.employee for one in people if Gate.DISCIPLINE in one.decision.failed]
