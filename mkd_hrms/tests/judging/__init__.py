"""The same situation on a site and in files: the rules answer both alike."""
