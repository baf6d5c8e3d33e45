"""Everything that a browser can call, tried by everybody (make test-doors): too long for every test run.

crawl.py     who is told what, and that the search finds what is open
doors.py     the calls: what can be asked about a document, and every whitelisted function with plausible arguments
visitors.py  who asks, and what each of them may know of somebody
"""
