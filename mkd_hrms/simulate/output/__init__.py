"""What leaves the command.

language.py        sentences, dates and numbers in the reader's language
files.py           each file written whole or not at all
policy_numbers.py  a policy's numbers with unit and source
"""
