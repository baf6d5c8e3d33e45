"""Two people of one unit exchange an MKD day each, or one hands his day over to the other (rule W14).

states.py     which state follows which, and what nobody may touch
actors.py     who may act on a swap
sides.py      the two sides: which day each gives, and which date each takes
procedure.py  what a swap must be, and what follows from a move; open ones end with their days
exchange.py   gives both days back and books the new ones, in one transaction
messages.py   who learns of it
"""
