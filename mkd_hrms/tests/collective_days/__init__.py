"""Days by circular: booking, life of the day, and who may do what over HTTP."""
