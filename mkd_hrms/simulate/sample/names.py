"""Names and numbers of invented people. None of them is a real person's."""

from __future__ import annotations

from datetime import date
from random import Random

MEN = (
	"Agus Ahmad Asep Bambang Budi Cecep Dadang Deden Dedi Eko Fajar Galih Hendra Iman Indra Irfan Joko Kurnia "
	"Lukman Maman Nanang Oki Pandu Rizal Rudi Slamet Taufik Ujang Wahyu Yayan Yusuf Zainal"
).split()
WOMEN = (
	"Ai Ani Ayu Cucu Dewi Dian Eka Elis Euis Fitri Ida Imas Intan Kartika Lestari Lilis Maya Nani Neng Nia "
	"Novi Nurul Putri Rahma Rani Ratna Rina Sari Siti Tuti Wulan Yanti"
).split()
FAMILY = (
	"Abdurahman Firmansyah Gunawan Hadi Hakim Hamdani Handayani Hartono Hermawan Hidayat Hutagalung Iskandar "
	"Kartadinata Kusnadi Kusuma Maulana Mulyana Nasution Nugraha Permana Pratama Purnama Rahayu Ramdani "
	"Rohimat Saefudin Saputra Setiawan Simanjuntak Sopandi Suherman Sukmana Supriatna Suryana Susanti "
	"Sutisna Wibowo Wijaya Winarti Yulianti"
).split()
DEGREES = ("", "", "", ", S.E.", ", S.H.", ", S.IP.", ", S.Kom.", ", S.Sos.", ", S.T.", ", A.Md.", ", M.Si.")


def full_name(random: Random, woman: bool) -> str:
	"""A given name, perhaps a second one, a family name, perhaps a degree."""
	given = WOMEN if woman else MEN
	names = [random.choice(given), random.choice(FAMILY)]
	if random.random() < 0.4:
		names.insert(1, random.choice(FAMILY))
	return " ".join(dict.fromkeys(names)) + random.choice(DEGREES)


def civil_servant_number(born: date, appointed: date, woman: bool, serial: int) -> str:
	"""A NIP: birth date, month of appointment, sex, serial number; 18 digits."""
	return f"{born:%Y%m%d}{appointed:%Y%m}{1 + woman}{serial % 1000:03d}"
