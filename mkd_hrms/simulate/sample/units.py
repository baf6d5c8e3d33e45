"""The unit tree of an invented province, and the posts in it."""

from __future__ import annotations

from dataclasses import dataclass, field

ABBREVIATION = "PPC"
COMPANY = "Pemerintah Provinsi Contoh"
ROOT = f"Semua Unit - {ABBREVIATION}"

# By designation: what the suitability register says about it; None means that nobody has classified it yet.
VERDICTS = {
	"Analis Kebijakan": "Suitable",
	"Analis SDM Aparatur": "Suitable",
	"Arsiparis": "Suitable",
	"Auditor": "Suitable",
	"Kepala": "Suitable",
	"Penelaah Teknis Kebijakan": "Suitable",
	"Pengadministrasi Perkantoran": "Suitable",
	"Penyusun Naskah": "Suitable",
	"Perancang Peraturan Perundang-undangan": "Suitable",
	"Perencana": "Suitable",
	"Pranata Hubungan Masyarakat": "Suitable",
	"Pranata Komputer": "Suitable",
	"Dokter": "Public Service",
	"Perawat": "Public Service",
	"Petugas Loket": "Public Service",
	"Pengemudi": "Not Suitable",
	"Polisi Pamong Praja": "Not Suitable",
	"Pengelola Layanan Operasional": None,
}
OFFICE_WORK = tuple(name for name, verdict in VERDICTS.items() if verdict == "Suitable" and name != "Kepala")


@dataclass(slots=True)
class Unit:
	"""A unit: what serves the public face to face is marked Yes, a back office below it No."""

	label: str
	echelon: str
	parent: Unit | None = None
	public_service: str = ""
	staff: tuple[str, ...] = OFFICE_WORK
	six_days: bool = False
	children: list[Unit] = field(default_factory=list)

	@property
	def name(self) -> str:
		return f"{self.label} - {ABBREVIATION}"

	@property
	def is_open(self) -> bool:
		"""Whether its people may work away as far as the unit is concerned."""
		if self.public_service:
			return self.public_service == "No"
		return self.parent is None or self.parent.is_open

	def add(self, label: str, echelon: str, **details) -> Unit:
		unit = Unit(label, echelon, self, **details)
		self.children.append(unit)
		return unit

	def with_all_below(self) -> list[Unit]:
		return [self, *(unit for child in self.children for unit in child.with_all_below())]


# Abbreviation, name, and the divisions of each perangkat daerah; the smallest sample has the first six.
OFFICES = (
	("BKD", "Badan Kepegawaian Daerah", ("Mutasi", "Pengembangan Karier", "Kinerja dan Disiplin")),
	("Bapenda", "Badan Pendapatan Daerah", ("Perencanaan Pendapatan", "Pajak Daerah", "Pengendalian")),
	("Dinkes", "Dinas Kesehatan", ("Kesehatan Masyarakat", "Pelayanan Kesehatan", "Sumber Daya Kesehatan")),
	("DPMPTSP", "Dinas Penanaman Modal dan PTSP", ("Promosi", "Data dan Informasi", "Pengaduan")),
	("Satpol PP", "Satuan Polisi Pamong Praja", ("Ketertiban Umum", "Penegakan Perda", "Linmas")),
	("Bappeda", "Badan Perencanaan Pembangunan Daerah", ("Ekonomi", "Infrastruktur", "Pemerintahan")),
	("Diskominfo", "Dinas Komunikasi dan Informatika", ("Aplikasi", "Statistik", "Persandian")),
	("Inspektorat", "Inspektorat Daerah", ("Pengawasan I", "Pengawasan II", "Pengawasan III")),
	("BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah", ("Anggaran", "Perbendaharaan", "Aset")),
	("Disdik", "Dinas Pendidikan", ("Pembinaan SMA", "Pembinaan SMK", "Guru dan Tenaga Kependidikan")),
	("Dinsos", "Dinas Sosial", ("Rehabilitasi Sosial", "Jaminan Sosial", "Pemberdayaan Sosial")),
	("DLH", "Dinas Lingkungan Hidup", ("Tata Lingkungan", "Pengendalian Pencemaran", "Konservasi")),
	("Dishub", "Dinas Perhubungan", ("Lalu Lintas", "Angkutan", "Pelayaran")),
	("Dispusipda", "Dinas Perpustakaan dan Kearsipan", ("Perpustakaan", "Kearsipan", "Pengolahan")),
	("Disnaker", "Dinas Tenaga Kerja", ("Penempatan", "Hubungan Industrial", "Pelatihan")),
	("DKPP", "Dinas Ketahanan Pangan", ("Ketersediaan Pangan", "Distribusi", "Keamanan Pangan")),
)
# Face-to-face units, each with a back office: office, name, who works there, six days a week or five.
COUNTERS = (
	("Bapenda", "Samsat Kota Utara", ("Petugas Loket",), True),
	("Bapenda", "Samsat Kota Selatan", ("Petugas Loket",), True),
	("Dinkes", "RSUD Harapan Contoh", ("Dokter", "Perawat", "Perawat"), True),
	("DPMPTSP", "Mal Pelayanan Publik", ("Petugas Loket",), False),
)


def make_tree(employees: int) -> Unit:
	"""The tree for a sample of this size: at most one unit for four people."""
	root = Unit("Semua Unit", "")
	_add_secretariat(root)
	# Not every UPTD is a counter: this one works for other offices.
	competence = "UPTD Penilaian Kompetensi"
	for short, label, divisions in OFFICES[: max(6, min(len(OFFICES), employees // 50))]:
		staff = (
			("Polisi Pamong Praja", "Pengadministrasi Perkantoran") if short == "Satpol PP" else OFFICE_WORK
		)
		office = root.add(label, "II.a", staff=staff)
		office.add(f"Sekretariat {short}", "III.a")
		for division in divisions:
			unit = office.add(f"Bidang {division} {short}", "III.a", staff=staff)
			if employees >= 400:
				unit.add(f"Seksi Program {division} {short}", "IV.a", staff=staff)
				unit.add(f"Seksi Evaluasi {division} {short}", "IV.a", staff=staff)
		if short == "BKD":
			office.add(competence, "III.b").add(f"Subbagian Tata Usaha {competence}", "IV.b")
		for name, counter_staff, six_days in (row[1:] for row in COUNTERS if row[0] == short):
			_add_counter(office, name, counter_staff, six_days)
	return root


def _add_secretariat(root: Unit) -> None:
	secretariat = root.add("Sekretariat Daerah", "I.b")
	for name in ("Biro Organisasi", "Biro Hukum dan HAM", "Biro Administrasi Pimpinan"):
		biro = secretariat.add(name, "II.b")
		biro.add(f"Bagian Tata Usaha {name}", "III.a").add(f"Subbagian Kepegawaian {name}", "IV.a")


def _add_counter(office: Unit, name: str, staff: tuple[str, ...], six_days: bool) -> None:
	counter = office.add(f"UPTD {name}", "III.b", public_service="Yes", staff=staff, six_days=six_days)
	counter.add(f"Subbagian Tata Usaha {name}", "IV.b", public_service="No", six_days=six_days)
