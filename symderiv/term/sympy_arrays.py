"""SymPy's sums over indices and its matrix expressions, and the terms that they are. Positions count from 1 here."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, Literal

from symderiv.term.build import (
    ONE,
    add,
    apply,
    bigsum,
    delta,
    entry,
    fraction,
    literal,
    minus,
    mul,
    name,
    num,
    of,
    power,
    size,
    stack,
)
from symderiv.term.entrywise import entrywise
from symderiv.term.from_sympy import Reader, Reading, unsupported
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.shapes import Clash, plain, rows_and_columns, shape
from symderiv.term.sympy_functions import known
from symderiv.term.sympy_library import library
from symderiv.term.sympy_names import name_of
from symderiv.term.sympy_scalars import Quotient, raised

#: What stands for each entry while a function of it is read.
_ANY = name("#")


def _big(over: Literal["bigsum", "bigproduct"]) -> Reader:
    def read(reading: Reading, expr: Any) -> Term:
        return _summed(reading, expr.args[0], expr.args[1:], over)

    return read


def _summed(reading: Reading, body: Any, limits: Any, over: Literal["bigsum", "bigproduct"]) -> Term:
    """The last limit is the outermost sum; an inner limit may hold an outer letter."""
    if not limits:
        return reading(body)
    *inner, (symbol, *ends) = limits
    shift = 1 if symbol in reading.facts.moved else 0
    range_ = [reading(end + shift) for end in ends]
    letter = reading.fresh(symbol, body)
    with reading.binding(symbol, letter):
        return bigsum(_summed(reading, body, inner, over), letter, *range_, over=over)


def _delta(reading: Reading, expr: Any) -> Term:
    if len(expr.args) != 2:
        raise unsupported(expr, "Kronecker's delta with a range")
    start = 0 if expr.free_symbols & reading.facts.moved or any(i in reading.facts.moved for i in expr.args) else 1
    return delta(*(reading.position(position, start) for position in expr.args))


def _indexed(reading: Reading, expr: Any) -> Term:
    base, *positions = expr.args
    if len(positions) > 2:
        raise unsupported(expr, "an array with more than two indices")
    return entry(reading(base), *(reading.position(position, reading.facts.start) for position in positions))


def _array(reading: Reading, expr: Any) -> Term:
    written = name_of(expr.name)
    lengths = expr.shape if expr.shape is not None else reading.facts.shapes.get(expr, (None,))
    if len(lengths) > 2 or any(length is not None and length.is_infinite for length in lengths):
        raise unsupported(expr, "an array needs one or two finite sizes: give IndexedBase a shape")
    sizes = [
        reading(length) if length is not None else size(Name("nm"[slot], sub=written.latex))
        for slot, length in enumerate(lengths)
    ]
    return reading.owned(name(written, *sizes), expr)


def _matrix_symbol(reading: Reading, expr: Any) -> Term:
    sizes = plain(*(reading(length) for length in expr.args[1:]))
    return reading.owned(name(name_of(expr.name), *sizes), expr)


def _element(reading: Reading, expr: Any) -> Term:
    """`X[i, j]`; of a column and of a number the column index 0 is not written."""
    array, *positions = expr.args
    term = reading(array)
    count = len(_sizes(term, expr))
    return entry(term, *(reading.position(p, 0) for p in positions[:count])) if count else term


def _sizes(term: Term, expr: Any) -> tuple[Term, ...]:
    found = shape(term)
    if isinstance(found, Clash):
        raise unsupported(expr, f"its parts have shapes that do not fit, {found.left} and {found.right}")
    return found


def _mat_add(reading: Reading, expr: Any) -> Term:
    """A sum; one of nothing but transposes is the transpose of a sum, which SymPy has carried into it."""
    if all(_all_transposed(term) for term in expr.args):
        return of("transpose", reading(expr.T))
    return add(*reading.order.terms([reading(arg) for arg in expr.args]))


def _all_transposed(term: Any) -> bool:
    matrices = [factor for factor in term.args if factor.is_Matrix] if term.is_MatMul else [term]
    return all(type(factor).__name__ == "Transpose" for factor in matrices)


def _mat_mul(reading: Reading, expr: Any) -> Term:
    """Scalars first, a number as a fraction before the matrices; matrices in their order."""
    product = Quotient(reading)
    for factor in expr.args:
        if not factor.is_Matrix:
            product.times(factor)
        elif type(factor).__name__ == "Inverse" and factor.shape == (1, 1):
            product.below.append(reading(factor.args[0]))
        else:
            term = reading(factor)
            product.arrays.extend(term.args if term.kind == "product" else (term,))
    if product.below or product.bottom == 1:
        return product.term()
    front = fraction(num(abs(product.top)), num(product.bottom))
    term = mul(front, *reading.order.factors(product.above), *product.arrays)
    return minus(term) if product.top < 0 else term


def _mat_pow(reading: Reading, expr: Any) -> Term:
    base, exponent = expr.args
    term = reading(base)
    if _sizes(term, expr) == ():
        if exponent.is_Rational and exponent.p < 0:
            return fraction(ONE, raised(term, -exponent.p, exponent.q))
        return raised(term, exponent.p, exponent.q) if exponent.is_Rational else power(term, reading(exponent))
    if exponent.is_Rational and (exponent.q != 1 or exponent.p == 0):
        raise unsupported(expr, "a power of a matrix that is not a whole number")
    if exponent.is_Integer and exponent.p < 0:
        inverse = of("inverse", term)
        return inverse if exponent.p == -1 else power(inverse, num(-exponent.p))
    return power(term, reading(exponent))


def _unless_scalar(kind: Literal["transpose", "trace", "det"]) -> Reader:
    """Of a number the transpose, the trace and the determinant are the number."""

    def read(reading: Reading, expr: Any) -> Term:
        term = reading(expr.args[0])
        return of(kind, term) if _sizes(term, expr) else term

    return read


def _inverse(reading: Reading, expr: Any) -> Term:
    term = reading(expr.args[0])
    return of("inverse", term) if _sizes(term, expr) else fraction(ONE, term)


def _filled(kind: Literal["zeros", "ones"]) -> Reader:
    def read(reading: Reading, expr: Any) -> Term:
        sizes = plain(*(reading(length) for length in expr.args))
        return of(kind, *sizes) if sizes else num(1 if kind == "ones" else 0)

    return read


def _identity(reading: Reading, expr: Any) -> Term:
    length = reading(expr.args[0])
    return ONE if length is ONE else of("identity", length)


def _hadamard(reading: Reading, expr: Any) -> Term:
    factors = [reading(arg) for arg in expr.args]
    return of("hadamard", *factors) if _sizes(factors[0], expr) else mul(*factors)


def _hadamard_power(reading: Reading, expr: Any) -> Term:
    base, exponent = expr.args
    if exponent.is_Matrix:
        raise unsupported(expr, "an entrywise power with a matrix as exponent")
    if exponent.is_Rational and exponent.p < 0:
        body = fraction(ONE, raised(_ANY, -exponent.p, exponent.q))
    else:
        body = raised(_ANY, exponent.p, exponent.q) if exponent.is_Rational else power(_ANY, reading(exponent))
    return entrywise(body, _ANY, reading(base))


def _applied(reading: Reading, expr: Any) -> Term:
    """`X.applyfunc(f)`: the function carried out on each entry."""
    rule = expr.function
    with reading.binding(rule.variables[0], _ANY):
        body = reading(rule.expr)
    return entrywise(body, _ANY, reading(expr.expr))


def _diag(reading: Reading, expr: Any) -> Term:
    term = reading(expr.args[0])
    rows, columns = rows_and_columns(_sizes(term, expr))
    if rows is ONE and columns is not ONE:
        term = term.args[0] if term.kind == "transpose" else of("transpose", term)
    return of("diag", term) if _sizes(term, expr) else term


def _literal(reading: Reading, expr: Any) -> Term:
    rows = [[reading(cell) for cell in row] for row in expr.tolist()]
    if not rows or not rows[0]:
        raise unsupported(expr, "a matrix without entries")
    return literal(rows) if (len(rows), len(rows[0])) != (1, 1) else rows[0][0]


def _function_matrix(reading: Reading, expr: Any) -> Term:
    """A matrix given by its entries; of a column the column index 0 is not written."""
    body, variables = expr.lamda.expr, expr.lamda.variables
    sizes = plain(*(reading(length) for length in expr.shape))
    body = body.xreplace(dict.fromkeys(variables[len(sizes) :], library().Integer(0)))
    bounds: list[Term] = []
    with ExitStack() as scope:
        for symbol, length in zip(variables, sizes, strict=False):
            letter = reading.fresh(symbol, body)
            scope.enter_context(reading.binding(symbol, letter))
            bounds += [letter, length]
        return stack(reading(body), *bounds) if bounds else reading(body)


def _whole(which: str) -> Reader:
    """A function of a whole vector."""

    def read(reading: Reading, expr: Any) -> Term:
        return apply(known(which), reading(expr.args[0]))

    return read


READERS: dict[str, Reader] = {
    "Sum": _big("bigsum"),
    "Product": _big("bigproduct"),
    "Idx": Reading.symbol,
    "Indexed": _indexed,
    "IndexedBase": _array,
    "KroneckerDelta": _delta,
    "MatrixSymbol": _matrix_symbol,
    "MatrixElement": _element,
    "MatAdd": _mat_add,
    "MatMul": _mat_mul,
    "MatPow": _mat_pow,
    "Transpose": _unless_scalar("transpose"),
    "Trace": _unless_scalar("trace"),
    "Determinant": _unless_scalar("det"),
    "Inverse": _inverse,
    "Identity": _identity,
    "ZeroMatrix": _filled("zeros"),
    "OneMatrix": _filled("ones"),
    "HadamardProduct": _hadamard,
    "HadamardPower": _hadamard_power,
    "KroneckerProduct": lambda reading, expr: of("kron", *map(reading, expr.args)),
    "DiagMatrix": _diag,
    "DiagonalOf": lambda reading, expr: of("diagonal", reading(expr.args[0])),
    "DiagonalMatrix": lambda reading, expr: of("diag", of("diagonal", reading(expr.args[0]))),
    "ElementwiseApplyFunction": _applied,
    "FunctionMatrix": _function_matrix,
    "ImmutableDenseMatrix": _literal,
    "ImmutableSparseMatrix": _literal,
    "softmax": _whole("softmax"),
    "logsumexp": _whole("logsumexp"),
}
