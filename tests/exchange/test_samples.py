"""A file of every system, as an office would hand it in: what is sound is taken, and what is not is answered in words."""

import re

import pytest
from mkd_exchange import ALL, SAMPLES, read_path
from mkd_support import ROOT

from mkd_hrms.exchange.rejections import REASONS
from mkd_hrms.simulate.output.language import language

# How many rows each sound file holds.
ROWS = {
	**{"trk-activities": 3, "trk-month": 2, "kmob": 4, "recap-long": 3, "recap-wide": 6, "recap-pairs": 8},
	**{"ekinerja": 4, "siasn-discipline": 3, "siasn-talent": 2, "zkteco": 4},
	"kmob-schedule": 3,
}
# Each wrong one: row, column, what it says, and how it begins to tell why.
WRONG = {
	"trk-activities": [
		(2, "nip", "1,97504E+17 was a number in a spreadsheet"),
		(3, "tanggal", "11/24/2026 is a day that the calendar does not have"),
		(4, "jam_mulai", "7.5 is no time in the form of the profile; expected one like 07:30 / 07.30"),
		(5, "jam_selesai", "09:00 comes before 10:30"),
		(6, "volume", "1,2.5 is no number in the form of the profile; expected one like 1.234,5"),
		(6, "waktu_menit", "sembilan puluh is no number"),
		(6, "status", "Oke is not known here; known are Disetujui, Diterima"),
		(7, "waktu_menit", "-90 is no whole number from 0 on"),
		(7, "aktivitas", "nothing stands here"),
		(8, "tanggal", "24/11/2027 lies after 2026-11-30"),
	],
	"trk-month": [
		(2, "bulan", "13 is no month"),
		(3, "menit_aktivitas", "64800 is out of bounds; expected 0 - 44640"),
		(4, "menit_aktivitas", "nothing stands here"),
		(5, "tahun", "3026 is out of bounds"),
	],
	"kmob": [
		(2, "jenis", "Bolos is not known here; known are WFO"),
		(3, "jam_pulang", "25:04 is no time"),
		(4, "nip", "199013012015032001 is no NIP: its first eight digits"),
		(5, "nip", "199001012015132001 is no NIP: digits 9 to 14"),
		(6, "nip", "199001012015033001 is no NIP: digit 15"),
		(7, "nip", "3204010101900001 is no NIP; expected 18 digits"),
		(8, "lat_masuk", "96.9 is out of bounds"),
		(9, None, "the row has 10 fields, but the header has 9"),
		(10, "tanggal", "1999-01-01 lies before 2016-11-30"),
		(12, None, "row 11 says something else of the same person and time"),
	],
	"kmob-schedule": [
		(2, "moda_kerja", "WFO is not known here; known are WFH, KDH"),
		(3, "tanggal_mkd", "31 Juni 2027 is a day that the calendar does not have"),
		(5, None, "row 4 says something else of the same person and time"),
	],
	"recap-long": [
		(2, "Tanggal", "2026-02-30 is a day that the calendar does not have"),
		(3, "Koordinat", "Gedung Sate is no place"),
		(4, "NIP", "nothing stands here"),
	],
	"recap-wide": [
		(4, "30", "XYZ is not known here"),
		(4, "31", "31 is a day that the calendar does not have"),
	],
	"recap-pairs": [(3, "2026-11-23", "12.61 is no time")],
	"ekinerja": [
		(2, "bulanSelesaiPenilaian", "2026-03-31 comes before 2026-04-01"),
		(
			3,
			"kuadranKinerja",
			"CUKUP is not known here; known are Sangat Baik, Baik, Butuh Perbaikan, Kurang",
		),
		(4, "kuadranKinerja", "nothing stands here"),
	],
	"siasn-discipline": [
		(2, "akhir hukuman", "2026-01-09 comes before 2026-01-10"),
		(3, "tingkat hukuman", "Sangat Berat is not known here"),
	],
	"siasn-talent": [(2, "box", "10 is out of bounds; expected 1 - 9"), (3, "box", "2,5 is no whole number")],
	"zkteco": [
		(2, "PIN", "A7 is no number of a person in a machine"),
		(3, "time", "2000-01-01 00:03:12 lies before"),
		(4, "time", "2027-11-23 07:21:14 lies after"),
		(5, None, "1\N{REPLACEMENT CHARACTER}23/11/2026 7:21"),
		(6, "time", "2026-11-23 27:21:14 is no time"),
	],
}
NAMES = [profile.name for profile in ALL]


def sample(folder, name):
	(path,) = (SAMPLES / folder).glob(f"{name}.*")
	return path


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_file_is_taken_as_a_whole(name):
	found, tally, profile, rejected = read_path(sample("good", name))
	assert (profile, len(found), rejected) == (name, ROWS[name], [])
	assert tally.notes == []


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_value_is_told_with_its_place_and_reason(name):
	_found, _tally, profile, rejected = read_path(sample("bad", name))
	assert profile == name
	assert [(each.row, each.column) for each in rejected] == [place[:2] for place in WRONG[name]]
	for each, (_row, _column, reason) in zip(rejected, WRONG[name], strict=True):
		assert each.reason(language()).startswith(reason)


def test_what_the_samples_say_of_absence_with_permission():
	found = read_path(sample("good", "kmob"))[0]
	assert [row.status for row in found] == ["Present", "Home", "Permitted", "On Duty"]


def test_every_reason_is_translated_with_its_advice():
	for reason, advice in REASONS.values():
		for sentence in (reason, advice):
			translated = language("id").translate(sentence)
			assert translated != sentence
			assert sorted(re.findall(r"\{\w+\}", translated)) == sorted(re.findall(r"\{\w+\}", sentence))


def test_every_title_is_translated():
	assert [profile.name for profile in ALL if language("id").translate(profile.title) == profile.title] == []


def test_the_samples_name_nobody_by_address():
	text = "".join(path.read_text() for path in SAMPLES.rglob("*.csv"))
	assert set(re.findall(r"@([\w.]+)", text)) | set(re.findall(r"https://([\w.]+)", text)) == {
		"contoh.example"
	}


def test_the_docs_hold_every_reason_profile_and_heading():
	docs = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
	for kind, (reason, advice) in REASONS.items():
		assert f"| `{kind}` | {reason} | {advice} |" in docs
	for profile in ALL:
		section = docs.split(f"### {profile.name}: {profile.title}\n", 1)[1].split("\n#", 1)[0]
		for name, headings in profile.columns.items():
			assert f"| {', '.join(headings)} | {name} |" in section
		assert all(f"[{mark}]" in section for mark in profile.trust.split())
