"""Files of other systems on a site: looked at, applied, killed, corrected, undone."""
