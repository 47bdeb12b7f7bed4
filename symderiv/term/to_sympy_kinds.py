"""Each kind of term and the SymPy object that it is."""

from __future__ import annotations

from typing import Any

from symderiv.term.kinds import Term, make, subterms
from symderiv.term.places import fresh_index, substitute
from symderiv.term.shapes import Clash, shape
from symderiv.term.sympy_library import library
from symderiv.term.sympy_names import text_of
from symderiv.term.to_sympy import Writer, Writing, indices, is_array, unwritable


def number(writing: Writing, term: Term, args: list[Any]) -> Any:
    """An integer, or a decimal with its value exactly as a Float of its digits."""
    value, text = term.data
    if isinstance(value, int):
        return library().Integer(value)
    return library().Float(text)


def letter(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A name as a symbol, an array as a matrix symbol."""
    text = text_of(term.data.name)
    if not term.data.shape:
        return library().Symbol(text)
    return library().MatrixSymbol(text, *writing.size(term))


def total(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A sum; a number added to an array is added to every entry.

    Like terms are put together, but for arrays given by their entries: SymPy would carry out what stands in them.
    """
    sympy = library()
    if not is_array(term):
        return sympy.Add(*args)
    ones = sympy.OneMatrix(*writing.size(term))
    parts = [arg if is_array(t) else arg * ones for t, arg in zip(term.args, args, strict=True) if arg != 0]
    found = sympy.MatAdd(*parts)
    return found if len(parts) > 1 and found.has(sympy.FunctionMatrix) else found.doit(deep=False)


def negated(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A term with a minus; nothing inside an array is carried out."""
    return library().MatMul(-1, args[0]).doit(deep=False) if is_array(term) else -args[0]


def product(writing: Writing, term: Term, args: list[Any]) -> Any:
    """Scalars multiply; matrices from the left, a 1 x 1 product on the way being a number."""
    sympy = library()
    scalars, run, so_far = list[Any](), list[Any](), list[Term]()
    for factor, arg in zip(term.args, args, strict=True):
        if not is_array(factor):
            scalars.append(arg)
            continue
        run.append(arg)
        so_far.append(factor)
        if len(run) > 1 and shape(make("product", None, tuple(so_far))) == ():
            scalars.append(sympy.Trace(sympy.MatMul(*run)))
            run, so_far = [], []
    return sympy.MatMul(sympy.Mul(*scalars), *run).doit(deep=False) if run else sympy.Mul(*scalars)


def quotient(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A fraction; an array below is divided by entry by entry."""
    sympy = library()
    top, bottom = args
    if not is_array(term.args[1]):
        return top / bottom
    inverse = sympy.HadamardPower(bottom, -1)
    return sympy.HadamardProduct(top, inverse) if is_array(term.args[0]) else top * inverse


def raised(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A power: of a square matrix by multiplication, of e and of a vector entry by entry."""
    sympy = library()
    base, exponent = args
    if is_array(term.args[1]):
        if is_array(term.args[0]):
            return writing.entries(term, lambda *p: writing.cell(term.args[0], p) ** writing.cell(term.args[1], p))
        return writing.each(lambda entry: base**entry, exponent)
    if not is_array(term.args[0]):
        return base**exponent
    rows, columns = writing.size(term)
    return base**exponent if rows == columns else sympy.HadamardPower(base, exponent)


def rooted(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A root as the power that SymPy writes it as."""
    radicand, degree = args
    power = library().HadamardPower if is_array(term.args[0]) else library().Pow
    return power(radicand, 1 / degree)


def entry_of(writing: Writing, term: Term, args: list[Any]) -> Any:
    """An entry of an array; with fewer positions than the array has, the vector of those entries."""
    array, positions = term.args[0], tuple(args[1:])
    if is_array(term):
        return writing.entries(term, lambda *p: writing.cell(array, positions + p))
    return writing.cell(array, positions)


def summed(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A sum or product over an index; without limits over the length of what the index runs through."""
    sympy = library()
    body, index, *limits = term.args
    taken = any(letter.kind == "name" and letter.data.name == index.data for letter in body.free)
    if taken or not (args[1].is_Symbol or type(args[1]).__name__ == "Idx"):
        free = fresh_index(index, frozenset(writing.names) | body.free)
        return writing(make(term.kind, None, (substitute(body, {index: free}), free, *limits)))
    low, high = args[2:] if limits else (1, writing(_length(term, body, index)))
    over = sympy.Sum if term.kind == "bigsum" else sympy.Product
    if is_array(term):
        return writing.entries(term, lambda *p: over(writing.cell(body, p), (args[1], low, high)))
    return over(args[0], (args[1], low, high))


def integrated(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A definite integral; the symbol that it binds may stand in its limits, where it is free."""
    body, symbol, low, high = args
    if not symbol.is_Symbol:
        raise unwritable(term, "the name that it binds stands for something else there")
    return library().Integral(body, (symbol, low, high))


#: From which side SymPy lets a symbol come.
_SIDES = {"→": "+-", "↓": "+", "↑": "-"}


def approached(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A limit that is not carried out; of an array, entry by entry."""
    sympy = library()
    body, symbol, target = args
    if not symbol.is_Symbol or is_array(term.args[1]):
        raise unwritable(term, "what moves is no name of a number there")
    if is_array(term):
        return writing.entries(
            term, lambda *p: sympy.Limit(writing.cell(term.args[0], p), symbol, target, _SIDES[term.data])
        )
    return sympy.Limit(body, symbol, target, _SIDES[term.data])


def expected(writing: Writing, term: Term, args: list[Any]) -> Any:
    """An expectation or a variance as a function without a formula, `E(Lambda(x, u), mean, variance)`.

    SymPy's own expectation needs a distribution; here only mean and variance of each random name are known.
    """
    sympy = library()
    operator, symbols = sympy.Function(term.data), tuple(args[1::3])
    moments = [part for place, part in enumerate(args[1:]) if place % 3]
    if any(not symbol.is_symbol for symbol in symbols):
        raise unwritable(term, "a name that is random stands for something else there")
    if is_array(term):
        return writing.entries(term, lambda *p: operator(sympy.Lambda(symbols, writing.cell(term.args[0], p)), *moments))
    return operator(sympy.Lambda(symbols, args[0]), *moments)


def _length(term: Term, body: Term, index: Term) -> Term:
    """The length of the arrays at whose positions an index stands."""
    for node in subterms(body):
        if node.kind == "entry" and index in node.args[1:]:
            sizes = shape(node.args[0])
            if not isinstance(sizes, Clash):
                return sizes[node.args.index(index, 1) - 1]
    raise unwritable(term, f"nothing tells how far {index.data.latex} runs; give the sum limits")


def stacked(writing: Writing, term: Term, args: list[Any]) -> Any:
    """An array given by its entries."""
    letters = term.args[1::2]
    used = {node for node in subterms(term.args[0]) if node.kind in ("index", "name")} | set(letters) | set(writing.names)
    new: dict[Term, Term] = {}
    for letter in letters:
        new[letter] = fresh_index(letter, used)
        used.add(new[letter])
    body = writing(substitute(term.args[0], new))
    symbols = [writing.dummy(letter) for letter in "ij"]
    at = {writing(letter): symbol + 1 for letter, symbol in zip(new.values(), symbols, strict=False)}
    return library().FunctionMatrix(*writing.size(term), library().Lambda(tuple(symbols), body.xreplace(at)))


def trace(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A trace; of a number the number."""
    return library().Trace(args[0]) if is_array(term.args[0]) else args[0]


def det(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A determinant; of a number the number."""
    return library().Determinant(args[0]) if is_array(term.args[0]) else args[0]


def transposed(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A transpose; of a number the number."""
    return library().Transpose(args[0]) if is_array(term.args[0]) else args[0]


def inverted(writing: Writing, term: Term, args: list[Any]) -> Any:
    """An inverse; of a number one over it."""
    return library().Inverse(args[0]) if is_array(term.args[0]) else 1 / args[0]


def norm(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A norm by what it is: the root of a trace, a sum of absolute values."""
    sympy = library()
    array = term.args[0]
    if not is_array(array):
        return sympy.Abs(args[0])
    if term.data == "F" or (term.data == "2" and 1 in writing.size(array)):
        return sympy.sqrt(sympy.Trace(sympy.MatMul(sympy.Transpose(args[0]), args[0])))
    if term.data == "1" and indices(array) == 1:
        i = writing.dummy("i")
        return sympy.Sum(sympy.Abs(writing.cell(array, (i,))), (i, 1, writing.size(array)[0]))
    raise unwritable(term, "of norms SymPy expressions have the Euclidean, the Frobenius and the sum of absolute values")


def chosen(writing: Writing, term: Term, args: list[Any]) -> Any:
    """Values with conditions; of arrays, entry by entry."""
    sympy = library()
    pairs = list[tuple[Term, Any]]()
    for part, arg in zip(term.args, args, strict=True):
        if part.kind != "relation":
            pairs.append((part, True))
        else:
            pairs[-1] = (pairs[-1][0], arg)
    if not is_array(term):
        return sympy.Piecewise(*((writing(value), condition) for value, condition in pairs))
    return writing.entries(
        term, lambda *p: sympy.Piecewise(*((writing.cell(v, p) if is_array(v) else writing(v), c) for v, c in pairs))
    )


def related(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A relation; a chain as all of its links."""
    sympy = library()
    signs = {"=": sympy.Eq, "≠": sympy.Ne, "<": sympy.Lt, ">": sympy.Gt, "≤": sympy.Le, "≥": sympy.Ge, ":=": sympy.Eq}
    if not set(term.data) <= set(signs):
        raise unwritable(term, f"SymPy has no relation {' '.join(term.data)}")
    links = [signs[sign](*args[k : k + 2]) for k, sign in enumerate(term.data)]
    return links[0] if len(links) == 1 else sympy.And(*links)


def derived(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A derivative that is not carried out, by a scalar or of a scalar by an array."""
    body, variable = term.args
    if is_array(body) and is_array(variable):
        raise unwritable(term, "a Jacobian that is not carried out")
    if not getattr(args[1], "_diff_wrt", False):
        raise unwritable(term, "what it is taken by is made of entries there, and no symbol")
    return library().Derivative(*args)


def evaluated(writing: Writing, term: Term, args: list[Any]) -> Any:
    """An evaluation bar."""
    return library().Subs(args[0], tuple(args[1::2]), tuple(args[2::2]))


def _of(which: str) -> Writer:
    """A kind that one SymPy class stands for, with the same arguments."""

    def write(writing: Writing, term: Term, args: list[Any]) -> Any:
        return getattr(library(), which)(*args)

    return write


def _filled(which: str) -> Writer:
    def write(writing: Writing, term: Term, args: list[Any]) -> Any:
        return getattr(library(), which)(*writing.size(term))

    return write


def _constant(writing: Writing, term: Term, args: list[Any]) -> Any:
    sympy = library()
    return {"e": sympy.E, "pi": sympy.pi, "infty": sympy.oo}[term.data]


def _literal(writing: Writing, term: Term, args: list[Any]) -> Any:
    rows, columns = term.data
    return library().ImmutableDenseMatrix(rows, columns, args)


WRITERS: dict[str, Writer] = {
    "number": number,
    "constant": _constant,
    "name": letter,
    "index": lambda writing, term, args: library().Symbol(text_of(term.data)),
    "function": lambda writing, term, args: None,
    "prime": lambda writing, term, args: None,
    "sum": total,
    "product": product,
    "minus": negated,
    "fraction": quotient,
    "power": raised,
    "root": rooted,
    "entry": entry_of,
    "delta": _of("KroneckerDelta"),
    "bigsum": summed,
    "bigproduct": summed,
    "integral": integrated,
    "limit": approached,
    "expectation": expected,
    "stack": stacked,
    "transpose": transposed,
    "inverse": inverted,
    "trace": trace,
    "det": det,
    "diag": _of("DiagMatrix"),
    "diagonal": _of("DiagonalOf"),
    "identity": _of("Identity"),
    "ones": _filled("OneMatrix"),
    "zeros": _filled("ZeroMatrix"),
    "hadamard": lambda writing, term, args: _hadamard(args) if is_array(term) else library().Mul(*args),
    "kron": _of("KroneckerProduct"),
    "norm": norm,
    "literal": _literal,
    "partial": derived,
    "named": lambda writing, term, args: args[0],
    "cases": chosen,
    "relation": related,
    "at": evaluated,
    "tuple": _of("Tuple"),
}


def _hadamard(args: list[Any]) -> Any:
    scalars = [arg for arg in args if not arg.is_Matrix]
    arrays = [arg for arg in args if arg.is_Matrix]
    found = library().HadamardProduct(*arrays) if len(arrays) > 1 else arrays[0]
    return found if not scalars else library().MatMul(library().Mul(*scalars), found)
