"""Which files may be evidence of work (rule D4): documents and pictures that are what their name says, and nothing that runs."""

from __future__ import annotations

import io
import zipfile
from enum import Enum

PDF, ZIP, OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a file of each kind begins with; text begins with anything.
BEGINS: dict[str, tuple[bytes, ...]] = {
	"pdf": (PDF,),
	"png": (b"\x89PNG\r\n\x1a\n",),
	"jpg": (b"\xff\xd8\xff",),
	"jpeg": (b"\xff\xd8\xff",),
	"gif": (b"GIF87a", b"GIF89a"),
	"webp": (b"RIFF",),
	**dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), (ZIP,)),
	**dict.fromkeys(("doc", "xls", "ppt"), (OLE,)),
	**dict.fromkeys(("txt", "csv", "dat"), ()),
}
# What a browser or a system would run or draw, wherever it stands in a text or at the head of a picture.
ACTIVE = (
	b"<html",
	b"<script",
	b"<svg",
	b"<!doctype",
	b"<iframe",
	b"<body",
	b"<?php",
	b"<?xml",
	b"javascript:",
)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa")
# Parts of an office document that hold a program.
MACROS = ("vbaproject.bin", "/scripts/", "activex")


class Unsafe(str, Enum):
	"""Why a file is not taken."""

	KIND = "Kind"
	DISGUISED = "Disguised"
	ACTIVE = "Active"


def kind_of(name: str) -> str:
	"""The extension of a file's name, in small letters; empty without one."""
	_stem, dot, extension = name.rpartition(".")
	return extension.strip().lower() if dot else ""


def unsafe(name: str, content: bytes) -> Unsafe | None:
	"""Why a file may not be evidence, by its name first and by what it really holds then; None when it may."""
	kind = kind_of(name)
	if kind not in BEGINS:
		return Unsafe.KIND
	begins = BEGINS[kind]
	if begins and not content.startswith(begins):
		return Unsafe.DISGUISED
	if not begins and (b"\x00" in content or content.startswith(PROGRAMS)):
		return Unsafe.DISGUISED
	if ZIP in begins:
		return _unsafe_package(content)
	if kind not in ("pdf", *_office()) and _is_active(content):
		return Unsafe.ACTIVE
	return None


def _office() -> tuple[str, ...]:
	return tuple(kind for kind, begins in BEGINS.items() if OLE in begins)


def _is_active(content: bytes) -> bool:
	"""Markup in a text or a picture: a browser that guesses would run it."""
	lowered = content.lower()
	return any(word in lowered for word in ACTIVE)


def _unsafe_package(content: bytes) -> Unsafe | None:
	"""An office document is a package with a table of contents; one with macros runs, and any other package hides files."""
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as package:
			names = [name.lower() for name in package.namelist()]
	except zipfile.BadZipFile:
		return Unsafe.DISGUISED
	if not {"[content_types].xml", "mimetype"} & set(names):
		return Unsafe.DISGUISED
	if any(macro in f"/{name}" for name in names for macro in MACROS):
		return Unsafe.ACTIVE
	return None
