"""Terms: same term same object, immutable, pickled to themselves, walked once however much is shared."""

from __future__ import annotations

import copy
import gc
import pickle

import pytest
from hypothesis import given

from symderiv.term.build import (
    add,
    apply,
    at,
    bigsum,
    delta,
    differential,
    entry,
    fraction,
    function,
    index,
    literal,
    minus,
    mul,
    name,
    named,
    norm,
    num,
    of,
    partial,
    power,
    relation,
    size,
    stack,
)  # fmt: skip
from symderiv.term.kinds import Term, as_term, leaves, make, subterms
from symderiv.term.places import canonical, opened, substitute
from symderiv.term.shapes import shape

from .values import scalars

x, y, n = name("x"), name("y"), size("n")
v, A = name("v", n), name("A", n, n)
i, j = index("i"), index("j")
f = function("f")


@pytest.mark.parametrize(
    "build",
    [
        lambda: x + y * 2,
        lambda: name("x", n),
        lambda: bigsum(entry(v, i), i, 1 + num(0), n),
        lambda: apply(f, fraction(x, y)),
        lambda: named("z", mul(A, v)),
        lambda: literal([[x, y], [y, x]]),
    ],
)
def test_the_same_term_is_the_same_object(build):
    assert build() is build()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (x + y, y + x),
        (mul(x, y, x), mul(mul(x, y), x)),
        (name("x"), name("x", n)),
        (name("n"), size("n")),
        (name("i"), index("i")),
        (num("0.5"), num("0.50")),
        (num("0.5"), fraction(num(1), num(2))),
        (function("sigma"), function("sigma", known=True)),
        (bigsum(entry(v, i), i), bigsum(entry(v, j), j)),
        (x - x, num(0)),
    ],
)
def test_what_is_written_otherwise_is_another_term(one, other):
    assert one is not other
    assert one != other


@pytest.mark.parametrize("what", ["kind", "args", "data", "free", "new"])
def test_a_term_is_immutable(what):
    with pytest.raises(AttributeError):
        setattr(x + y, what, ())


@given(scalars)
def test_pickle_and_copy_give_the_same_object(term):
    assert pickle.loads(pickle.dumps(term)) is term
    assert copy.copy(term) is term
    assert copy.deepcopy(term) is term


def test_a_dead_term_leaves_the_table():
    from symderiv.term import kinds

    term = apply(function("only_here"), num(123456789))
    key = (term.kind, term.data, term.args)
    assert key in kinds._table
    del term
    gc.collect()
    assert key not in kinds._table


@pytest.mark.parametrize(
    ("built", "kind", "args"),
    [
        (x + 1, "sum", (x, num(1))),
        (1 + x, "sum", (num(1), x)),
        (x + y + 1, "sum", (x, y, num(1))),
        (x - 3, "sum", (x, minus(num(3)))),
        (3 - x, "sum", (num(3), minus(x))),
        (x * y * 2, "product", (x, y, num(2))),
        (2 * x, "product", (num(2), x)),
        (x / 2, "fraction", (x, num(2))),
        (1 / x, "fraction", (num(1), x)),
        (x**2, "power", (x, num(2))),
        (2**x, "power", (num(2), x)),
        (-x, "minus", (x,)),
        (as_term(-3), "minus", (num(3),)),
    ],
)
def test_operators_write_what_stands_there(built, kind, args):
    assert (built.kind, built.args) == (kind, args)


@pytest.mark.parametrize(
    ("term", "free"),
    [
        (x + y, {x, y}),
        (entry(v, i), {v, i}),
        (bigsum(entry(v, i), i), {v}),
        (bigsum(entry(v, i) * entry(v, j), i), {v, j}),
        (bigsum(entry(v, i), i, num(1), n), {v, n}),
        (bigsum(entry(v, i), i, num(1), i), {v, i}),
        (bigsum(entry(v, i), i, num(1), i + 1), {v, i}),
        (stack(entry(v, i) * entry(v, j), i, n, j, n), {v, n}),
        (mul(bigsum(entry(v, i), i), entry(v, i)), {v, i}),
        (delta(i, j), {i, j}),
        (num(3), set()),
    ],
)
def test_free_letters(term, free):
    assert term.free == free


def test_a_named_part_has_its_own_name_and_the_letters_of_its_definition():
    z = named("z", x * y)
    assert z.free == {z, x, y}


@pytest.mark.parametrize(
    ("term", "moves"),
    [
        (x * y, False),
        (partial(x * y, x), True),
        (1 + partial(x * y, x), True),
        (differential(x * y, x), True),
        (named("g", partial(x * y, x)), False),
    ],
)
def test_whether_a_derivative_stands_below(term, moves):
    assert term.moves is moves


@given(scalars)
def test_subterms_come_once_and_children_first(term):
    seen: set[Term] = set()
    for node in subterms(term):
        assert node not in seen
        assert all(arg in seen for arg in node.args)
        seen.add(node)
    assert term in seen


@pytest.mark.parametrize(
    ("term", "count"),
    [(x, 1), (x + y + 1, 3), (entry(v, i), 1), (named("z", x * y), 1), (fraction(x, y**2), 3), (apply(f, x), 2)],
)
def test_leaves_count_what_the_eye_reads(term, count):
    assert leaves(term) == count


def shared(depth: int, under: Term) -> Term:
    """A formula with 2^depth leaves in depth different parts."""
    term = under
    for _ in range(depth):
        term = make("product", None, (term, term))
    return term


@pytest.mark.parametrize(
    "walk",
    [
        leaves,
        shape,
        opened,
        canonical,
        lambda term: substitute(term, {x: y}),
        lambda term: canonical(bigsum(term, i)),
        lambda term: substitute(bigsum(term, i), {x: entry(v, i)}),
        lambda term: pickle.loads(pickle.dumps(term)),
    ],
)
def test_shared_graphs_are_walked_once(walk):
    walk(shared(120, x + entry(v, i)))


def test_long_chains_need_no_recursion():
    term = x
    for _ in range(5000):
        term = minus(term)
    assert sum(1 for _ in subterms(term)) == 5001
    assert shape(term) == ()
    assert canonical(term) is opened(term) is term


def test_repr_shows_kind_and_parts():
    assert repr(x / 2 + y) == "sum(fraction(x, 2), y)"
    assert repr(norm(v, "F")) == "norm(F, v)"
    assert repr(relation("<", x, y)) == "relation(('<',), x, y)"


@pytest.mark.parametrize("variable", [x + y, num(2), of("transpose", v), apply(f, x)])
def test_a_derivative_is_taken_by_a_name(variable):
    with pytest.raises(TypeError, match="name"):
        partial(x, variable)


@pytest.mark.parametrize("moving", [x * 2, entry(v, i), num(1)])
def test_a_differential_moves_a_name(moving):
    with pytest.raises(TypeError, match="name"):
        differential(x, moving)


def test_the_style_of_a_derivative_is_kept():
    assert partial(x, x, "d") is not partial(x, x, "∂")
    assert at(power(x, num(2)), x, num(3)).args == (x**2, x, num(3))
    assert add() is num(0)
    assert mul(x) is x
