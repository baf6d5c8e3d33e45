"""Records of the platform that are renamed, merged, deleted: what becomes of ours."""
