"""Raising: a formula for one entry written as vectors and matrices, `Σ_i A_ij v_i` as `(Aᵀv)_j`."""

from __future__ import annotations

from symderiv.deriving.lowering import lowered
from symderiv.term.build import ONE, ZERO, add, apply, entry, fraction, mul, of, power, root
from symderiv.term.kinds import Term, make
from symderiv.term.places import rebuilt, with_args
from symderiv.term.shapes import Clash, shape
from symderiv.term.sliding import slid


class NoMatrixForm(Exception):
    """The entry has no matrix form that this algorithm knows; the result stays in index form."""


def raised(term: Term, letters: tuple[Term, ...], sizes: tuple[Term, ...] = ()) -> Term | None:
    """The array whose entry at these free indices is the term, or None where there is none that is readable.

    `sizes` are how far the letters run, for an identity matrix and its columns, the unit vectors.

    >>> from symderiv.term.build import bigsum, entry, index, name, size
    >>> A, v, i, j = name("A", size("m"), size("n")), name("v", size("m")), index("i"), index("j")
    >>> raised(bigsum(entry(A, i, j) * entry(v, i), i), (j,))
    product(transpose(A), v)
    """
    if not letters or len(letters) > 2:
        return None if letters else term
    if (windows := _correlated(term, letters, sizes)) is not None:
        return windows
    if len(letters) == 1 and sizes:
        term = _with_unit_vectors(term, letters[0], sizes[0])
    for written in (term, by_entries_only(term)):
        try:
            array = _vector(written, *letters) if len(letters) == 1 else _matrix(written, *letters, *sizes[:1])
        except NoMatrixForm:
            continue
        found = shape(array)
        if not isinstance(found, Clash) and len(found) == len(letters):
            return array
        if found == () and array is not ZERO and len(sizes) == len(letters) and array.free.isdisjoint(letters):
            return of("ones", *sizes) if array is ONE else mul(array, of("ones", *sizes))
    return None


def _correlated(term: Term, letters: tuple[Term, ...], sizes: tuple[Term, ...]) -> Term | None:
    """`Σ_i Σ_j g_ij x_{i+h−1,j+l−1}` as the cross-correlation of x with g; None where a sum has another form."""
    if term.kind != "bigsum" or len(sizes) != len(letters):
        return None
    summed: list[Term] = []
    while term.kind == "bigsum":
        summed.append(term.args[1])
        term = term.args[0]
    factors = term.args if term.kind == "product" else ()
    if len(factors) != 2 or len(summed) != len(letters) or any(factor.kind != "entry" for factor in factors):
        return None
    for kernel, image in (factors, factors[::-1]):
        steps = kernel.args[1:]
        found = {
            _beyond(position, step, letter) for position, step, letter in zip(image.args[1:], steps, letters, strict=False)
        }
        axes = shape(image.args[0]), shape(kernel.args[0])
        fits = set(steps) == set(summed) and len(image.args) == len(kernel.args) == len(letters) + 1
        if fits and found in ({0}, {1}) and not any(isinstance(axis, Clash) for axis in axes):
            array = slid(image.args[0], kernel.args[0], axes, found.pop() or 0, spans=sizes)
            return array if array.kind == "named" else None
    return None


def _beyond(position: Term, step: Term, letter: Term) -> int | None:
    """The number of the first position, by which `i + h − 1` falls behind the sum of its letters; None for another form."""
    terms = position.args if position.kind == "sum" else ()
    rest = [term for term in terms if term not in (step, letter)]
    if len(terms) - len(rest) != 2 or step not in terms or letter not in terms:
        return None
    return 0 if not rest else 1 if rest == [-ONE] else None


def by_entries_only(term: Term) -> Term:
    """The term with every product of arrays in it written by entries, `wᵀx_i` as `Σ_k w_k x_ik`."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        new = with_args(node, args) if args else node
        return (lowered(new) or new) if shape(new) == () else new

    return rebuilt(term, change, into_names=False)


def _with_unit_vectors(term: Term, j: Term, size: Term) -> Term:
    """The term with `δ_ij` written as the entry j of the unit vector `e_i`."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node.kind == "delta" and j in args:
            other = args[1] if args[0] is j else args[0]
            return entry(entry(of("identity", size), other), j)
        return with_args(node, args)

    return rebuilt(term, change, into_names=False)


