"""Workbooks that were cut, bent, or built to harm: bombs, lies about sizes, parts of other places."""

import io
import re
import zipfile
from random import Random

SHEET, STRINGS, BOOK, STYLES = (
	"xl/worksheets/sheet1.xml",
	"xl/sharedStrings.xml",
	"xl/workbook.xml",
	"xl/styles.xml",
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "haha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY out SYSTEM "file://{secret}">]>'
ATTRIBUTES = {
	"r": ("A0", "ZZZZ1", "1A", "XFE2", "A1048577", "", "-1", "99999999999", "1.5", "x"),
	"t": ("s", "b", "d", "e", "str", "n", "inlineStr", "x"),
	"s": ("0", "99999", "-1", "x"),
	"ref": ("A1", "A1:XFD1048576", "x", "B7:A1"),
	"spans": ("1:99999", "x"),
}
TEXTS = (
	"-1",
	"99999999",
	"1e999",
	"nan",
	"",
	"x",
	"2026-13-01",
	"1E+400",
	"999999",
	"&amp;",
	"=1+1",
	"0.1" * 40,
)


def mutated_content(random: Random, content: bytes, secret: str) -> bytes:
	"""Any workbook, changed so."""
	for _change in range(random.choice((1, 1, 2))):
		change = random.choice(
			(broken_bytes, broken_bytes, _element, _element, _element, _markup, _parts, _bomb, _lie)
		)
		content = change(random, content, secret)
	return content


def _parts_of(content: bytes) -> dict[str, bytes] | None:
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as book:
			return {name: book.read(name) for name in book.namelist()}
	except Exception:
		# What is broken already is only broken further.
		return None


def _packed(parts: dict[str, bytes]) -> bytes:
	target = io.BytesIO()
	with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
		for name, text in parts.items():
			book.writestr(name, text)
	return target.getvalue()


def broken_bytes(random, content, _secret):
	"""Cut off, or with other bytes here and there."""
	if random.random() < 0.3:
		return content[: random.randrange(len(content) + 1)]
	changed = bytearray(content)
	for _byte in range(random.randint(1, 6)):
		if changed:
			changed[random.randrange(len(changed))] = random.randrange(256)
	return bytes(changed)


def _element(random, content, _secret):
	"""Another value in an attribute or a text of the sheet, or in what it names."""
	parts = _parts_of(content)
	if not parts:
		return content
	part = random.choice(
		[name for name in (SHEET, SHEET, SHEET, STRINGS, BOOK, STYLES) if name in parts] or list(parts)
	)
	text = parts[part].decode("utf-8", "replace")
	for _times in range(random.randint(1, 4)):
		name, values = random.choice(list(ATTRIBUTES.items()))
		pattern, value = random.choice(
			((rf'(?<=\s{name}=")[^"]*', random.choice(values)), (r"(?<=<v>)[^<]*", random.choice(TEXTS)))
		)
		if places := [found.span() for found in re.finditer(pattern, text)]:
			start, end = random.choice(places)
			text = text[:start] + value + text[end:]
	return _packed(parts | {part: text.encode()})


def _markup(random, content, secret):
	"""Entities, and tags that are missing, doubled or nested."""
	parts = _parts_of(content)
	if not parts:
		return content
	part = random.choice([name for name in (SHEET, STRINGS, BOOK, STYLES) if name in parts] or list(parts))
	text = parts[part].decode("utf-8", "replace")
	what = random.randrange(5)
	if what < 2:
		head, said = ((BOMB, "&l9;"), (OUTSIDE.format(secret=secret), "&out;"))[what]
		text = re.sub(r"<\?xml[^>]*\?>", "", text)
		text = head + re.sub(r"(<t>|<v>|<t [^>]*>)[^<]*", rf"\g<1>{said}", text, count=3)
	elif what == 2:
		text = "<a>" * 5000 + text
	elif what == 3:
		text = text.replace("</c>", "", 1).replace("<row", "<row><row", 1)
	else:
		text = re.sub(r"<v>[^<]*</v>", "<f>1+1</f>", text)
	return _packed(parts | {part: text.encode()})


def _parts(random, content, secret):
	"""Parts that are missing, that stand in other places, or that are none."""
	parts = _parts_of(content)
	if not parts:
		return content
	what = random.randrange(5)
	if what == 0:
		parts.pop(random.choice(list(parts)))
	elif what == 1:
		parts |= {"../../../tmp/out.txt": b"x", "/etc/out": b"x", "xl/../../x": b"y"}
	elif what == 2:
		name = random.choice(list(parts))
		parts[name] = random.choice(
			(b"", b"<", random.randbytes(500), parts[SHEET] if SHEET in parts else b"x")
		)
	elif what == 3:
		links = {name: text for name, text in parts.items() if name.endswith(".rels")}
		target = random.choice((f"file://{secret}", "../../../../etc/passwd", "", "http://localhost:9/x"))
		parts |= {
			name: re.sub(rb'Target="[^"]*"', f'Target="{target}"'.encode(), text)
			for name, text in links.items()
		}
	else:
		parts |= {f"xl/media/{number}.bin": b"" for number in range(300)}
	return _packed(parts)


def _bomb(random, content, _secret):
	"""A small file that unpacks to much: texts, cells of one row, rows, shared texts, looks."""
	parts = _parts_of(content)
	if not parts or SHEET not in parts:
		return content
	much = random.choice((1 << 20, 6 << 20, 24 << 20))
	what = random.randrange(6)
	sheet = parts[SHEET].decode("utf-8", "replace")
	if what == 0:
		parts[SHEET] = sheet.replace("<v>", "<v>" + "9" * much, 1).encode()
	elif what == 1:
		parts[SHEET] = sheet.replace("</row>", "<c/>" * (much // 4) + "</row>", 1).encode()
	elif what == 2:
		parts[SHEET] = sheet.replace("</sheetData>", "<row/>" * (much // 24) + "</sheetData>", 1).encode()
	elif what == 3 and STRINGS in parts:
		strings = parts[STRINGS].decode("utf-8", "replace")
		parts[STRINGS] = strings.replace("</sst>", "<si/>" * (much // 5) + "</sst>").encode()
	elif what == 4 and STRINGS in parts:
		strings = parts[STRINGS].decode("utf-8", "replace")
		parts[STRINGS] = strings.replace("</sst>", f"<si><t>{'x' * much}</t></si></sst>").encode()
	else:
		parts[STYLES] = parts.get(STYLES, b"<styleSheet/>").replace(
			b"</styleSheet>", b"<a/>" * (much // 4) + b"</styleSheet>"
		)
	return _packed(parts)


def _lie(random, content, _secret):
	"""A table of contents that states other sizes, names and ways of packing than there are."""
	changed = bytearray(content)
	marks = [found.start() for found in re.finditer(rb"PK\x01\x02", content)]
	if marks:
		at = random.choice(marks)
		# The way of packing, flags, packed and unpacked size, and where the part begins.
		place, size = random.choice(((10, 2), (8, 2), (20, 4), (24, 4), (42, 4)))
		changed[at + place : at + place + size] = random.choice(
			(b"\xff" * size, bytes(size), random.randbytes(size))
		)
	return bytes(changed)
