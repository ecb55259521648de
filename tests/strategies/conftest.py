"""Makes the helpers of this folder importable, however pytest was started."""

import sys
from pathlib import Path

# In pytest's importlib mode nothing else puts the repository's root there.
ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)