def _vector(term: Term, j: Term) -> Term:
    """The column with this entry."""
    match term.kind:
        case "entry" if term.args[-1] is j and len(term.args) == 2 and j not in term.args[0].free:
            return term.args[0]
        case "sum":
            return add(*[_vector(arg, j) for arg in term.args])
        case "minus":
            return -_vector(term.args[0], j)
        case "fraction":
            top, bottom = term.args
            if j not in bottom.free:
                return fraction(_vector(top, j), bottom)
            return fraction(_vector(top, j) if j in top.free else top, _vector(bottom, j))
        case "product" | "bigsum":
            return _contracted(term, (j,))
        case "apply" if j in term.free:
            return apply(term.args[0], *[_vector(arg, j) if j in arg.free else arg for arg in term.args[1:]])
        case "power" if j not in term.args[1].free:
            return power(_vector(term.args[0], j), term.args[1])
        case "power" if j not in term.args[0].free:
            return power(term.args[0], _vector(term.args[1], j))
        case "root" if j not in term.args[1].free:
            return root(_vector(term.args[0], j), term.args[1])
    if j not in term.free:
        return term
    raise NoMatrixForm


def _matrix(term: Term, i: Term, j: Term, size: Term | None = None) -> Term:
    """The matrix with this entry in row i and column j."""
    match term.kind:
        case "entry" if term.args[1:] == (i, j):
            return term.args[0]
        case "entry" if term.args[1:] == (j, i):
            return of("transpose", term.args[0])
        case "sum":
            return add(*[_matrix(arg, i, j, size) for arg in term.args])
        case "minus":
            return -_matrix(term.args[0], i, j, size)
        case "fraction" if not {i, j} & term.args[1].free:
            return fraction(_matrix(term.args[0], i, j, size), term.args[1])
        case "apply" if {i, j} <= term.free and len(term.args) == 2:
            return apply(term.args[0], _matrix(term.args[1], i, j, size))
        case "product" | "bigsum" | "delta":
            return _spread(term, i, j, size)
    raise NoMatrixForm


def _spread(term: Term, i: Term, j: Term, size: Term | None) -> Term:
    """Sums of products over two free indices; a bracket with a delta is multiplied out first: `p_i(δ_ij − p_j)`."""
    if term.kind == "product":
        for spot, arg in enumerate(term.args):
            if arg.kind == "sum" and {i, j} <= arg.free:
                others = term.args[:spot] + term.args[spot + 1 :]
                return add(*[_matrix(_times(others, piece), i, j, size) for piece in arg.args])
    return _contracted(term, (i, j), size)


def _times(others: tuple[Term, ...], piece: Term) -> Term:
    if piece.kind == "minus":
        return -mul(*others, piece.args[0])
    return mul(*others, piece)


def _contracted(term: Term, free: tuple[Term, ...], size: Term | None = None) -> Term:
    """A product of entries, some indices summed, as a chain of matrices from the first free index to the second."""
    summed: list[Term] = []
    while term.kind == "bigsum":
        summed.append(term.args[1])
        term = term.args[0]
    factors = _factors(term)
    links = [*free, *summed]
    scalars = [factor for factor in factors if not any(link in factor.free for link in links)]
    network = _Network([factor for factor in factors if factor not in scalars], links, size)
    array = network.column(free[0]) if len(free) == 1 else network.between(*free)
    if network.left:
        raise NoMatrixForm
    return mul(*scalars, array)


def _entrywise(parts: list[Term]) -> Term:
    """The product entry by entry; what comes from further down a chain stands last, as in `Wᵀ(σ'(z) ⊙ ∇f)`."""
    return parts[0] if len(parts) == 1 else make("hadamard", None, tuple(sorted(parts, key=_is_gradient)))


