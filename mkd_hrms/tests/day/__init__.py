"""The date itself: check-ins, attendance, places, outages, and what payroll makes of it."""
