"""What the rules answered, and how it is kept and read.

evaluate.py  asks the rules about a person
records.py   decisions as they are kept, with what they rested on
reasons.py   who may read the reasons, and how they read (P3)
"""
