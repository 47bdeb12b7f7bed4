"""Formulas as people write them, beside the terms that they are; and what is refused, with the place."""

from __future__ import annotations

import pytest

from symderiv.errors import SymderivError
from symderiv.reading import environment, read_expression
from symderiv.term.build import (
    ONE,
    PI,
    ZERO,
    E,
    add,
    apply,
    at,
    bigsum,
    cases,
    delta,
    differential,
    entry,
    fraction,
    function,
    index,
    literal,
    log_to,
    minus,
    mul,
    name,
    norm,
    num,
    of,
    partial,
    power,
    prime,
    relation,
    root,
    size,
    stack,
)
from symderiv.term.kinds import Term
from symderiv.term.names import Name

n, m = size("n"), size("m")
i, j, k = index("i"), index("j"), index("k")
a, b, c, x, y, z, p, t, w = (name(letter) for letter in "abcxyzptw")
A, B, X, W = name("A", n, n), name("B", n, n), name("X", n, n), name("W", m, n)
u, v, q = name("u", n), name("v", n), name("q", m)
f, g = function("f"), function("g")
sigma = function("sigma", known=True)

ENV = environment(
    [
        r"A, B, X \in \mathbb{R}^{n \times n}",
        r"W \in \mathbb{R}^{m \times n}",
        r"u, v \in \mathbb{R}^n",
        r"q \in \mathbb{R}^m",
        r"a, b, c, x, y, z, p, t, w \in \mathbb{R}",
        r"f \colon \mathbb{R} \to \mathbb{R}",
    ]
)


def fn(which: str, *arguments: Term) -> Term:
    return apply(function(which, known=True), *arguments)


def tr(term: Term) -> Term:
    return of("transpose", term)


