"""What the layout writes, the reader reads back as the same term: no bracket is missing and no product looks like a call."""

from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.pages.layout import layout
from symderiv.reading import Environment, read_expression
from symderiv.term.build import (
    ONE,
    PI,
    E,
    add,
    apply,
    bigsum,
    delta,
    differential,
    entry,
    fraction,
    function,
    index,
    integral,
    log_to,
    minus,
    mul,
    name,
    named,
    norm,
    num,
    of,
    partial,
    power,
    prime,
    root,
    size,
)
from symderiv.term.kinds import Term, make
from symderiv.term.names import Name
from symderiv.term.places import rebuilt, same, with_args
from symderiv.writers import latex

n = size("n")
x, a, t = name("x"), name("a"), name("t")
SCALARS = [a, x, name("alpha"), name(Name("w", sub="1")), name(Name("y", accent="hat"))]
i, j, k, r = map(index, "ijkr")
v, u = name("v", n), name("u", n)
A, B = name("A", n, n), name("B", n, n)
z = named("z", A * v)
f, g, h = function("f"), function("g"), function("h", inputs=((n,),))
KNOWN = Environment(
    quantities={
        **{letter.data.name.latex: letter for letter in (*SCALARS, v, u, A, B, n)},
        **{letter.data.latex: letter for letter in (i, j, k, r, z)},
    },
    functions={"f": f, "g": g, "h": h},
)
FUNCTIONS = [function(word, known=True) for word in "sin log ln exp sigma tanh abs relu".split()]
FUNCTIONS += [f, g, prime(f), prime(function("sigma", known=True)), log_to(num(2))]

atoms = st.sampled_from(
    [
        *SCALARS,
        num(2),
        num(10),
        num("0.5"),
        E,
        PI,
        n,
        entry(v, i),
        entry(A, i, j),
        entry(z, k),
        delta(i, j),
        differential(x, x),
    ]
)


def larger(part: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    pair = st.tuples(part, part)
    return st.one_of(
        st.lists(part, min_size=2, max_size=3).map(lambda terms: add(*terms)),
        st.lists(part, min_size=2, max_size=4).map(lambda terms: mul(*terms)),
        pair.map(lambda both: fraction(*both)),
        pair.map(lambda both: power(*both)),
        st.tuples(st.sampled_from(FUNCTIONS), part).map(lambda both: apply(*both)),
        st.tuples(part, st.sampled_from([x, entry(v, j)])).map(lambda both: partial(*both)),
        part.map(minus),
        part.map(root),
        part.map(lambda body: partial(body, x, "d")),
        part.map(lambda body: bigsum(body, k)),
        st.tuples(part, part).map(lambda both: integral(both[0], t, ONE, both[1])),
        st.tuples(part, part).map(lambda both: integral(both[0], x, both[1], x)),
        part.map(lambda body: bigsum(body, r, ONE, n)),
    )


def larger_matrix(part: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    pair = st.tuples(part, part)
    scalar = st.sampled_from([num(2), a, entry(v, i), fraction(ONE, n), a + x])
    return st.one_of(
        pair.map(lambda both: mul(*both)),
        pair.map(lambda both: add(*both)),
        pair.map(lambda both: of("hadamard", *both)),
        st.tuples(scalar, part).map(lambda both: mul(*both)),
        st.tuples(st.sampled_from(FUNCTIONS[:4]), part).map(lambda both: apply(*both)),
        part.map(minus),
        part.map(lambda array: of("transpose", array)),
        part.map(lambda array: of("inverse", array)),
        part.map(lambda array: power(array, num(2))),
    )


def scalar_of(matrix: Term) -> st.SearchStrategy[Term]:
    return st.sampled_from(
        [
            matrix,
            of("trace", matrix),
            apply(FUNCTIONS[1], of("det", matrix)),
            power(norm(matrix, "F"), num(2)),
            entry(matrix, i, j),
            mul(of("transpose", v), matrix, u),
            apply(prime(h), matrix * v),
            entry(apply(prime(h), matrix * v), i),
        ]
    )


def flat(term: Term) -> Term:
    """A product of products as one product, as it stands on paper; `dx/dx` cannot be told from a derivative there."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node.kind == "product":
            return make(
                "product", None, tuple(arg for part in args for arg in (part.args if part.kind == "product" else (part,)))
            )
        if node.kind == "fraction" and all(arg is differential(x, x) for arg in args):
            return partial(x, x, "d")
        return with_args(node, args)

    return rebuilt(term, change)


def is_read_back(term: Term) -> None:
    written = latex.formula(layout(term))
    read = read_expression(written, KNOWN)
    assert same(flat(read), flat(term)), f"{term} was written {written} and read {read}"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.recursive(atoms, larger, max_leaves=8))
def test_scalar_terms_are_read_back(term):
    is_read_back(term)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.recursive(st.sampled_from([A, B, differential(A, A)]), larger_matrix, max_leaves=6).flatmap(scalar_of))
def test_matrix_terms_are_read_back(term):
    is_read_back(term)
