"""symderiv derives the gradients of machine learning on paper, one named and verified rule a line.

>>> import symderiv as sd
>>> print(sd.derive("x^2", "x").result)
2*x
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symderiv.api import Derivation, Sheet, derive, load, problems, sheet
    from symderiv.errors import SymderivError
    from symderiv.graphs import Trace, trace
    from symderiv.problem import Problem
    from symderiv.report import Report, check
    from symderiv.term.author import logsumexp, relu, sigmoid, softmax, softplus

__version__ = "0.1.0"

#: Each public name and the module that it comes from: imported when it is first used, so that `import symderiv` is light.
_HOMES = {
    **dict.fromkeys(("derive", "Derivation", "sheet", "Sheet", "problems", "load"), "symderiv.api"),
    **dict.fromkeys(("check", "Report"), "symderiv.report"),
    **dict.fromkeys(("trace", "Trace"), "symderiv.graphs"),
    "Problem": "symderiv.problem",
    "SymderivError": "symderiv.errors",
    **dict.fromkeys(("sigmoid", "softmax", "logsumexp", "softplus", "relu"), "symderiv.term.author"),
}

__all__ = [
    "Derivation", "Problem", "Report", "Sheet", "SymderivError", "Trace", "check", "derive", "load", "logsumexp",
    "problems", "relu", "sheet", "sigmoid", "softmax", "softplus", "trace",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        found = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return found
    raise AttributeError(f"module 'symderiv' has no attribute {name!r}")