READ: dict[str, Term] = {
    # written order, signs, numerals
    "3x^2+2x+1": add(mul(num(3), power(x, num(2))), mul(num(2), x), ONE),
    "a - b - c": add(a, minus(b), minus(c)),
    "a - (b - c)": add(a, minus(add(b, minus(c)))),
    "(a+b)+c": add(add(a, b), c),
    "a(bc)": mul(a, mul(b, c)),
    "-x^2": minus(power(x, num(2))),
    "-2xy": minus(mul(num(2), x, y)),
    r"a \cdot -b": mul(a, minus(b)),
    "0.50x": mul(num("0.50"), x),
    r"2 \times 3 \cdot x": mul(num(2), num(3), x),
    "−x² · y": minus(mul(power(x, num(2)), y)),
    # application or product
    "x(x+1)": mul(x, add(x, ONE)),
    r"p(1-p)^{a}": mul(p, power(add(ONE, minus(p)), a)),
    "f(x)(x+1)": mul(apply(f, x), add(x, ONE)),
    "f(x)^2": power(apply(f, x), num(2)),
    "f^2(x)": power(apply(f, x), num(2)),
    r"\sigma(x)(1-\sigma(x))": mul(apply(sigma, x), add(ONE, minus(apply(sigma, x)))),
    "g(x)": apply(g, x),
    r"\mathbf{g}(g(x))": apply(function(Name("g", accent="mathbf")), apply(g, x)),
    "f''(x)": apply(prime(prime(f)), x),
    # functions without brackets
    r"\sin x": fn("sin", x),
    r"\sin 2x": fn("sin", mul(num(2), x)),
    r"\sin x\cos x": mul(fn("sin", x), fn("cos", x)),
    r"\log x + 1": add(fn("log", x), ONE),
    r"\log\det X": fn("log", of("det", X)),
    r"\log(x)y": mul(fn("log", x), y),
    r"\log(2\pi)": fn("log", mul(num(2), PI)),
    r"\sin^2 x": power(fn("sin", x), num(2)),
    r"\sin(x)^2": power(fn("sin", x), num(2)),
    r"\sin x^2": fn("sin", power(x, num(2))),
    r"\sin^{-1} x": fn("arcsin", x),
    r"\tanh^{-1}(x)": fn("artanh", x),
    r"\log_{10} x": apply(log_to(num(10)), x),
    r"\ln x": fn("ln", x),
    r"\exp(\operatorname{tr} X)I": mul(fn("exp", of("trace", X)), of("identity", n)),
    "exp(-x)": fn("exp", minus(x)),
    r"\max(0,x)": fn("max", ZERO, x),
    r"\max\{a,b\}": fn("max", a, b),
    r"\max_i u_i": fn("max", u),
    r"\Gamma(x)": fn("Gamma", x),
    r"\lvert x\rvert + |y|": add(fn("abs", x), fn("abs", y)),
    r"|x|y|z|": mul(fn("abs", x), y, fn("abs", z)),
    # quotients, powers, roots
    r"\frac12 x": mul(fraction(ONE, num(2)), x),
    r"\frac 1 {x+1}": fraction(ONE, add(x, ONE)),
    "x^2/2": fraction(power(x, num(2)), num(2)),
    "a b/c": fraction(mul(a, b), c),
    r"a/b \cdot c": mul(fraction(a, b), c),
    r"\sqrt[3]{x}": root(x, num(3)),
    r"e^{-x^2/2}": power(E, minus(fraction(power(x, num(2)), num(2)))),
    "x^{-1}": power(x, minus(ONE)),
    r"e^{x/T}": power(E, fraction(x, name("T"))),
    # arrays
    "A^T A u": mul(tr(A), A, u),
    r"A^\top(Au-v)": mul(tr(A), add(mul(A, u), minus(v))),
    r"A^{-1}u": mul(of("inverse", A), u),
    r"A^{-\top}": tr(of("inverse", A)),
    r"A^{-T}": tr(of("inverse", A)),
    r"X^{\mathsf T}": tr(X),
    r"(A^\top)^{-1}": of("inverse", tr(A)),
    r"\operatorname{diag}(u) - uu^\top": add(of("diag", u), minus(mul(u, tr(u)))),
    r"\operatorname{diag}(X)": of("diagonal", X),
    r"-u\odot Av": minus(of("hadamard", u, mul(A, v))),
    r"u \odot v \odot u": of("hadamard", u, v, u),
    r"u \oslash v": fraction(u, v),
    r"A \otimes B": of("kron", A, B),
    r"u^{\odot 3}": power(u, num(3)),
    r"X^{\odot 2}": of("hadamard", X, X),
    r"\|Au-v\|^2": power(norm(add(mul(A, u), minus(v))), num(2)),
    r"\lVert W\rVert_F^2": power(norm(W, "F"), num(2)),
    r"\|u\|_1": norm(u, "1"),
    r"\langle u, v\rangle": mul(tr(u), v),
    r"\langle A, B\rangle": of("trace", mul(tr(A), B)),
    r"\mathbf{1}^\top W": mul(tr(of("ones", m)), W),
    r"W\mathbf{1}": mul(W, of("ones", n)),
    r"A + I": add(A, of("identity", n)),
    r"I_m": of("identity", m),
    r"\begin{pmatrix} a & b \\ c & x \end{pmatrix}": literal([[a, b], [c, x]]),
    r"(a, b)^\top": literal([[a], [b]]),
    r"[u_1, \dots, u_n]^\top": stack(entry(u, k), k, n, listed=-1),
    # indices
    "u_i": entry(u, i),
    "X_{ij}": entry(X, i, j),
    "X_{i,j+1}": entry(X, i, add(j, ONE)),
    "X_{12}": entry(X, ONE, num(2)),
    "(Au)_i": entry(mul(A, u), i),
    r"A^{-1}_{ij}": entry(of("inverse", A), i, j),
    r"(u^\top v)_{11}": entry(mul(tr(u), v), ONE, ONE),
    r"\delta_{ij}u_j": mul(delta(i, j), entry(u, j)),
    "u_i^2": power(entry(u, i), num(2)),
    "w_1 x": mul(name(Name("w", sub="1")), x),
    r"\hat y_1": name(Name("y", accent="hat", sub="1")),
    r"y_{target}": name(Name("y", sub="target")),
    r"\operatorname{softmax}(u)_i": entry(fn("softmax", u), i),
    # sums
    r"\sum_{i=1}^{n} u_i v_i": bigsum(mul(entry(u, i), entry(v, i)), i, ONE, n),
    r"\sum_i u_i + 1": add(bigsum(entry(u, i), i), ONE),
    r"\sum_{ij} X_{ij}": bigsum(bigsum(entry(X, i, j), j), i),
    r"\sum u_i": bigsum(entry(u, i), i),
    r"\sum_{j\ne i} u_j": bigsum(cases(entry(u, j), relation("≠", j, i), ZERO, written=1), j),
    r"\prod_{i} u_i": bigsum(entry(u, i), i, over="bigproduct"),
    # derivatives
    r"\frac{d}{dx}(x^2+1)": partial(add(power(x, num(2)), ONE), x, "d"),
    r"\frac{d}{dx}(x^2+1)y": mul(partial(add(power(x, num(2)), ONE), x, "d"), y),
    r"\frac{\partial}{\partial u}(u-v)^\top A(u-v)": partial(mul(tr(add(u, minus(v))), A, add(u, minus(v))), u),
    r"\frac{\partial x}{\partial u_i}": partial(x, entry(u, i)),
    r"\frac{\partial^2 z}{\partial x\,\partial y}": partial(partial(z, y), x),
    r"\frac{d^2 y}{dx^2}": partial(partial(y, x, "d"), x, "d"),
    r"\nabla_u x": partial(x, u, "∇"),
    r"\nabla_u \tfrac12 u^\top u": partial(mul(fraction(ONE, num(2)), tr(u), u), u, "∇"),
    r"\partial_x f(x)": partial(apply(f, x), x),
    r"\partial z/\partial x": partial(z, x),
    r"\frac{df}{dx}": partial(apply(f, x), x, "d"),
    r"\left.\frac{d y}{d x}\right|_{x=1}": at(partial(y, x, "d"), x, ONE),
    "(x^2)'": partial(power(x, num(2)), x, "'"),
    "dX": differential(X, X),
    # cases and relations
    r"\begin{cases}x,&x>0\\0,&\text{otherwise}\end{cases}": cases(x, relation(">", x, ZERO), ZERO),
    r"\begin{cases}x&\text{if }x>0\\0&x\le 0\\\end{cases}": cases(x, relation(">", x, ZERO), ZERO, relation("≤", x, ZERO)),
    r"\mathbf{1}[x > 0]": cases(ONE, relation(">", x, ZERO), ZERO, written="indicator"),
    r"0 < p < 1": relation(("<", "<"), ZERO, p, ONE),
    r"a = b = c": relation(("=", "="), a, b, c),
}


