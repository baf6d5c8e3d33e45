"""What `make benchmark` measures on its own site: one request beside HRMS's, and the standing of everybody."""
