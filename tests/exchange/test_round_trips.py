"""A profile reads what it writes: neutral rows, a file, the same rows, and the file is known for what it is."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkd_exchange import ALL, NIP, SPAN, files_of, read_path
from mkd_simulate import temporary_folder
from mkd_strategies import MODEST

from mkd_hrms.exchange import profiles
from mkd_hrms.exchange.rows import Presence, Punch
from mkd_hrms.exchange.writing import CannotWrite, write_file


@pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.name)
def test_rows_come_back_as_they_were(profile):
	path = temporary_folder() / "berkas"

	@MODEST
	@given(st.data())
	def comes_back(data):
		there = data.draw(files_of(profile))
		write_file(profile, there, path)
		found, tally, name, rejected = read_path(path, span=SPAN)
		assert (found, name) == (there, profile.name), tally
		assert (tally.accepted, tally.rejected, rejected) == (len(there), 0, [])

	comes_back()


@pytest.mark.parametrize(
	("name", "there", "message"),
	[
		(
			"recap-wide",
			[Presence(NIP, date(2026, month, 2), "Present") for month in (10, 11)],
			"is of one month",
		),
		(
			"recap-pairs",
			[Punch(NIP, datetime(2026, 11, 24, hour)) for hour in range(8, 13)],
			"at most 4 times",
		),
	],
)
def test_what_a_layout_has_no_place_for_is_not_written_in_part(name, there, message):
	folder = temporary_folder()
	with pytest.raises(CannotWrite, match=message):
		write_file(profiles.load(name), there, folder / "berkas.xlsx")
	assert list(folder.iterdir()) == []
