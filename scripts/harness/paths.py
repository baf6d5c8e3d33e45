"""Where things are. Everything the harness writes is under STATE (git-ignored) or CACHE."""

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
STATE = CHECKOUT / ".test-bench"
REPORTS = STATE / "reports"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mkd_hrms"

# Two checkouts on one machine share the MariaDB server; their databases must not collide.
CHECKOUT_ID = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]
