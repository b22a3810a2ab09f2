"""`python -m dashboard` is the command `minerals`."""

import sys

from dashboard.cli import main

sys.exit(main())
