"""Sums, products, quotients and relations, kept in written order; brackets live on only as the tree."""

from __future__ import annotations

from symderiv.reading.arrays import rank, shape_of
from symderiv.reading.pratt import ARRAY, PRODUCT, RELATION, SUM, Reader
from symderiv.reading.tokens import Token
from symderiv.term.build import FROM_ZERO, ONE, add, fraction, minus, mul, num, of, relation
from symderiv.term.kinds import Term
from symderiv.term.sliding import slid

BY_ENTRY = "products, quotients and powers of vectors are entry by entry"
ROWS_TO_EACH = "row vectors are added to each row"
#: The relations that a Term can hold.
RELATIONS = frozenset("= ≠ < > ≤ ≥ ≈ := =: ∈".split())


def number(reader: Reader, token: Token) -> Term:
    """A numeral keeps its text."""
    following = reader.token
    if following.kind == "number" and reader.tokens[reader.pos - 2].kind != "frac":
        raise reader.refuse(following, "saw two numbers side by side", "expected a sign between them")
    return num(token.text)


def negative(reader: Reader, token: Token) -> Term:
    return minus(reader.read(SUM))


def positive(reader: Reader, token: Token) -> Term:
    return reader.read(SUM)


def total(reader: Reader, left: Term, token: Token) -> Term:
    """`a - b + c` is one sum of `a`, `-b` and `c`."""
    terms = [left]
    while True:
        term = reader.read(SUM)
        terms.append(minus(term) if token.kind == "-" else term)
        token = reader.token
        if token.kind != "+" and token.kind != "-":
            return add(*_on_each_row(reader, terms))
        reader.pos += 1


def _on_each_row(reader: Reader, terms: list[Term]) -> list[Term]:
    """The terms of a sum; `X W + b` with a row b is `X W + 1 b` where it was said that rows are added to each row."""
    shapes = [shape_of(reader, term) for term in terms] if ROWS_TO_EACH in reader.environment.conventions else []
    rows = next((sizes[0] for sizes in shapes if len(sizes) == 2 and sizes[0] is not ONE), None)
    if rows is None:
        return terms
    is_row = [len(sizes) == 2 and sizes[0] is ONE for sizes in shapes]
    return [mul(of("ones", rows), term) if row else term for term, row in zip(terms, is_row, strict=True)]


def product(reader: Reader, left: Term, token: Token | None = None) -> Term:
    r"""Factors side by side or with a sign between them; `a b / c` divides all that stands before the slash."""
    factors = [left]
    while True:
        if token is None:
            factors.append(reader.read(PRODUCT))
        elif token.kind == "/":
            factors = [fraction(mul(*factors), _signed(reader))]
            if reader.begins(reader.token):
                raise reader.refuse(
                    reader.token, "saw a factor behind a quotient written with '/'", do="write \\frac{…}{…} or brackets"
                )
        else:
            other = _signed(reader)
            if token.kind == "·" and _are_columns(reader, factors[-1], other):
                factors[-1] = mul(of("transpose", factors[-1]), other)
            else:
                factors.append(other)
        token = reader.token
        if token.kind in ("·", "×", "*", "/"):
            reader.pos += 1
        elif reader.begins(token):
            token = None
        else:
            return _multiplied(reader, factors)


def _are_columns(reader: Reader, left: Term, right: Term) -> bool:
    r"""Whether a dot stands between two columns of one length: `w \cdot x` is their inner product."""
    sizes = shape_of(reader, left)
    return len(sizes) == 1 and left.kind != "partial" and sizes == shape_of(reader, right) and right.kind != "partial"


def _multiplied(reader: Reader, factors: list[Term]) -> Term:
    """The product; columns side by side multiply entry by entry only where that was said."""
    if BY_ENTRY in reader.environment.conventions:
        columns = [factor for factor in factors if rank(reader, factor) == 1]
        if len(columns) > 1 and all(rank(reader, factor) < 2 for factor in factors):
            return mul(*[factor for factor in factors if factor not in columns], of("hadamard", *columns))
    return mul(*factors)


def side_by_side(reader: Reader, left: Term) -> Term:
    return product(reader, left)


def _signed(reader: Reader) -> Term:
    if reader.token.kind == "-":
        reader.pos += 1
        return minus(reader.read(PRODUCT))
    return reader.read(PRODUCT)


def entrywise(reader: Reader, left: Term, token: Token) -> Term:
    r"""`a \odot b \odot c`, `A \otimes B`, `a \oslash b`; two different signs side by side need brackets."""
    items, sign = [left], token.kind
    while True:
        items.append(reader.read(ARRAY))
        token = reader.token
        if token.kind in ("⊗", "⊘", "⊙", "∘") and token.kind != sign:
            raise reader.refuse(token, f"saw {token.text} beside another sign of its kind", do="write brackets")
        if token.kind != sign:
            break
        reader.pos += 1
    if sign == "⊘":
        if len(items) > 2:
            raise reader.refuse(token, "saw two quotients in a row", do="write brackets")
        return fraction(*items)
    return of("kron" if sign == "⊗" else "hadamard", *items)


def frobenius(reader: Reader, left: Term, token: Token) -> Term:
    """`A : B`, where it was said that this is the Frobenius product."""
    return of("trace", mul(of("transpose", left), reader.read(ARRAY)))


def slid_over(reader: Reader, left: Term, token: Token) -> Term:
    """`X * K`, where it was said which of cross-correlation and convolution the sign is; sizes that were told are used."""
    right = reader.read(PRODUCT)
    sizes = shape_of(reader, left), shape_of(reader, right)
    if not any(sizes):
        return mul(left, right)
    if not sizes[0] or len(sizes[0]) != len(sizes[1]) or len(sizes[0]) > 2:
        raise reader.refuse(
            token, "saw a convolution of arrays with other numbers of axes", do="take two vectors or two matrices"
        )
    told = {
        fact.args[0]: fact.args[1] for fact in reader.environment.given if fact.kind == "relation" and fact.data == ("=",)
    }
    kernel = tuple(told.get(size, size) for size in sizes[1])
    first = 0 if FROM_ZERO in reader.environment.conventions else 1
    return slid(left, right, (sizes[0], kernel), first, flipped=token.kind == "convolution")


def compared(reader: Reader, left: Term, token: Token) -> Term:
    """A relation, or a chain of them, `0 < p < 1`."""
    signs, sides = list[str](), [left]
    while True:
        if token.text not in RELATIONS:
            raise reader.unsupported(token, f"the relation {token.text}")
        signs.append(token.text)
        sides.append(reader.read(RELATION))
        token = reader.token
        if token.kind != "relation":
            return relation(tuple(signs), *sides)
        reader.pos += 1
