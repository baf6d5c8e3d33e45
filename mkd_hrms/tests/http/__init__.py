"""Through the doors of a served application: what a browser may send and what it gets back."""