@pytest.mark.parametrize("source", READ)
def test_read_as_it_is_written(source: str) -> None:
    assert read_expression(source, ENV) is READ[source], f"{source}  was read as  {read_expression(source, ENV)}"


#: label: source, span, words of the message, code
REFUSED: dict[str, tuple[str, tuple[int, int], str, str]] = {
    "nothing": ("", (0, 0), "expected a number", "unread"),
    "a sign without its right side": ("x + ", (4, 4), "saw the end of the formula", "unread"),
    "two signs": ("x * / y", (4, 5), "saw '/'", "unread"),
    "a bracket never closed": ("(x + 1", (6, 6), "expected ')'", "unread"),
    "the wrong bracket": ("(x + 1]", (6, 7), "expected ')' for the '('", "unread"),
    "a bracket too many": ("x + 1)", (5, 6), "end of the formula", "unread"),
    "a brace never closed": (r"\frac{x}{y", (8, 9), "never closed", "unread"),
    "a bar never closed": ("|x + 1", (6, 6), "expected '|' again", "unread"),
    "an empty fraction": (r"\frac{}{x}", (6, 7), "expected something in the braces", "unread"),
    "an exponent of two digits": ("x^10", (2, 4), "write ^{10}", "unread"),
    "two numbers side by side": ("2 3", (2, 3), "two numbers", "unread"),
    "a factor behind a slash": ("1/2x", (3, 4), r"\frac", "unread"),
    "two kinds of product": (r"A \odot B \otimes X", (10, 17), "brackets", "unread"),
    "a function without argument": (r"\sin + 1", (5, 6), "argument", "unread"),
    "two arguments of sin": (r"\sin(x, y)", (0, 4), "2 arguments", "unread"),
    "three positions of a matrix": ("X_{i,j,k}", (3, 4), "3 positions", "unread"),
    "a position of a number": ("(xy)_i", (5, 6), "0 axes", "unread"),
    "a matrix norm without a name": (r"\|X\|", (0, 2), "Frobenius", "unread"),
    "bars around a matrix": ("|X|", (0, 1), r"\det", "unread"),
    "an identity of no size": ("I", (0, 1), "I_n", "unread"),
    "half a range": (r"\sum_{i=1} u_i", (6, 7), "one limit", "unread"),
    "a sum over nothing": (r"\sum x", (0, 4), r"\sum_i", "unread"),
    "a sum without body": (r"\sum_i", (6, 6), "summed", "unread"),
    "orders that differ": (r"\frac{d^2 y}{dx}", (0, 5), "order 2", "unread"),
    "an operator without body": (r"\frac{d}{dx}", (12, 12), "differentiated", "unread"),
    "a gradient in nothing": (r"\nabla (u^\top v)", (0, 6), r"\nabla_x", "unread"),
    "a bar without equation": (r"\left.x\right|_{1}", (16, 17), "name = value", "unread"),
    "a prime of two letters": ("(xy)'", (4, 5), "several variables", "unread"),
    "rows of two lengths": (r"\begin{pmatrix} a & b \\ c \end{pmatrix}", (0, 15), "different lengths", "unread"),
    "a value that is a relation": (r"\begin{cases} x = 1 & x>0 \end{cases}", (14, 15), "relation where a value", "unread"),
    "ones of no declared size": (r"\sum_i p_i \mathbf{1}", (0, 4), "nothing tells", "unread"),
    "a condition that is none": (r"\begin{cases} x & y \\ 0 & x>0 \end{cases}", (18, 19), "no relation", "unread"),
    "a word without \\text": ("x + errors", (4, 10), r"\text{errors}", "unread"),
    "a sum in words": ("sum(x)", (0, 3), "operator", "unsupported"),
    "an integral without limits": (r"\int x\,dx", (0, 4), "without both limits", "unsupported"),
    "an integral without its end": (r"\int_0^1 x + 1", (0, 4), "without its dt", "unread"),
    "an expectation": (r"\mathbb{E}[x]", (0, 10), "an expectation", "unsupported"),
    "a limit of nothing that moves": (r"\lim x", (0, 4), "without its arrow", "unread"),
    "a limit by a number": (r"\lim_{2 \to 0} x", (6, 7), "expected a name", "unread"),
    "a spectral norm": (r"\|X\|_2", (0, 2), "spectral", "unsupported"),
    "a convolution sign": (r"u \star v", (2, 7), "convolution", "unsupported"),
    "a derivative by a number": (r"\frac{\partial x}{\partial (2+1)}", (27, 28), "does not change", "unread"),
    "a relation of no kind here": (r"x \sim y", (2, 6), "∼", "unsupported"),
}


