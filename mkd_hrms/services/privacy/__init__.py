"""Personal data (P4): who read it, how long it stays, and what somebody is given of his own.

access_log.py          a line for every reading of what is sensitive
files.py               no second way to a file of a record that somebody may not read
retention.py           coordinates rounded, evidence deleted after its time
old_logs.py            what the platform's Log Settings clear
error_texts.py         errors that are logged hold no position
personal_data_file.py  all that is stored about a person, as a file for him
"""
