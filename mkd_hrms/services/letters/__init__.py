"""Letters in the form of the agency: what they say, and the register of them. The page is templates/letters/letter.html.

kinds.py          which letters there are, and of what they come
letter.py         what every letter consists of, and in which language
signature.py      who signs it, in which words and in which way
days.py           the days of a request that a letter is about
register.py       a letter is entered, found, revoked; what may be written into it by hand
numbering.py      its number: by a template or typed in, and never twice
issuing.py        who may issue which letter, and what follows
periods.py        letters about a period: who may issue a sheet or a recap, and what follows
signed_file.py    the signed PDF that comes back
check.py          the picture on it, and what a stranger is told
of_request.py     what became of an application: refusal, permit, assignment, revocation
of_measure.py     a warning, a suspension
of_objection.py   what was decided about an objection
of_circular.py    days by circular
of_report.py      daily reports that were verified, of one day or of a period
of_recap.py       the month of a unit, in numbers
of_entry.py       any of them, from its entry in the register
retold.py         a sentence that was stored in another language, said in that of letters
"""
