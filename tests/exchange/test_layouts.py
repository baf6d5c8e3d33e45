"""What offices do to files: title blocks, sums, signatures, encodings, cells of a spreadsheet, rows that stand there twice."""

from datetime import date, datetime, time
from unittest import TestCase

from mkd_exchange import NIP, OTHER_NIP, as_text, kinds, read

from mkd_hrms.exchange.guessing import Unfit
from mkd_hrms.exchange.rows import Presence, Punch
from mkd_hrms.simulate.files.problems import BadFiles

DAY = date(2026, 11, 24)
WIDE = [["NIP", "Nama", "23", "24"], [NIP, "Ani", "WFO", "WFH"]]
LONG = [["NIP", "Nama", "Tanggal", "Jam Masuk", "Jam Pulang", "Status"]]


class TestCells(TestCase):
	def test_the_cells_of_a_sheet_are_taken_by_their_type(self):
		row = [NIP, "Ani", datetime(2026, 11, 24), time(7, 30), 0.6666666667, "Hadir"]
		found, _tally, _name, rejected = read(
			[*LONG, row, [float(NIP), "Ani", *row[2:]], [int(NIP), *row[1:]]]
		)
		self.assertEqual(found, [Presence(NIP, DAY, "Present", time(7, 30), time(16, 0), name="Ani")])
		self.assertEqual(kinds(rejected), [(3, "NIP", "digits_lost"), (4, "NIP", "digits_lost")])

	def test_a_number_is_no_day_where_the_profile_does_not_say_so(self):
		found, _tally, _name, rejected = read([*LONG, [NIP, "Ani", 46350, "07.30", "-", "Hadir"]])
		self.assertEqual((found, kinds(rejected)), ([], [(2, "Tanggal", "not_a_date")]))

	def test_a_formula_without_a_result_is_told(self):
		found, _tally, _name, rejected = read([*LONG, ["=A1", "Ani", DAY, "07.30", "-", "Hadir"]])
		self.assertEqual((found, kinds(rejected)), ([], [(2, "NIP", "no_result")]))

	def test_the_row_of_a_rejection_is_that_of_the_file(self):
		bad = [NIP, "Ani", "x", "", "", "Hadir"]
		for content in ([["Judul"], [None], *LONG, [None], bad], as_text([["Judul"], [], *LONG, [], bad])):
			self.assertEqual(kinds(read(content)[3]), [(5, "Tanggal", "not_a_date")])


class TestTexts(TestCase):
	CONTENT = as_text([*LONG, [NIP, "Nani Rosé", "24/11/2026", "07:30", "16.00", "Hadir"]])

	def test_encodings_and_delimiters(self):
		expected = [Presence(NIP, DAY, "Present", time(7, 30), time(16), name="Nani Rosé")]
		for content in (
			self.CONTENT.encode(),
			self.CONTENT.encode("utf-8-sig"),
			self.CONTENT.encode("utf-16"),
			self.CONTENT.encode("cp1252"),
			("sep=;\r\n" + self.CONTENT).encode(),
			self.CONTENT.replace(";", "\t").encode(),
			self.CONTENT.replace(";", "|").encode(),
			(
				"\n".join(
					";".join(f'"{cell}"' for cell in line.split(";")) for line in self.CONTENT.splitlines()
				)
			).encode(),
			("REKAP; KEHADIRAN\n;;;;;\n" + self.CONTENT + ";;;;;\n").encode(),
		):
			with self.subTest(content[:20]):
				self.assertEqual(read(content)[0], expected)

	def test_it_is_told_when_a_text_was_not_utf_8(self):
		self.assertEqual([str(note) for note in read(self.CONTENT)[1].notes], [])
		notes = [str(note) for note in read(self.CONTENT.encode("cp1252"))[1].notes]
		self.assertEqual(notes, ["The file is not UTF-8; it was read as Windows-1252."])

	def test_a_file_that_is_broken_is_refused_as_a_whole(self):
		for content, kind in (
			("", "empty_file"),
			(self.CONTENT + f'"{NIP};x\n', "broken_row"),
			(self.CONTENT.encode() + b"\x00", "not_text"),
			(b"PK\x03\x04 cut off", "not_xlsx"),
		):
			with self.subTest(kind), self.assertRaises(BadFiles) as caught:
				read(content)
			self.assertEqual([key[0] for key in caught.exception.findings.counts], [kind])


