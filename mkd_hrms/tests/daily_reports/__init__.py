"""Reports of MKD days: writing, evidence and verification."""
