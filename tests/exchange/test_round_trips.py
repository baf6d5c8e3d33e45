"""A profile reads what it writes: neutral rows, a file, the same rows, and the file is known for what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkd_exchange import ALL, SPAN, files_of, read_path
from mkd_simulate import temporary_folder
from mkd_strategies import MODEST

from mkd_hrms.exchange.writing import write_file


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
