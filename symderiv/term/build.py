"""One constructor for each kind of term: what goes where, and nothing is evaluated."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from symderiv.term.kinds import SET, Kind, Term, as_term, make
from symderiv.term.names import Name

Shape = tuple[Term, ...]


#: What the numbers of a quantity are; those of a set of positions are 1 where a position belongs to it, else 0.
Domain = Literal["real", "natural", "integer", "set"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a name of a quantity stands for: its shape (`()` scalar, `(n,)` column, `(m, n)` matrix) and its numbers.

    `raised`: its positions are written above, `g^s`, as those of a sequence are; that is no part of what it is worth.
    """

    name: Name
    shape: Shape = ()
    domain: Domain = "real"
    raised: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class Signature:
    r"""A function: a known one (`sin`, entry by entry on arrays) or an unknown one with the shapes of `f: ℝ^m → ℝ`.

    `known` functions act entry by entry, but `softmax` and `logsoftmax` on a whole vector; unknown ones without `inputs`
    take and give scalars. `means` is the known function that stands behind an author's own letter (`φ(t) = 1/(1+e^{-t})`
    means `sigma`); empty, it is the letter itself.
    """

    name: Name
    known: bool = False
    inputs: tuple[Shape, ...] = ()
    output: Shape = ()
    means: str = ""


def meaning_of(fn: Term) -> str:
    """Which known function of the table it is, whatever letter it goes by; empty for an unknown one."""
    signature = fn.data
    if not signature.known:
        return ""
    meaning: str = signature.means or signature.name.base
    return "log" if meaning == "ln" else meaning


def num(value: int | str) -> Term:
    """A numeral as it is written: `num(3)`, `num("0.50")`. The value of a decimal is exact; a sign is a minus.

    >>> num("0.50").data
    (Fraction(1, 2), '0.50')
    """
    if isinstance(value, int):
        return as_term(value)
    if value.isdigit():
        number = int(value)
        return make("number", (number, None if str(number) == value else value), ())
    return make("number", (Fraction(value), value), ())


def constant(name: str) -> Term:
    r"""A number with a name: `e`, `pi`, `infty`."""
    return make("constant", name, ())


E = constant("e")
PI = constant("pi")
INFINITY = constant("infty")
ZERO = num(0)
ONE = num(1)
TWO = num(2)


def name(text: str | Name, *shape: Term | int, domain: Domain = "real") -> Term:
    """The name of a quantity: `name("x")` a real number, `name("x", n)` a column, `name("A", m, n)` a matrix."""
    written = Name(text) if isinstance(text, str) else text
    return make("name", Letter(written, tuple(as_term(size) for size in shape), domain), ())


def sequence(text: str | Name, length: Term) -> Term:
    """The numbers `g^1, …, g^t`, whose positions are written above.

    >>> sequence("g", size("t")).data.raised
    True
    """
    return make("name", Letter(Name(text) if isinstance(text, str) else text, (length,), raised=True), ())


def size(text: str | Name) -> Term:
    """A natural number with a name, as `n` in `ℝ^n`, in `1/n` and in `Σ_{i=1}^n`."""
    return name(text, domain="natural")


def is_size(term: Term) -> bool:
    """Whether a term is a name for natural numbers."""
    return term.kind == "name" and bool(term.data.domain == "natural")


def index(text: str | Name) -> Term:
    """An index letter. Its range is that of the positions where it stands, or is given by the sum that binds it."""
    return make("index", Name(text) if isinstance(text, str) else text, ())


def function(
    text: str | Name, known: bool = False, inputs: tuple[Shape, ...] = (), output: Shape = (), means: str = ""
) -> Term:
    """A function as a thing of its own: the `f` of `f(x)`; with `means`, a known one under an author's letter.

    >>> function("phi", means="sigma").data.known
    True
    """
    written = Name(text) if isinstance(text, str) else text
    return make("function", Signature(written, known or bool(means), inputs, output, means), ())


def log_to(base: Term) -> Term:
    """The logarithm to a base that is written; the natural one is `function("log", known=True)`."""
    return make("function", Signature(Name("log"), known=True), (base,))


