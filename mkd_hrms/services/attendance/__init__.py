"""Attendance on MKD days.

writer.py    its single writer (D6)
checkins.py  what a check-in says (D1)
"""
