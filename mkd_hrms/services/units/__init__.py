"""The unit, which has to serve the public while some of it work away.

registers.py         what is laid down for units, kept between two changes
messages.py          what is told where there is no room
overview.py          how much room the units of a company have, for a report
coverage.py          how much room a unit has left: a hint for who applies, a refusal of one too many (W5)
board.py             who of some units is where, with the room of each unit (W5, P3)
calendar_feed.py     links under which a calendar program reads MKD days
fair_order.py        who comes first where more ask than have room: not passed over in silence (W6)
fair_order_shown.py  the same in words, for who decides and for the applicant (P3)
fairness.py          how alike the people of a unit were treated (W6)
waiting_list.py      who found no room, and is told when there is some (W6)
states.py            of a place on that list
"""