def _is_gradient(array: Term) -> bool:
    if array.kind != "apply" or array.args[0].kind != "prime":
        return False
    fn = array.args[0].args[0]
    return fn.kind == "function" and any(fn.data.inputs)


def _factors(term: Term) -> list[Term]:
    """The factors of a product; of a fraction those above the bar, and one over what is below it."""
    if term.kind == "fraction":
        return [*_factors(term.args[0]), fraction(ONE, term.args[1])]
    return list(term.args) if term.kind == "product" else [term]


class _Network:
    """Factors joined by indices: those of one index are columns, those of two are matrices."""

    def __init__(self, factors: list[Term], links: list[Term], size: Term | None) -> None:
        self.size = size
        self.links = links
        self.left = factors

    def _indices(self, factor: Term) -> list[Term]:
        return [link for link in self.links if link in factor.free]

    def _taken(self, wanted: set[Term]) -> list[Term]:
        found = [factor for factor in self.left if set(self._indices(factor)) == wanted]
        self.left = [factor for factor in self.left if factor not in found]
        return found

    def _own(self, link: Term) -> Term | None:
        """Everything that hangs on one index alone, multiplied entry by entry."""
        parts = [_vector(factor, link) for factor in self._taken({link})]
        if not parts:
            return None
        return _entrywise(parts)

    def column(self, link: Term) -> Term:
        """The column over an index: its own factors, and what each matrix brings from a neighbour."""
        parts: list[Term] = []
        for neighbour in self._neighbours(link):
            matrix = self._matrix(link, neighbour)
            below = self.column(neighbour)
            parts.append(mul(matrix, below))
        own = self._own(link)
        if own is not None:
            parts.append(own)
        if not parts:
            raise NoMatrixForm
        return _entrywise(parts[::-1])

    def _neighbours(self, link: Term) -> list[Term]:
        found: dict[Term, None] = {}
        for factor in self.left:
            indices = self._indices(factor)
            if link in indices:
                if len(indices) != 2:
                    if len(indices) > 2:
                        raise NoMatrixForm
                    continue
                found[indices[0] if indices[1] is link else indices[1]] = None
        return list(found)

    def _matrix(self, row: Term, column: Term) -> Term:
        parts = [_matrix(factor, row, column) if factor.kind != "delta" else None for factor in self._taken({row, column})]
        arrays = [array for array in parts if array is not None]
        if len(arrays) != len(parts):
            raise NoMatrixForm
        return arrays[0] if len(arrays) == 1 else make("hadamard", None, tuple(arrays))

    def between(self, i: Term, j: Term) -> Term:
        """The matrix over two free indices: diagonal, outer product, or a chain through the summed ones."""
        deltas = [factor for factor in self.left if factor.kind == "delta" and {*factor.args} == {i, j}]
        if deltas:
            return self._diagonal(deltas, i, j)
        direct = self._matrix(i, j) if any(set(self._indices(f)) == {i, j} for f in self.left) else None
        chain = self._chain(i, j) if direct is None else None
        rows, columns = self._own(i), self._own(j)
        if direct is None and chain is None:
            if rows is None or columns is None:
                raise NoMatrixForm
            return mul(rows, of("transpose", columns))
        middle = direct if direct is not None else chain
        assert middle is not None
        if rows is not None:
            middle = mul(of("diag", rows), middle)
        return middle if columns is None else mul(middle, of("diag", columns))

    def _diagonal(self, deltas: list[Term], i: Term, j: Term) -> Term:
        self.left = [factor for factor in self.left if factor not in deltas]
        own = [part for part in (self._own(i), self._own(j)) if part is not None]
        if not own:
            if self.size is None:
                raise NoMatrixForm
            return of("identity", self.size)
        return of("diag", _entrywise(own))

    def _chain(self, i: Term, j: Term) -> Term | None:
        """A column on each side joined by nothing is an outer product; a path through one summed index a product."""
        for link in self._neighbours(i):
            if link is not j and any(set(self._indices(f)) == {link, j} for f in self.left):
                first, second = self._matrix(i, link), self._matrix(link, j)
                own = self._own(link)
                return mul(first, second) if own is None else mul(first, of("diag", own), second)
        return None