@pytest.mark.parametrize("label", REFUSED)
def test_refused_with_a_caret(label: str) -> None:
    source, span, words, code = REFUSED[label]
    with pytest.raises(SymderivError) as caught:
        read_expression(source, ENV)
    message = str(caught.value)
    assert (caught.value.code, caught.value.span) == (code, span), message
    assert words in message, message
    first, caret = message.split("\n")[:2]
    assert first == source and caret.index("^") == span[0] if caret.strip() else not source


def test_a_deep_formula_is_a_limit() -> None:
    with pytest.raises(SymderivError, match="nested") as caught:
        read_expression("(" * 500 + "x" + ")" * 500)
    assert caught.value.code == "limit"


def test_a_strict_reader_wants_declarations() -> None:
    with pytest.raises(SymderivError, match="nobody declared") as caught:
        read_expression("x + s", ENV, strict=True)
    assert (caught.value.code, caught.value.span) == ("unknown-name", (4, 5))


def test_the_shape_of_the_whole_sizes_the_identity() -> None:
    assert read_expression("I", ENV, shape=(m, m)) is of("identity", m)


def test_undeclared_letters_are_told() -> None:
    assert ENV.undeclared(read_expression("r x + s", ENV)) == (name("r"), name("s"))


def test_a_declared_letter_loses_its_usual_meaning() -> None:
    env = environment([r"e \in \mathbb{R}", r"\pi > 0", r"\sigma > 0", r"d \in \mathbb{N}", r"I \in \mathbb{R}"])
    sigma_name = name("sigma")
    assert read_expression(r"e\pi\sigma(1+e) + dx + I", env) is add(
        mul(name("e"), name("pi"), sigma_name, add(ONE, name("e"))), mul(size("d"), x), name("I")
    )


#: Small letters above a name: a label only where they are a word of letters that nobody declared.
RAISED: dict[str, Term] = {
    "e^{hkl}": power(E, mul(name("h"), name("k"), name("l"))),
    "h^{k l o}": power(name("h"), mul(name("k"), name("l"), name("o"))),
    "w^{axb}": power(w, mul(a, x, b)),
    "h^{old}": name(Name("h", sup="old")),
    "e^{(x)}": power(E, x),
    r"e^{(a)(b)}": power(E, mul(a, b)),
    r"h^{(a)(b)}": power(name("h"), mul(a, b)),
    "h^{(1)}": name(Name("h", sup="(1)")),
}


@pytest.mark.parametrize("source", RAISED)
def test_a_raised_word_is_no_product(source: str) -> None:
    assert read_expression(source, ENV) is RAISED[source]