def bessel(order: Term) -> Term:
    """The Bessel function of the first kind of an order, `J_0`."""
    return make("function", Signature(Name("J"), known=True, means="besselj"), (order,))


def apply(fn: Term, *arguments: Term) -> Term:
    """`f(x)`, `f(u, v)`; a known function of an array acts on each entry."""
    return make("apply", None, (fn, *arguments))


def prime(fn: Term, slot: int = 1) -> Term:
    """The derivative of a function in one argument, again a function: `f'`, `∂_2 f`.

    Its value has the shape of the output followed by that of the argument, so `apply(prime(f), w)` is the gradient `∇f(w)`
    where `f: ℝ^m → ℝ`, and a Jacobian (a row for each output) where `f: ℝ^m → ℝ^k`.
    """
    return make("prime", slot, (fn,))


def add(*terms: Term) -> Term:
    """A sum of two or more terms; of one term that term, of none zero."""
    return make("sum", None, terms) if len(terms) > 1 else (terms[0] if terms else ZERO)


def mul(*factors: Term) -> Term:
    """A product of two or more factors in order, scalars and matrices alike; of one that one, of none one.

    Scalar factors commute and stand anywhere; the others multiply as matrices, from the left.
    """
    return make("product", None, factors) if len(factors) > 1 else (factors[0] if factors else ONE)


def minus(term: Term) -> Term:
    """`-t`."""
    return make("minus", None, (term,))


def fraction(top: Term, bottom: Term) -> Term:
    """`top / bottom`; the bottom is a scalar, or an array divided by entry by entry."""
    return make("fraction", None, (top, bottom))


def power(base: Term, exponent: Term) -> Term:
    """`base^exponent`: of scalars (entry by entry on a vector), or a natural power of a square matrix."""
    return make("power", None, (base, exponent))


def root(radicand: Term, degree: Term = TWO) -> Term:
    """`√u`, or a root of another degree."""
    return make("root", None, (radicand, degree))


def entry(array: Term, *positions: Term) -> Term:
    """An entry of an array: `x_i`, `A_{ij}`."""
    return make("entry", None, (array, *positions))


def at_entry(array: Term, *positions: Term) -> Term:
    """An entry of an array, also of a row of one: the entry i of `x_k` is `x_ki`; without positions the array itself."""
    if not positions:
        return array
    return entry(array.args[0], *array.args[1:], *positions) if array.kind == "entry" else entry(array, *positions)


def delta(i: Term, j: Term) -> Term:
    """Kronecker's delta: 1 where the two indices are equal, else 0."""
    return make("delta", None, (i, j))


def bigsum(body: Term, letter: Term, *limits: Term, over: Literal["bigsum", "bigproduct"] = "bigsum") -> Term:
    """`Σ_{i=lo}^{hi} body`; without limits over all positions where the letter stands in the body."""
    return make(over, None, (body, letter, *limits))


def integral(body: Term, letter: Term, low: Term, high: Term) -> Term:
    """`∫_low^high body dt`; the name of a number is bound in the body and free in the limits.

    >>> t, x = name("t"), name("x")
    >>> integral(t * x, t, ZERO, t).free == {t, x}
    True
    """
    if letter.kind not in ("name", "letter") or letter.data.shape:
        raise TypeError(f"an integral needs the name of a number, not a {letter.kind}")
    return make("integral", None, (body, letter, low, high))


def limit(body: Term, letter: Term, target: Term, side: Literal["→", "↓", "↑"] = "→") -> Term:
    """`lim_{t → a} body`, with `↓` from above only, with `↑` from below; the name is bound in the body.

    >>> t, x = name("t"), name("x")
    >>> limit(t * x, t, x).free == {x}
    True
    """
    if letter.kind not in ("name", "letter"):
        raise TypeError(f"a limit needs the name that moves, not a {letter.kind}")
    return make("limit", side, (body, letter, target))


