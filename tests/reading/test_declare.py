r"""What each form and phrase of `given` says."""

from __future__ import annotations

import pytest

from symderiv import derive
from symderiv.errors import SymderivError
from symderiv.reading import environment, read_expression
from symderiv.term.build import (
    ONE,
    ZERO,
    Signature,
    add,
    apply,
    bigsum,
    entry,
    fraction,
    function,
    index,
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
    property_of,
    relation,
    size,
    stack,
)
from symderiv.term.kinds import Term, make
from symderiv.term.names import Name
from symderiv.term.shapes import shape

n, m, d, N = (size(letter) for letter in "nmdN")
i, j, k = index("i"), index("j"), index("k")
x, t = name("x"), name("t")
vec_x, vec_z = name("x", n), name("z", m)
A = name("A", m, n)
X = name("X", N, d)
VECTORS = [r"x \in \mathbb{R}^n", r"z \in \mathbb{R}^m", r"A \in \mathbb{R}^{m \times n}"]


def fn(which: str, *arguments: Term) -> Term:
    return apply(function(which, known=True), *arguments)


def bessel(order: Term) -> Term:
    return make("function", Signature(Name("J"), known=True, means="besselj"), (order,))


#: given, a formula, and the term that it is under given
SAID: dict[str, tuple[list[str], str, Term]] = {
    "a scalar": ([r"x \in \mathbb{R}"], "x", x),
    "a column": ([r"x \in \mathbb{R}^n"], "x", vec_x),
    "a matrix": ([r"A \in \mathbb{R}^{m \times n}"], "A", A),
    "a row": ([r"x \in \mathbb{R}^{1 \times n}"], "x_i", entry(name("x", ONE, n), ONE, i)),
    "a column with its 1": ([r"x \in \mathbb{R}^{n \times 1}"], "x", vec_x),
    "numbers as sizes": ([r"x \in \mathbb{R}^{6}"], "x", name("x", num(6))),
    "several at once": ([r"x, y \in \mathbb{R}^n"], "x + y", add(vec_x, name("y", n))),
    "a size used as a number": ([r"x \in \mathbb{R}^n"], r"\frac1n", fraction(ONE, n)),
    "a natural number": ([r"n \in \mathbb{N}"], "n", n),
    "a size that is also a column": ([r"n \in \mathbb{R}^d"], "n", name("n", d)),
    "a name with a label": (
        [r"W_1 \in \mathbb{R}^{m \times n}", VECTORS[0]],
        "W_1 x",
        mul(name(Name("W", sub="1"), m, n), vec_x),
    ),
    "a label that wins over an entry": (
        [VECTORS[0], r"x_1 \in \mathbb{R}"],
        "x_1 x_2",
        mul(name(Name("x", sub="1")), entry(vec_x, num(2))),
    ),
    "a family": ([r"x_1, \dots, x_N \in \mathbb{R}^d"], "x_i", entry(name("x", N, d), i)),
    "a raised family": ([r"x^{(1)}, \dots, x^{(N)} \in \mathbb{R}^d"], "x^{(i)}_j", entry(name("x", N, d), i, j)),
    "a family by its index": ([r"x_i \in \mathbb{R}^d, i = 1, \dots, N"], "x_i", entry(name("x", N, d), i)),
    "a family of numbers": ([r"x_1, \dots, x_N \in \{-1, 1\}"], "x_i", entry(name("x", N), i)),
    "a raised family of numbers": ([r"x^{(1)}, \dots, x^{(N)} > 0"], "x^{(i)}", entry(name("x", N), i)),
    "a family as one array": ([r"x_1, \dots, x_N \in \mathbb{R}^d", r"x = (x_1, \dots, x_N)"], "x", name("x", N, d)),
    "a member of a family of functions": (
        [r"a_1, \dots, a_N \in \mathbb{R}^d", "j, k are indices", "h_{a_j}(t) = t a_j"],
        "h_{a_k}(u)",
        mul(name("u"), entry(name("a", N, d), k)),
    ),
    "rows": ([r"X \in \mathbb{R}^{N \times d}", "x_i is row i of X"], "x_i", entry(X, i)),
    "columns": ([r"X \in \mathbb{R}^{N \times d}", "x_i is column i of X"], "x_i", entry(of("transpose", X), i)),
    "raised rows": ([r"X \in \mathbb{R}^{N \times d}", "x^{(i)} is row i of X"], "x^{(i)}", entry(X, i)),
    "a function": (
        [r"f \colon \mathbb{R}^n \to \mathbb{R}", VECTORS[0]],
        "f'(x)",
        apply(prime(function("f", inputs=((n,),))), vec_x),
    ),
    "a definition": ([*VECTORS, "y = Ax"], "y", named("y", mul(A, vec_x))),
    "definitions out of order": ([*VECTORS, "y = 2u", "u = Ax"], "y", named("y", mul(num(2), named("u", mul(A, vec_x))))),
    "a definition with a prime": (
        [*VECTORS, "z' = 2z"],
        "z' + z",
        add(named(Name("z", primes=1), mul(num(2), vec_z)), vec_z),
    ),
    "the logistic function": (
        [r"\sigma(t) = \frac{1}{1+e^{-t}}"],
        r"\sigma'(x)",
        apply(prime(function("sigma", known=True)), x),
    ),
    "the logistic by another letter": (
        [r"\varphi(s) = 1/(1+\exp(-s))"],
        r"\varphi(x)",
        apply(function("varphi", means="sigma"), x),
    ),
    "the logistic entry by entry": (
        [*VECTORS, r"h(z) = (\sigma(z_1), \dots, \sigma(z_m))^\top"],
        "h(z)",
        apply(function("h", means="sigma"), vec_z),
    ),
    "a known function by another letter": ([r"\phi = \tanh"], r"\phi(x)", apply(function("phi", means="tanh"), x)),
    "a function with a formula": (["g(s) = s^2 + 1"], "g(2x)", add(power(mul(num(2), x), num(2)), ONE)),
    "its derivative": (["g(s) = s^2"], "g'(x)", partial(power(x, num(2)), x, "'")),
    "two arguments": (["f(x, c) = x c"], "f(2, t)", mul(num(2), t)),
    "a value with its arguments": ([*VECTORS, r"J(z) = \|z\|^2"], "J(z)", named("J", power(norm(vec_z), num(2)))),
    "a vector by its entries": (
        [VECTORS[0], r"p_i = x_i^2"],
        "p_j",
        entry(named("p", stack(power(entry(vec_x, i), num(2)), i, n)), j),
    ),
    "a function by its entries": (
        [VECTORS[0], r"f_i(x) = x_i^2"],
        "f_k(x)",
        entry(named("f", stack(power(entry(vec_x, i), num(2)), i, n)), k),
    ),
    "an undeclared function by its entries": (
        [r"f_i(x) = \frac{\exp(x_i)}{\sum_{k=1}^n \exp(x_k)}"],
        "f(x)",
        named("f", stack(fraction(fn("exp", entry(vec_x, i)), bigsum(fn("exp", entry(vec_x, k)), k, ONE, n)), i, n)),
    ),
    "a dependence": ([VECTORS[1], "L is a function of z"], "L", named("L", apply(function("L", inputs=((m,),)), vec_z))),
    "a function with a label": ([r"h_\theta(s) = \theta s"], r"h_\theta(2)", mul(name("theta"), num(2))),
    "a function in upright letters": ([*VECTORS, r"\operatorname{mean}(s) = 2s"], r"\operatorname{mean}(t)", mul(num(2), t)),
    "a name in words": ([r"\text{const} \in \mathbb{R}"], r"\text{const} + t", add(name("const"), t)),
    "index letters": (["a, b are indices", VECTORS[2]], "A_{ab}", entry(A, index("a"), index("b"))),
    "a name of two letters": (["KL is one name"], "KL + x", add(name("KL"), x)),
    "a label that is a word": ([r"W_{in} \in \mathbb{N}"], "W_{in} + 1", add(size(Name("W", sub="in")), ONE)),
    "a number with a name in capitals": (["RF is the receptive field, a number"], r"2 \cdot RF", mul(num(2), name("RF"))),
    "a square that is a name": ([r"\sigma^2 is one name"], r"2\sigma^2", mul(num(2), name(Name("sigma", sup="2")))),
    "primes that transpose": ([*VECTORS, "' denotes the transpose"], "A'z", mul(of("transpose", A), vec_z)),
    "the Frobenius product": ([VECTORS[2], ": is the Frobenius product"], "A : A", of("trace", mul(of("transpose", A), A))),
    "an entrywise star": ([VECTORS[0], "* is the entry-by-entry product"], "x * x", of("hadamard", vec_x, vec_x)),
    "entrywise products": (
        [VECTORS[0], "products, quotients and powers of vectors are entry by entry"],
        "xx",
        of("hadamard", vec_x, vec_x),
    ),
    "a base of logarithms": ([r"\log has base 10"], r"\log x", apply(log_to(num(10)), x)),
    "the determinant in bars": (
        [r"K \in \mathbb{R}^{n \times n}", "|K| is the determinant of K"],
        "|K|",
        of("det", name("K", n, n)),
    ),
    "Frobenius without subscript": ([VECTORS[2], r"\|\cdot\| of a matrix is the Frobenius norm"], r"\|A\|", norm(A, "F")),
    "Bessel functions": (["J_k is the Bessel function of the first kind of order k"], "J_1(x)", apply(bessel(ONE), x)),
    "a function in words": ([r"\psi is the digamma function"], r"\psi(x)", apply(function("psi", means="digamma"), x)),
    "softmax row by row": (
        [r"X \in \mathbb{R}^{N \times d}", "softmax acts on each row"],
        r"\operatorname{softmax}(X)",
        stack(entry(fn("softmax", entry(X, i)), j), i, N, j, d),
    ),
}


