"""What slips, programs and people of ill will make of a text file: each change drawn from a seeded generator."""

from random import Random

HEADINGS = (
	*(
		'it\'s "so"',
		"a;b",
		"'); DROP TABLE x; --",
		"_row",
		"select",
		"ORDER BY 1",
		"{'name': 'VARCHAR'}",
		"c0",
	),
	*(
		"back\\slash",
		"név\u00a0\u202e",
		"*",
		"read_text('/etc/passwd')",
		"\x1b[2J",
		"",
		"~",
		"Column Name:",
		"name",
	),
)
CELLS = (
	*(
		"=1+1",
		"=cmd|' /C calc'!A0",
		"@SUM(A1)",
		"+1",
		"-",
		"<script>alert(1)</script>",
		"{{ 7*7 }}",
		"%s{0}{value}",
	),
	*(
		"1e999",
		"nan",
		"-inf",
		"9" * 40,
		"0.1e-400",
		"-0",
		"105,5",
		"7.000",
		"0x10",
		"\uff11\uff12",
		"TRUE",
		"1_000",
	),
	*(
		"9999-99-99",
		"0000-00-00",
		"2026-02-30",
		"2026-12-25T99:99",
		"2026-12-25 00:00",
		"294247-01-10",
		"today",
	),
	*(
		"\u202egnp.exe",
		"\u200b",
		"\ufeff",
		"😀" * 50,
		"\x1b]0;x\x07",
		"a\x00b",
		"\\N",
		"NULL",
		"",
		" ",
		"'",
		'"',
		"''",
	),
	*(
		"199001012015032001",
		"1.99001012015032E+17",
		"E1 ",
		"e1",
		"' OR 1=1 --",
		"$1",
		"$$",
		"../../etc/passwd",
		"E1",
	),
)
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp037", "utf-8-sig", "utf-7")
LINE_ENDS = ("\r\n", "\r", "\n\n", "\u2028", "\x0b", "\n\r", "")
NAMED = (
	"sep=;",
	'sep="',
	"sep=\t",
	"sep= ",
	"sep=\\",
	"sep=é",
	"sep=\x01",
	"sep='",
	"sep=n",
	"sep=\x00",
	"sep=",
)


def mutated_text(random: Random, content: bytes, secret: str) -> bytes:
	"""A text file after one to three changes; `secret` is the path of a file that nobody may read."""
	for _change in range(random.choice((1, 1, 1, 2, 3))):
		content = random.choice(CHANGES)(random, content, secret)
	return content


def _lines(content: bytes) -> list[str]:
	return content.decode("utf-8", "replace").split("\n")


def _flip(random, content, _secret):
	changed = bytearray(content or b"x")
	for _byte in range(random.randint(1, 8)):
		changed[random.randrange(len(changed))] = random.randrange(256)
	return bytes(changed)


def _cut(random, content, _secret):
	return content[: random.randrange(len(content) + 1)]


def _splice(random, content, _secret):
	start, end = sorted(random.randrange(len(content) + 1) for _side in "ab")
	return content[:end] + content[start:] if random.random() < 0.5 else content[:start] + content[end:]


def _noise(random, _content, _secret):
	return random.randbytes(random.choice((1, 100, 5000)))


def _encode(random, content, _secret):
	encoded = content.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace")
	return encoded[: len(encoded) - random.choice((0, 0, 1))]


def _end_lines(random, content, _secret):
	return content.decode("utf-8", "replace").replace("\n", random.choice(LINE_ENDS)).encode()


def _part(random, content, _secret):
	return content.replace(b",", random.choice((b";", b"\t", b"|", b",,", b" ", b'","', b"")))


def _name_delimiter(random, content, _secret):
	return random.choice(NAMED).encode() + b"\n" + content


def _heading(random, content, secret):
	header, *rows = _lines(content)
	names = header.split(",")
	what = random.choice((*HEADINGS, f"read_text('{secret}')", f"') AS x FROM read_text('{secret}') --"))
	quoted = '"' + what.replace('"', '""') + '"' if random.random() < 0.7 else what
	place = random.randrange(len(names))
	names[place : place + random.randint(0, 1)] = [quoted] * random.choice((1, 1, 2, 300))
	return "\n".join([",".join(names), *rows]).encode()


def _cell(random, content, secret):
	lines = _lines(content)
	for _times in range(random.randint(1, 6)):
		row = random.randrange(len(lines))
		cells = lines[row].split(",")
		what = random.choice((*CELLS, secret, f"=WEBSERVICE('file://{secret}')"))
		cells[random.randrange(len(cells))] = '"' + what.replace('"', '""') + '"' if "," in what else what
		lines[row] = ",".join(cells)
	return "\n".join(lines).encode()


def _long_cell(random, content, _secret):
	lines = _lines(content)
	row, size = random.randrange(len(lines)), random.choice((300, 70_000, 140_000, 1_100_000))
	sign = random.choice(("x", "9", " ", '""', "é"))
	return "\n".join(
		[*lines[:row], lines[row] + "," + sign * (size // len(sign)), *lines[row + 1 :]]
	).encode()


def _quote(random, content, _secret):
	changed = bytearray(content)
	for _quote in range(random.choice((1, 2, 9))):
		changed.insert(random.randrange(len(changed) + 1), ord('"'))
	return bytes(changed)


def _lines_about(random, content, _secret):
	lines = _lines(content)
	what = random.randrange(6)
	if what == 0:
		random.shuffle(lines)
	elif what == 1:
		lines = lines[1:]
	elif what == 2:
		lines = lines[:1]
	elif what == 3:
		lines = lines * 3
	elif what == 4:
		lines = [*lines, *lines[-2:-1] * 2000]
	else:
		lines = ["", "", *lines, ",,,,,,", "", ";;;"]
	return "\n".join(lines).encode()


def _wider(random, content, _secret):
	"""More columns than anybody has."""
	count = random.choice((50, 2000, 20_000))
	return "\n".join(line + "," * count for line in _lines(content)).encode()


def _exported(random, content, _secret):
	"""As the Desk exports data, or nearly."""
	header, *rows = _lines(content)
	named = random.choice(("Column Name:", "Kolom Nama:", "Column Name"))
	lines = ["Data Import Template", f"{named},{header},~,name", "x,y", "", *(f",{row},1" for row in rows)]
	return "\n".join(lines[random.randint(0, 2) :]).encode()


CHANGES = (
	*(_flip, _cut, _splice, _noise, _encode, _end_lines, _part, _name_delimiter, _heading, _heading),
	*(_cell, _cell, _cell, _long_cell, _quote, _lines_about, _wider, _exported),
)
