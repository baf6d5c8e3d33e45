"""Values as offices write them: what is taken, what is refused, and that nothing is guessed."""

from datetime import date, datetime, time, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_exchange import ALL, NIP, nips, texts, times
from mkd_strategies import MODEST, THOROUGH

from mkd_hrms.exchange import values
from mkd_hrms.exchange.rejections import Wrong
from mkd_hrms.exchange.writing import harmless, plain

ANYTHING = (
	st.none()
	| st.booleans()
	| st.integers()
	| st.floats()
	| st.text(max_size=30)
	| st.datetimes()
	| st.dates()
	| st.times()
	| st.timedeltas()
)
FORMS = ("ymd", "dmy", "words", "serial")
LONG = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
READ = (
	values.text,
	values.nip,
	values.pin,
	values.month,
	values.place,
	lambda cell: values.day(cell, FORMS),
	lambda cell: values.clock(cell, ("colon", "dot", "fraction")),
	lambda cell: values.moment(cell, FORMS, ("colon",)),
	lambda cell: values.number(cell, ",", "."),
	lambda cell: values.whole(cell, ".", ""),
	lambda cell: values.word(cell, {"hadir": "Present"}, ("Hadir",)),
	lambda cell: values.is_missing(cell, ("-",)),
)


class ValuesTest(TestCase):
	def assert_wrong(self, found, kind):
		self.assertIsInstance(found, Wrong)
		self.assertEqual(found.kind, kind)


class TestAnything(TestCase):
	@MODEST
	@given(ANYTHING)
	def test_no_cell_is_more_than_wrong(self, cell):
		for read in READ:
			read(cell)


class TestNips(ValuesTest):
	@THOROUGH
	@given(nips())
	def test_blanks_and_an_apostrophe_say_nothing(self, nip):
		parted = f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
		for written in (
			nip,
			parted,
			f"'{nip}",
			f" {parted}\u00a0",
			f"NIP. {parted}",
			f"nip:{nip}",
			f"\u2019{nip}",
		):
			self.assertEqual(values.nip(written), nip)

	@MODEST
	@given(nips())
	def test_a_number_is_refused_whatever_it_was(self, nip):
		for cell in (float(nip), int(nip), f"{float(nip):.5E}", "1,97504E+17", f"{nip[:15]}000"):
			self.assert_wrong(values.nip(cell), "digits_lost")

	def test_the_digits_must_say_something_that_can_be(self):
		for nip, kind in (
			("199013012015032001", "nip_birth"),
			("199002302015032001", "nip_birth"),
			("199001012015132001", "nip_month"),
			("199001011980032001", "nip_month"),
			("199001012015033001", "nip_sex"),
			("19900101201503200", "not_a_nip"),
			("3204010101900001", "not_a_nip"),
			("", "missing"),
		):
			with self.subTest(nip):
				self.assert_wrong(values.nip(nip), kind)
		self.assertEqual(values.nip("199001012023211001"), "199001012023211001")

	def test_a_number_in_a_machine_is_compared_as_a_number(self):
		for cell in ("7", " 007", 7, 7.0, "'7"):
			self.assertEqual(values.pin(cell), "7")
		for cell in ("A7", "7.5", "-7", NIP):
			self.assert_wrong(values.pin(cell), "not_a_pin")


class TestDates(ValuesTest):
	@THOROUGH
	@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)))
	def test_each_form_says_the_same_day(self, day):
		name = LONG[day.month - 1]
		for written in (
			f"{day:%Y-%m-%d}",
			f"{day:%d/%m/%Y}",
			f"{day:%d-%m-%Y}",
			f"{day.day}.{day.month}.{day.year}",
			f"{day.day} {name} {day.year}",
			f"{day.day} {name[:3].upper()} {day.year}",
			f"Selasa, {day.day} {name} {day.year}",
			datetime.combine(day, time()),
		):
			self.assertEqual(values.day(written, FORMS), day, written)

	@MODEST
	@given(st.dates(date(1901, 1, 1), date(2173, 1, 1)))
	def test_a_number_is_a_day_only_where_the_profile_says_so(self, day):
		serial = (day - date(1899, 12, 30)).days
		self.assert_wrong(values.day(serial, ("ymd", "dmy")), "not_a_date")
		if serial >= 10_000:
			self.assertEqual([values.day(each, ("serial",)) for each in (serial, f"{serial}")], [day, day])

	def test_day_and_month_are_never_exchanged(self):
		self.assertEqual(values.day("11/12/2026", ("dmy",)), date(2026, 12, 11))
		self.assertEqual(values.day("11/12/2026", ("mdy",)), date(2026, 11, 12))
		self.assert_wrong(values.day("11/24/2026", ("dmy", "ymd")), "no_such_day")
		self.assert_wrong(values.day("24/11/2026", ("ymd",)), "not_a_date")
		self.assert_wrong(values.day("24/11/26", FORMS), "not_a_date")
		self.assert_wrong(values.day("24 Brumaire 2026", FORMS), "no_such_day")
		self.assert_wrong(values.day(datetime(2026, 11, 24, 7, 30), FORMS), "date_with_time")

	def test_short_names_of_months(self):
		for written, month in (
			("24 Agt 2026", 8),
			("24 Nop 2026", 11),
			("24-Des-2026", 12),
			("1 Pebruari 2026", 2),
		):
			self.assertEqual(values.day(written, ("words",)).month, month)
		self.assertEqual([values.month(cell) for cell in (3, "03", "Maret", "mar", 3.0)], [3] * 5)