@pytest.mark.parametrize("label", SAID)
def test_a_form_means(label: str) -> None:
    given, source, meant = SAID[label]
    read = read_expression(source, environment(given))
    assert read is meant, f"{source}  was read as  {read}"


#: A condition or property, and the term that `compare` gets.
CONDITIONS: dict[str, Term] = {
    "t > 0": relation(">", t, ZERO),
    "0 < t < 1": relation(("<", "<"), ZERO, t, ONE),
    r"t \ne 0": relation("≠", t, ZERO),
    r"t \in \{-1, 1\}": relation("∈", t, of("tuple", minus(ONE), ONE)),
    r"x \in \{0, 1\}^n": relation("∈", vec_x, of("tuple", ZERO, ONE)),
    r"t \in (0, 1)": relation(("<", "<"), ZERO, t, ONE),
    r"\lvert t\rvert > 1": relation(">", fn("abs", t), ONE),
    r"\sin t > 0": relation(">", fn("sin", t), ZERO),
    "x_i > 0": relation(">", entry(vec_x, i), ZERO),
    r"x_i \in \{0, 1\}": relation("∈", entry(vec_x, i), of("tuple", ZERO, ONE)),
    r"\sum_i x_i = 1": relation("=", bigsum(entry(vec_x, i), i), ONE),
    r"\det(A^\top A) \ne 0": relation("≠", of("det", mul(of("transpose", A), A)), ZERO),
    r"\frac{\partial t}{\partial x} = x": relation("=", partial(t, vec_x), vec_x),
    "A is symmetric": property_of("symmetric", A),
    r"A^\top A is invertible": property_of("invertible", mul(of("transpose", A), A)),
    "x is one-hot": property_of("one-hot", vec_x),
    "each row of A is one-hot": property_of("one-hot", entry(A, i)),
    "x is a probability vector": property_of("probability", vec_x),
    "the entries of A are independent": property_of("independent entries", A),
    "no entry of x is zero": relation("≠", entry(vec_x, i), ZERO),
}


