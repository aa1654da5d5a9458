"""夜: the same tests at the counts of the night, with SETAI_NIGHTLY set."""

import os

BY_NIGHT = os.environ.get("SETAI_NIGHTLY") not in {None, "", "0"}