class TestTimes(ValuesTest):
	@THOROUGH
	@given(times)
	def test_each_form_says_the_same_time(self, at):
		seconds = (at.hour * 60 + at.minute) * 60 + at.second
		for cell in (f"{at:%H:%M:%S}", f"{at:%H.%M.%S}", seconds / 86_400, at, timedelta(seconds=seconds)):
			self.assertEqual(values.clock(cell, ("colon", "dot", "fraction")), at)

	def test_a_form_that_the_profile_lacks_is_refused(self):
		for cell, forms in (
			("07.30", ("colon",)),
			(0.3125, ("colon", "dot")),
			(7.3, ("dot", "fraction")),
			("24:00", ("colon",)),
		):
			self.assert_wrong(values.clock(cell, forms), "not_a_time")

	def test_what_says_nothing(self):
		marks = ("-", "00:00")
		for cell in (None, "", "  ", "-", "00:00", time(0, 0)):
			self.assertTrue(values.is_missing(cell, marks), cell)
		for cell in ("07:30", time(0, 1), 0, "'-"):
			self.assertFalse(values.is_missing(cell, marks), cell)
		self.assertFalse(values.is_missing("00:00", ("-",)))


class TestNumbersAndWords(ValuesTest):
	@THOROUGH
	@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
	def test_the_profile_says_what_parts_decimals(self, digits, places):
		number = digits / 10**places
		written = plain(number)
		self.assertEqual(values.number(written, "."), number)
		self.assertEqual(values.number(written.replace(".", ","), ","), number)
		self.assertEqual(
			values.number(f"{number:,.4f}".translate({44: 46, 46: 44}), ",", "."), round(number, 4)
		)

	def test_another_form_is_refused(self):
		for written, decimal, thousands in (
			("1.234", ",", ""),
			("1,5", ".", ""),
			("1.23", ",", "."),
			("12.34.567", ",", "."),
		):
			self.assert_wrong(values.number(written, decimal, thousands), "not_a_number")
		for written in ("nan", "1e3", "0x10", "\uff11", "1_0", float("inf"), float("nan")):
			self.assert_wrong(values.number(written, ","), "not_a_number")
		self.assert_wrong(values.whole("1,5", ","), "not_whole")
		self.assert_wrong(values.whole("-1", ","), "not_whole")

	def test_a_word_is_known_whatever_its_case_and_blanks(self):
		kmob = next(profile for profile in ALL if profile.name == "kmob")
		meanings, known = kmob.meanings["status"], kmob.known("status")
		for written, word in (("wfo", "Present"), (" Dinas   LUAR ", "On Duty"), ("IJIN", "Permitted")):
			self.assertEqual(values.word(written, meanings, known), word)
		wrong = values.word("Bolos", meanings, known)
		self.assert_wrong(wrong, "unknown_word")
		self.assertIn("Tidak Hadir dengan Izin", wrong.expected)

	def test_nowhere_is_absent_with_permission_an_unexcused_absence(self):
		for profile in ALL:
			if "status" in profile.words:
				found = profile.meanings["status"]
				self.assertEqual(
					{found[word] for word in ("izin", "ijin", "tidak hadir dengan izin")}, {"Permitted"}
				)

	@MODEST
	@given(texts, st.sampled_from(("=", "+", "-", "@", "'=", "''-", "")))
	def test_a_text_that_looks_like_a_formula_is_written_harmlessly_and_read_as_it_was(self, text, before):
		written = harmless(before + text)
		self.assertFalse(written.startswith(("=", "@")))
		self.assertEqual(values.text(written), before + text)
