"""Letters in the form of the agency: what they say. The page itself is templates/letters/letter.html.

letter.py      what every letter consists of, and in which language
signature.py   who signs it, in which words and in which way
of_request.py  what became of an application: refusal, permit
"""