def expectation(body: Term, *random: tuple[Term, Term, Term], of: Literal["E", "Var"] = "E") -> Term:
    """`E(body)` or `Var(body)` over random names, each with its mean and its variance; all their entries are independent.

    >>> x, m, v = name("x"), name("m"), name("v")
    >>> expectation(x * x, (x, m, v)).free == {m, v}
    True
    """
    for letter, _, _ in random:
        if letter.kind != "name":
            raise TypeError(f"an expectation needs names that are random, not a {letter.kind}")
    return make("expectation", of, (body, *[part for triple in random for part in triple]))


def stack(body: Term, *letters_and_sizes: Term, listed: int | None = None) -> Term:
    """The array whose entries are `body`: `stack(x_i + 1, i, n)` a column, `stack(…, i, m, j, n)` a matrix.

    `listed` is another way to write a column, `[x_1, x_2, …, x_n]`: how many entries stand before the dots; below zero
    where that is a row with a transpose behind it.
    """
    return make("stack", listed, (body, *letters_and_sizes))


def of(kind: Kind, *parts: Term) -> Term:
    """Operations on arrays that take terms and nothing else.

    `transpose inverse trace det diag diagonal` take one array (`diag` puts a vector on a diagonal, `diagonal` takes it
    off); `identity` one size, `ones` and `zeros` one or two; `hadamard` and `kron` two or more arrays; `tuple` anything.
    """
    return make(kind, None, parts)


def set_of(*members: Term) -> Term:
    """`{x_1, x_2}`: a list that is written in braces."""
    return make("tuple", SET, members)


def norm(array: Term, which: str = "2") -> Term:
    """A norm: `"2"` Euclidean, `"F"` Frobenius, `"1"`, `"inf"`."""
    return make("norm", which, (array,))


def literal(rows: list[list[Term]]) -> Term:
    """A matrix written out; a column has one term a row."""
    return make("literal", (len(rows), len(rows[0])), tuple(cell for row in rows for cell in row))


def partial(body: Term, variable: Term, style: Literal["∂", "d", "d∂", "∇", "∇()", "'"] = "∂") -> Term:
    """A derivative that is not carried out, by a name or an entry of a name: `∂body/∂x`, `dy/dx`, `∇_w L`.

    Its shape is the body's followed by the variable's. `style` is how it is written and does not change what it is worth.
    """
    base = variable.args[0] if variable.kind == "entry" else variable
    if base.kind not in ("name", "named", "letter"):
        raise TypeError(f"a derivative is taken by a name or an entry of one, not by a {variable.kind}")
    return make("partial", style, (body, variable))


def differential(body: Term, moving: Term) -> Term:
    """`d(body)` for a small change of the name `moving`."""
    if moving.kind not in ("name", "named", "letter"):
        raise TypeError(f"a differential needs the name that moves, not a {moving.kind}")
    return make("differential", None, (body, moving))


def named(text: str | Name, definition: Term) -> Term:
    """A part with a name, `z := Ax + b`: it prints its name, patterns do not look inside, it carries its definition."""
    return make("named", Name(text) if isinstance(text, str) else text, (definition,))


def cases(*values_and_conditions: Term, written: int | Literal["indicator"] | None = None) -> Term:
    """`{ v1 if c1, v2 if c2, … }`; a last value without a condition holds otherwise.

    `written` is another way to write the same: an `indicator`, `1[c]`, or the condition below the sums around it, as many as
    the number says.
    """
    return make("cases", written, values_and_conditions)


def relation(op: str | tuple[str, ...], *sides: Term) -> Term:
    r"""`a < b`, or a chain `0 < p < 1` with one sign between each two: `= ≠ < > ≤ ≥ ≈ := ∈`, as LaTeX-free symbols."""
    return make("relation", (op,) if isinstance(op, str) else op, sides)


#: Conventions about positions, as properties of nothing in particular: `property_of(FROM_ZERO)`.
FROM_ZERO, ZEROS_OUTSIDE = "indices start at 0", "terms outside are zero"


def property_of(what: str, *things: Term) -> Term:
    """A property said in words: symmetric, invertible, diagonal, orthogonal, positive definite, one-hot, probability."""
    return make("property", what, things)


def at(body: Term, *names_and_values: Term) -> Term:
    """An evaluation bar: `body |_{x = 1}`."""
    return make("at", None, (body, *names_and_values))
