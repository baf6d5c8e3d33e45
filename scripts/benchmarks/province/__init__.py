"""What people wait for at the size and the age of an agency: a set that the app itself wrote, multiplied, and measured.

size.py        how many employees, how many months; standard library only
mix.py         how often each story happens, in one table; standard library only
stage.py       where the stories are played: a web server with a clock, people with browsers, the scheduler
stories.py     what happens in them, day by day
capture.py     which rows of which tables a story left behind
values.py      the value of a copied row, as SQL: names, people, dates
people.py      who works in the province: heads, superiors, units, and their attendance
copying.py     a statement per table that makes the rows of all from those of a few
filling.py     people, weeks, running numbers, sizes of tables: the whole province
faithful.py    whether a copy is what the app writes when the same happens to him
visitors.py    who looks at it, each in a browser
desk.py        what the Desk asks for, by kind of page
looking.py     asks it over HTTP, again and again
jobs.py        every job of an ordinary day, and mkd-audit
night.py       the evaluation by one worker and by two
crowd.py       a crowd on Monday, beside HRMS's requests
concluding.py  what follows, worst answers first; standard library only
running.py     fills, keeps and measures from outside the bench; standard library only
"""
