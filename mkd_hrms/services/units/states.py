"""The states of a place on the waiting list (rule W6)."""

# He waits; he was told of a free place; he has applied for it; it came to nothing, or the date has begun.
WAITING, TOLD, TAKEN, ENDED = "Waiting", "Told", "Taken", "Ended"
OPEN = (WAITING, TOLD)
