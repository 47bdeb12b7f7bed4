"""Letters that nobody declared and that look like arrays: what is proved of them as numbers need not hold for matrices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symderiv.term.build import ZERO, meaning_of, mul, name, of, size
from symderiv.term.kinds import Term, subterms
from symderiv.term.names import Name
from symderiv.term.places import rebuilt, with_args
from symderiv.term.shapes import Clash, shape

#: Accents that arrays are set in, and those of scripts, which losses and sets are set in.
BOLD = frozenset({"mathbf", "boldsymbol", "vec"})
SCRIPT = frozenset({"mathcal", "mathscr"})
#: Functions that are written of a layer: they act entry by entry, and say nothing of what stands in them.
ACTIVATIONS = frozenset({"sigma", "tanh", "relu", "softplus", "softmax", "logsoftmax", "logsumexp"})
#: Kinds of terms with parts that must be numbers.
NUMERIC = frozenset({"fraction", "root", "power", "apply"})
#: What is made of an array and may be a number.
OF_ARRAYS = frozenset({"transpose", "trace", "det", "diag", "norm", "inverse"})


def looks_like_an_array(letter: Term) -> bool:
    """Whether a letter is a capital or set in bold.

    >>> [looks_like_an_array(name(text)) for text in ("A", "Sigma", "x", Name("x", accent="mathbf"))]
    [True, True, False, True]
    """
    written: Name = letter.data.name
    accents = set(written.accent.split())
    return bool(accents & BOLD) or (written.base[:1].isupper() and not accents & SCRIPT)


def numbers(terms: Iterable[Term]) -> set[Term]:
    """The letters that a derivation uses as numbers: it divides by them, raises them, takes a logarithm or a root of them.

    >>> from symderiv.term.build import *
    >>> A, B, x = name("A"), name("B"), name("x")
    >>> numbers([A * B / x, power(A, x)]) == {A, x}
    True
    """
    nodes = (node for term in terms for node in subterms(term) if node.kind in NUMERIC)
    return {leaf for node in nodes for part in _as_number(node) for leaf in _plain(part)}


def _as_number(node: Term) -> Iterator[Term]:
    """The parts of a node that must be numbers."""
    args = node.args
    match node.kind:
        case "fraction":
            yield args[1]
        case "root":
            yield from args
        case "power":
            yield args[1]
            if args[1].free:
                yield args[0]
        case "apply" if args[0].kind == "function" and args[0].data.known and meaning_of(args[0]) not in ACTIVATIONS:
            yield from args[1:]


def _plain(term: Term) -> Iterator[Term]:
    """The letters of a term, but for those of a trace, a norm and what else is made of an array; none of bold ones."""
    waiting, done = [term], set()
    while waiting:
        node = waiting.pop()
        if node in done or node.kind in OF_ARRAYS:
            continue
        done.add(node)
        waiting += node.args
        if node.kind == "name" and BOLD.isdisjoint(node.data.name.accent.split()):
            yield node


def as_arrays(letters: Iterable[Term], terms: Iterable[Term]) -> Iterator[dict[Term, Term]]:
    """The ways in which letters that look like arrays may be square matrices.

    All of them; those by which something is differentiated as numbers; the small letters by which it is, as columns. What
    stands in one norm with them is no number: a column.
    """
    side = size(Name("n", sub="?"))
    matrices = {letter: name(letter.data.name, side, side) for letter in letters}
    partials = [node for term in terms for node in subterms(term) if node.kind == "partial"]
    by = {leaf for node in partials for leaf in (node.args[1],) if leaf.kind == "name" and not leaf.data.shape}
    inner = {leaf for node in partials if node.args[1].kind == "named" for leaf in node.args[1].free}
    normed = {leaf for leaf in in_norms(terms) if leaf in matrices or (leaf.data.domain == "real" and _is_small(leaf))}
    if normed & set(matrices):
        columns = {letter: name(letter.data.name, side) for letter in normed}
        yield {**columns, **matrices}
        yield {**matrices, **columns}
        return
    yield matrices
    if by & set(matrices):
        yield {letter: matrix for letter, matrix in matrices.items() if letter not in by}
    small = {leaf for leaf in by | inner if leaf.kind == "name" and leaf.data.domain == "real" and _is_small(leaf)}
    if small:
        yield {**matrices, **{letter: name(letter.data.name, side) for letter in small}}


def in_norms(terms: Iterable[Term]) -> set[Term]:
    """The letters that stand in a norm, which is made of arrays."""
    norms = [node for term in terms for node in subterms(term) if node.kind == "norm"]
    return {leaf for node in norms for leaf in node.free if leaf.kind == "name"}


def _is_small(letter: Term) -> bool:
    return not letter.data.shape and letter.data.name.base[:1].islower()


def put(term: Term, arrays: dict[Term, Term]) -> Term:
    """The term with arrays for letters; a number added to a square matrix is that multiple of the identity.

    >>> from symderiv.term.build import *
    >>> A = name("A")
    >>> put(A + 1, {A: name("A", size("n"), size("n"))})
    sum(A, product(1, identity(n)))
    """

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node in arrays:
            return arrays[node]
        return with_args(node, _of_one_size(args) if node.kind == "sum" else args) if args else node

    return rebuilt(term, change)


def beside(left: Term, right: Term) -> tuple[Term, Term]:
    """Two sides, a number beside a square matrix as that multiple of the identity."""
    left, right = _of_one_size((left, right))
    return left, right


def _of_one_size(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    sizes = next((found for term in terms if (found := _square(term))), ())
    if not sizes:
        return terms
    return tuple(mul(term, of("identity", sizes[0])) if shape(term) == () and term is not ZERO else term for term in terms)


def _square(term: Term) -> tuple[Term, ...]:
    found = shape(term)
    return found if not isinstance(found, Clash) and len(found) == 2 and found[0] is found[1] else ()