#: What is said of several names at once.
OF_EACH: dict[str, tuple[Term, ...]] = {
    "s, t > 0": (relation(">", name("s"), ZERO), relation(">", t, ZERO)),
    r"s, t \in \{-1, 1\}": tuple(relation("∈", one, of("tuple", minus(ONE), ONE)) for one in (name("s"), t)),
    r"y_1, \dots, y_N > 0": (relation(">", entry(name("y", N), i), ZERO),),
    r"y_1, \dots, y_N \in \{0, 1\}": (relation("∈", entry(name("y", N), i), of("tuple", ZERO, ONE)),),
    r"y^{(1)}, \dots, y^{(N)} \ge 0": (relation("≥", entry(name("y", N), i), ZERO),),
}


@pytest.mark.parametrize("source", OF_EACH)
def test_a_list_of_names_is_restricted_one_by_one(source: str) -> None:
    assert environment([source]).given == OF_EACH[source]


def test_a_family_of_positions_is_noted() -> None:
    source = r"y_1, \dots, y_N \in \{1, \dots, K\}"
    assert environment([source]).notes == (source,)


@pytest.mark.parametrize("source", CONDITIONS)
def test_a_condition_is_given(source: str) -> None:
    assert environment([*VECTORS, source]).given == (CONDITIONS[source],)


def test_two_properties_in_one_phrase() -> None:
    given = environment([*VECTORS, "A is symmetric positive definite"]).given
    assert given == (property_of("symmetric", A), property_of("positive definite", A))


def test_restrictions_declare_numbers() -> None:
    env = environment(["t > 0", r"\sigma > 0"])
    assert (env.quantities["t"], env.quantities["\\sigma"]) == (t, name("sigma"))


