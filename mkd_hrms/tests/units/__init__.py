"""The unit, which serves the public while some of it work away."""
