"""All benchmarks: `python tests/bench [ROUNDS]`, in an environment made with `pip install -e .`."""

import sys

from scalar import ROUNDS, measured, problems, table
from startup import report

print(table(measured(problems(), int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)))
print(report())