def test_a_list_of_names_before_one_sign() -> None:
    env = environment([r"\alpha, \beta > 0"])
    a, b = env.quantities["\\alpha"], env.quantities["\\beta"]
    assert env.given == (relation(">", a, ZERO), relation(">", b, ZERO))


def test_each_set_is_that_of_the_names_before_it() -> None:
    env = environment([r"x_1, \dots, x_N \in \mathbb{R}^d, \mu \in \mathbb{R}^d, A, B \in \mathbb{R}^{d \times d}"])
    shapes = [shape(term) for term in (env.stacks["x"], *[env.quantities[key] for key in ("\\mu", "A", "B")])]
    d = size("d")
    assert shapes == [(size("N"), d), (d,), (d, d), (d, d)]


def test_a_restriction_of_every_entry_declares_a_family() -> None:
    env = environment(["x_i > 0"])
    x = env.quantities["x"]
    assert len(x.data.shape) == 1
    assert env.given == (relation(">", entry(x, env.quantities["i"]), ZERO),)


def test_unknown_sentences_stop_nothing() -> None:
    words = "the network was trained for ten epochs"
    env = environment([*VECTORS, words, "we write $y = Ax$ for the output"])
    assert env.notes == (words, "we write $y = Ax$ for the output")
    assert env.assumed == ("y = Ax",)
    assert env.quantities["y"] is named("y", mul(A, vec_x))


def test_conventions_are_kept_word_for_word() -> None:
    said = ["numerator layout", "decimals are exact", "indices start at 0", "z is held fixed"]
    assert environment([*VECTORS, *said]).conventions == set(said)


def test_terms_are_taken_as_they_are() -> None:
    env = environment([relation(">", t, ZERO), vec_x, function("f")])
    assert (env.given, env.quantities["x"], env.functions["f"]) == ((relation(">", t, ZERO),), vec_x, function("f"))


def test_a_function_is_taken_as_it_is() -> None:
    f = function("f")
    assert read_expression("f(x)", environment([f])) is apply(f, name("x"))


def test_an_environment_is_a_value() -> None:
    env = environment(VECTORS)
    with pytest.raises(TypeError):
        env.quantities["x"] = t  # type: ignore[index]
    assert environment(VECTORS) == env


REFUSED = {
    "a definition by itself": (["y = 2y + z", "z = y"], "defined by itself"),
    "an unknown set": ([r"x \in \mathbb{R}_5"], "unknown set"),
    "a formula cut off": (["y = 2 +"], "end of the formula"),
    "entries without a range": (["p_i = 2i"], "no range of i"),
    "another inner product": ([r"\langle u, v \rangle = 2u v"], "another meaning"),
    "a set without a size": ([r"x \in \mathbb{R}^"], "no size"),
    "names cut off": ([r"x_1, \dots \in \mathbb{R}"], "no name"),
    "an interval of one end": ([r"x \in (1)"], "no interval"),
    "a number as a name": ([r"2 \in \mathbb{R}"], "no name"),
}


@pytest.mark.parametrize("label", REFUSED)
def test_refused(label: str) -> None:
    given, words = REFUSED[label]
    with pytest.raises(SymderivError, match=words) as caught:
        environment(given)
    assert caught.value.span is not None


@pytest.mark.parametrize("letter", ["X", "B", r"\Omega"])
def test_phrases_hold_for_every_letter(letter: str) -> None:
    matrix = rf"{letter} \in \mathbb{{R}}^{{n \times n}}"
    with pytest.raises(SymderivError, match="a matrix exponential"):
        read_expression(rf"e^{{{letter}}}", environment([matrix, f"e^{letter} is the matrix exponential"]))
    known = environment([matrix, f"|{letter}| is the determinant of {letter}"])
    assert read_expression(f"|{letter}|", known).kind == "det"


def test_what_has_no_value_stops_nothing_and_is_not_derived_from() -> None:
    """A definition that is read as far as its name is noted; a formula with that name is refused by the name."""
    given = [
        r"x \in \mathbb{R}^n",
        r"c = \mathbb{E}_q[g]",
        r"r_{l-1} = r_l + 1 \text{ from the output back}",
        "m test images i = 1, …, m",
    ]
    known = environment(given)
    assert set(known.notes) == set(given[1:])
    with pytest.raises(SymderivError, match="what `given` says of c has no value here"):
        derive(r"c \sum_i x_i^2", "x", given=given)
    assert derive(r"\sum_i x_i^2", "x", given=given).latex_result == "2x"


def test_a_formula_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(SymderivError):
        environment([r"z = x + "])
    with pytest.raises(SymderivError, match="another meaning"):
        environment([r"\langle u, v \rangle = \sum_{i=1}^n u_i v_i^2"])
