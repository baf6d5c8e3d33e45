"""What becomes of approved days before their date; the rows themselves stand in `ledger`, the date in `day`.

withdrawal.py     given back, revoked, expired undecided
stopped_patterns.py  a weekly pattern that the superior ends (W2)
recall.py         taken back by the superior (W9)
from_the_board.py what may be done about a day from the coverage board
superseding.py    leave, trips, training and holidays come first (W10, W11)
new_calendars.py  another holiday list or shift declares them off (W11)
office_days.py    a whole unit stays in the office (W7)
opening_again.py  what had given way is over when the leave is cancelled (W10, D6)
recheck.py        judged again together with their person (W12)
day_changes.py    what a re-check found
apply_changes.py  carries it out
messages.py       tells of it
"""
