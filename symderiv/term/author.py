r"""SymPy functions for authors of problems: `sigmoid`, `softplus`, `relu`, `softmax`, `logsumexp`.

They are made when the first one is asked for, so that importing this module imports no SymPy:
`from symderiv.term.author import sigmoid` gives a subclass of `sympy.Function` that evaluates, differentiates, rewrites
itself in `exp`, prints as `\sigma(x)` and pickles. `softmax` of an n x 1 matrix expression is again one; `logsumexp` of one
is a number. Of a matrix expression the functions of one number are taken entry by entry.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NoReturn

from symderiv.errors import SymderivError
from symderiv.term.sympy_library import library

NAMES = ("sigmoid", "softplus", "relu", "softmax", "logsumexp")


def __getattr__(name: str) -> Any:
    if name in NAMES:
        return _classes()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@lru_cache(maxsize=1)
def _classes() -> dict[str, Any]:
    from sympy.tensor.array.expressions.arrayexpr_derivatives import array_derive

    found = {
        "sigmoid": _sigmoid(), "softplus": _softplus(), "relu": _relu(), "softmax": _softmax(), "logsumexp": _logsumexp(),
    }  # fmt: skip
    for name, cls in found.items():
        cls.__module__, cls.__qualname__ = __name__, name
    for which in ("softmax", "logsumexp"):
        array_derive.register(found[which], lambda expr, by: _refuse(type(expr).__name__))
    return found


def _upright(word: str, argument: Any, printer: Any, exp: str | None) -> str:
    return f"{word}{'' if exp is None else f'^{{{exp}}}'}{{\\left({printer._print(argument)} \\right)}}"


def _refuse(which: str) -> NoReturn:
    """SymPy would take a derivative of a class that it does not know for zero."""
    raise SymderivError("unsupported", f"SymPy cannot differentiate {which} of an array; use symderiv.derive")


@lru_cache(maxsize=1)
def _of_one_number() -> Any:
    Function: Any = library().Function

    class OfOneNumber(Function):  # type: ignore[misc]
        """What the functions of one number share: entry by entry on matrices, evaluation by the definition."""

        nargs = 1
        word = ""

        @classmethod
        def definition(cls, x: Any) -> Any:
            raise NotImplementedError

        @classmethod
        def eval(cls, x: Any) -> Any:
            if x.is_Matrix:
                return x.applyfunc(cls)
            return cls.definition(x) if x.is_Number or x.is_infinite else None

        def _eval_evalf(self, prec: int) -> Any:
            return self.definition(self.args[0])._eval_evalf(prec)

        def _eval_rewrite_as_exp(self, x: Any, **hints: Any) -> Any:
            return self.definition(x)

        def _eval_is_extended_real(self) -> Any:
            return self.args[0].is_extended_real

        def _latex(self, printer: Any, exp: str | None = None) -> str:
            return _upright(self.word, self.args[0], printer, exp)

    return OfOneNumber


@lru_cache(maxsize=1)
def _sigmoid() -> Any:
    sympy = library()
    OfOneNumber: Any = _of_one_number()

    class sigmoid(OfOneNumber):  # type: ignore[misc]
        """The logistic function 1/(1 + exp(-x))."""

        word = r"\sigma"

        @classmethod
        def definition(cls, x: Any) -> Any:
            return 1 / (1 + sympy.exp(-x))

        def fdiff(self, argindex: int = 1) -> Any:
            return self * (1 - self)

        def _eval_is_positive(self) -> Any:
            return True if self.args[0].is_real else None

    return sigmoid


@lru_cache(maxsize=1)
def _softplus() -> Any:
    sympy = library()
    OfOneNumber: Any = _of_one_number()

    class softplus(OfOneNumber):  # type: ignore[misc]
        """log(1 + exp(x)), whose derivative is the logistic function."""

        word = r"\operatorname{softplus}"

        @classmethod
        def definition(cls, x: Any) -> Any:
            return sympy.log(1 + sympy.exp(x))

        def fdiff(self, argindex: int = 1) -> Any:
            return _sigmoid()(self.args[0])

        def _eval_is_positive(self) -> Any:
            return True if self.args[0].is_real else None

    return softplus


@lru_cache(maxsize=1)
def _relu() -> Any:
    sympy = library()
    OfOneNumber: Any = _of_one_number()

    class relu(OfOneNumber):  # type: ignore[misc]
        """max(0, x); at 0 it has no derivative."""

        word = r"\operatorname{relu}"

        @classmethod
        def definition(cls, x: Any) -> Any:
            return sympy.Max(0, x)

        def fdiff(self, argindex: int = 1) -> Any:
            return sympy.Piecewise((1, self.args[0] > 0), (0, self.args[0] < 0))

        def _eval_rewrite_as_exp(self, x: Any, **hints: Any) -> Any:
            return None

        def _eval_rewrite_as_Max(self, x: Any, **hints: Any) -> Any:
            return self.definition(x)

        def _eval_rewrite_as_Piecewise(self, x: Any, **hints: Any) -> Any:
            return sympy.Piecewise((x, x > 0), (0, True))

        def _eval_is_nonnegative(self) -> Any:
            return True if self.args[0].is_real else None

    return relu


def _vector(which: str, x: Any) -> Any:
    """What is taken for a vector; anything else is refused."""
    x = library().sympify(x) if not isinstance(x, str) else None
    if not getattr(x, "is_Matrix", False) or 1 not in x.shape:
        raise SymderivError("shape", f"{which} takes a vector, as MatrixSymbol('x', n, 1)")
    return x


def _over(x: Any, cell: Any) -> Any:
    """The sum over all entries, written out where the length is a number."""
    sympy = library()
    rows, columns = x.shape
    column = columns == 1
    length = rows if column else columns
    if sympy.sympify(length).is_Integer:
        return sympy.Add(*(cell(x[k, 0] if column else x[0, k]) for k in range(int(length))))
    k = sympy.Dummy("k", integer=True)
    return sympy.Sum(cell(x[k, 0] if column else x[0, k]), (k, 0, length - 1))


@lru_cache(maxsize=1)
def _softmax() -> Any:
    sympy = library()
    MatrixExpr: Any = sympy.MatrixExpr

    class softmax(MatrixExpr):  # type: ignore[misc]
        """exp(x_i) / Σ_j exp(x_j), a vector of the shape of x."""

        def __new__(cls, x: Any) -> Any:
            return super().__new__(cls, _vector("softmax", x))

        @property
        def shape(self) -> Any:
            return self.args[0].shape

        def _entry(self, i: Any, j: Any, **hints: Any) -> Any:
            x = self.args[0]
            return sympy.exp(x[i, j]) / _over(x, sympy.exp)

        def _eval_derivative(self, by: Any) -> Any:
            _refuse("softmax")

        def _latex(self, printer: Any, exp: str | None = None) -> str:
            return _upright(r"\operatorname{softmax}", self.args[0], printer, exp)

    return softmax


@lru_cache(maxsize=1)
def _logsumexp() -> Any:
    sympy = library()
    Function: Any = sympy.Function

    class logsumexp(Function):  # type: ignore[misc]
        """log Σ_i exp(x_i), a number, whose gradient is softmax(x)."""

        nargs = 1

        def __new__(cls, x: Any, **options: Any) -> Any:
            x = _vector("logsumexp", x)
            return super().__new__(cls, x.as_immutable() if hasattr(x, "as_immutable") else x, **options)

        def fdiff(self, argindex: int = 1) -> Any:
            return _softmax()(self.args[0])

        def _eval_derivative(self, by: Any) -> Any:
            _refuse("logsumexp")

        def _eval_rewrite_as_exp(self, x: Any, **hints: Any) -> Any:
            return sympy.log(_over(x, sympy.exp))

        def _eval_evalf(self, prec: int) -> Any:
            return self._eval_rewrite_as_exp(self.args[0])._eval_evalf(prec)

        def _eval_is_commutative(self) -> bool:
            return True

        def _latex(self, printer: Any, exp: str | None = None) -> str:
            return _upright(r"\operatorname{logsumexp}", self.args[0], printer, exp)

    return logsumexp