class TestSums(TestCase):
	def test_sums_are_no_people_and_what_stands_below_them_without_a_key_is_none(self):
		below = [["JUMLAH WFO", "", "1", "0"], ["", "", "Bandung", ""], [OTHER_NIP, "Budi", "", "CUTI"]]
		found, tally, _name, _rejected = read(as_text([["NOVEMBER 2026"], *WIDE, *below]))
		self.assertEqual([row.who for row in found], [NIP, NIP, OTHER_NIP])
		self.assertEqual(tally.rejected, 0)

	def test_a_name_may_begin_like_a_sum(self):
		found = read(as_text([["NIP", "Nama", "Tanggal"], [NIP, "Jumlahwati", "2026-11-24"]]))[0]
		self.assertEqual(len(found), 1)


class TestMonths(TestCase):
	def test_the_month_stands_above_or_is_said(self):
		for content, month in (
			([["Bulan: Nopember 2026"], *WIDE], None),
			(WIDE, date(2026, 11, 1)),
			([["NOVEMBER 2026"], *WIDE], date(2026, 11, 1)),
			([["NIP", "Nama", "23-11-2026", "24-11-2026"], WIDE[1]], None),
		):
			found = read(as_text(content), month=month)[0]
			self.assertEqual(
				[(row.day.isoformat(), row.status) for row in found],
				[("2026-11-23", "Present"), ("2026-11-24", "Home")],
			)

	def test_it_is_never_guessed(self):
		for content, month, message in (
			(WIDE, None, "Say it with --month"),
			([["Oktober 2026"], ["November 2026"], *WIDE], None, "Say it with --month"),
			([["Oktober 2026"], *WIDE], date(2026, 11, 1), "of 2026-10, and --month says 2026-11"),
		):
			with self.subTest(message), self.assertRaisesRegex(Unfit, message):
				read(as_text(content), month=month)

	def test_a_wrong_cell_spoils_no_other_day(self):
		found, _tally, _name, rejected = read(
			as_text([["November 2026"], WIDE[0], [NIP, "Ani", "???", "WFH"]])
		)
		self.assertEqual([row.status for row in found], ["Home"])
		self.assertEqual(kinds(rejected), [(3, "23", "unknown_word")])


class TestMachines(TestCase):
	def test_nothing_but_number_and_time_is_trusted(self):
		found, tally, name, rejected = read(
			"   7\t2026-11-24 07:30:00\t1\t5\t255\t0\r\nATTLOG\t007\t2026-11-24T16:00:00\r\n7,2026-11-24 12:00:00,1\r\n7 2026-11-24 07:30:00\r\n"
		)
		at = [datetime(2026, 11, 24, hour, minute) for hour, minute in ((7, 30), (16, 0), (12, 0))]
		self.assertEqual((name, found), ("zkteco", [Punch("7", moment) for moment in at]))
		self.assertEqual((tally.repeated, rejected), (1, []))

	def test_one_odd_punch_is_rejected_alone(self):
		lines = ["1\t2000-01-01 00:00:05\t1", "1\t2026-11-24 07:30:00\t1", "1\t2094-11-24 07:30:00\t1"]
		found, _tally, _name, rejected = read("\n".join(lines) + "\n")
		self.assertEqual(len(found), 1)
		self.assertEqual(kinds(rejected), [(1, "time", "long_ago"), (3, "time", "in_the_future")])


class TestTwice(TestCase):
	def test_the_same_twice_counts_once_and_something_else_is_rejected(self):
		row = [NIP, "Ani", "24/11/2026", "07:30", "16:00", "Hadir"]
		found, tally, _name, rejected = read(as_text([*LONG, row, row, [*row[:5], "Sakit"]]))
		self.assertEqual((len(found), tally.accepted, tally.repeated), (1, 1, 1))
		self.assertEqual([(each.row, each.wrong.expected) for each in rejected], [(4, "2")])

	def test_a_day_that_has_two_columns_counts_once(self):
		content = as_text(
			[
				["November 2026"],
				[*WIDE[0], "24"],
				[NIP, "Ani", "WFO", "WFH", "WFH"],
				[OTHER_NIP, "Budi", "", "WFO", "CUTI"],
			]
		)
		found, tally, _name, rejected = read(content)
		self.assertEqual([(row.who, row.day.day) for row in found], [(NIP, 23), (NIP, 24), (OTHER_NIP, 24)])
		self.assertEqual((tally.repeated, kinds(rejected)), (1, [(4, None, "told_differently")]))

	def test_a_tally_keeps_few_and_counts_all(self):
		rows = [[NIP, "Ani", f"{day}/13/2026", "", "", "Hadir"] for day in range(1, 9)]
		_found, tally, _name, rejected = read(as_text([*LONG, *rows]))
		self.assertEqual(
			(tally.counts, len(tally.first["no_such_day"]), len(rejected)), ({"no_such_day": 8}, 3, 8)
		)
