"""Who the demo agency consists of, and what each of them shows."""

from typing import NamedTuple

from mkd_hrms.constants import HR_MANAGER, HR_USER, OFFICER, SUITABLE

PUBLIC_SERVICE = "Public Service"
# Holidays whose date is the same every year: enough for a demo, not a calendar to work with.
HOLIDAYS = {
	(1, 1): "Tahun Baru Masehi",
	(5, 1): "Hari Buruh Internasional",
	(6, 1): "Hari Lahir Pancasila",
	(8, 17): "Hari Kemerdekaan",
	(12, 25): "Hari Raya Natal",
}
SECRETARIAT, BUREAU, COUNTERS, ARCHIVE = "Sekretariat", "Bidang Kinerja", "Loket Layanan", "Arsip Layanan"
# Unit, the unit above it, whether it serves the public face to face.
UNITS = ((SECRETARIAT, None, ""), (BUREAU, None, ""), (COUNTERS, None, "Yes"), (ARCHIVE, COUNTERS, "No"))
ANALYST, CLERK, NEW_POSITION = "Analis Kinerja", "Petugas Loket", "Pengelola Data"
HEAD, CHIEF, HR_ANALYST = "Kepala Badan", "Kepala Bidang", "Analis Kepegawaian"
VERDICTS = {
	HEAD: SUITABLE,
	CHIEF: SUITABLE,
	HR_ANALYST: SUITABLE,
	ANALYST: SUITABLE,
	CLERK: PUBLIC_SERVICE,
	NEW_POSITION: None,
}
OFTEN, ONCE, NEVER = "often", "once", "never"


class Somebody(NamedTuple):
	user: str
	full_name: str
	gender: str
	unit: str
	designation: str
	shows: str
	superior: str | None = "dedi"
	predicate: str | None = "Baik"
	absent: str = NEVER
	employment_type: str = "PNS"
	months_of_service: int = 80
	has_attendance: bool = True
	roles: tuple[str, ...] = ()


PEOPLE = (
	Somebody(
		"ratna", "Ratna Wulandari", "Female", SECRETARIAT, HEAD, "head of the agency", None, "Sangat Baik"
	),
	Somebody(
		"dedi", "Dedi Kurniawan", "Male", BUREAU, CHIEF, "the superior: approves", "ratna", "Sangat Baik"
	),
	Somebody(
		"siti",
		"Siti Rahmawati",
		"Female",
		SECRETARIAT,
		HR_ANALYST,
		"HR officer",
		"ratna",
		roles=(OFFICER, HR_USER, HR_MANAGER),
	),
	Somebody(
		"asep", "Asep Hidayat", "Male", BUREAU, ANALYST, "eligible, four days a week", predicate="Sangat Baik"
	),
	Somebody(
		"rina", "Rina Marlina", "Female", BUREAU, ANALYST, "absent once: three days a week", absent=ONCE
	),
	Somebody("budi", "Budi Santoso", "Male", BUREAU, ANALYST, "often absent: denied", absent=OFTEN),
	Somebody("lilis", "Lilis Suryani", "Female", COUNTERS, CLERK, "serves at the counter: denied"),
	Somebody("yayan", "Yayan Ruhiyat", "Male", ARCHIVE, ANALYST, "in a service unit, but not at the counter"),
	Somebody("cucu", "Cucu Nurhayati", "Female", BUREAU, NEW_POSITION, "position not classified: HR reviews"),
	Somebody(
		"euis", "Euis Komala", "Female", BUREAU, ANALYST, "weak result: denied", predicate="Butuh Perbaikan"
	),
	Somebody(
		"hendra", "Hendra Gunawan", "Male", BUREAU, ANALYST, "no result on record: HR reviews", predicate=None
	),
	Somebody(
		"fajar",
		"Fajar Ramadhan",
		"Male",
		BUREAU,
		ANALYST,
		"candidate, new",
		employment_type="CPNS",
		months_of_service=6,
	),
	Somebody(
		"nani", "Nani Suhartini", "Female", BUREAU, ANALYST, "no attendance on record", has_attendance=False
	),
	Somebody(
		"tatang",
		"Tatang Sutarman",
		"Male",
		BUREAU,
		ANALYST,
		"found no room in his unit: waits; an absence of his is to be confirmed",
	),
)
