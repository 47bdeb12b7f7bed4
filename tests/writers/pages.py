"""A page with every kind of block: the softmax, its matrix form, and hostile words."""

from symderiv.pages.layout import layout
from symderiv.pages.sheet import (
    Derived,
    Details,
    Display,
    Facts,
    Figure,
    Heading,
    Note,
    Paragraph,
    Prose,
    Row,
    Sheet,
    Table,
)
from symderiv.questions.picture import Arrow, Box, Caption, Curve, Drawing, Mark
from symderiv.term.build import (
    ONE,
    E,
    add,
    apply,
    bigsum,
    cases,
    delta,
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
    root,
    size,
    stack,
)

n = size("n")
i, j, k = map(index, "ijk")
x = name("x")
v = name("v", n)
vi, vj, vk = entry(v, i), entry(v, j), entry(v, k)
s = named("s", bigsum(power(E, vk), k))
p = named("p", stack(power(E, vi) / s, i, n))
pi, pj = entry(p, i), entry(p, j)
sin = function("sin", known=True)


def row(left, right, *reason, **more):
    return Row(None if left is None else layout(left), "=", layout(right), reason, **more)


HOSTILE = "<script>alert(1)</script> & \\input{x} 100% #1 $5"
#: Every shape, one with hostile words.
DRAWING = Drawing(
    (20, 8),
    (
        Box((3, 3), (4, 2.4), layout(x), (layout(num(25)),)),
        Box((12, 3), (4, 2.4), HOSTILE, kind="block"),
        Arrow((5, 3), (10, 3), layout(2 * x)),
        Curve(((1, 7), (10, 6), (18, 7)), label=layout(x**2)),
        Curve(((1, 6), (18, 6)), "tangent"),
        Mark((10, 6), layout(v)),
        Caption((15, 7), "a caption", small=True),
    ),
    HOSTILE,
)

ASIDE = Details(
    ("aside 1: ", layout(partial(power(E, vi), vj))), (Derived((row(s, mul(power(E, vi), delta(i, j)), "known"),)),)
)
SOFTMAX = Derived(
    (
        row(
            partial(pi, vj),
            fraction(mul(partial(power(E, vi), vj), s) - mul(power(E, vi), partial(s, vj)), s**2),
            "quotient rule",
            evidence="proved",
        ),
        row(None, mul(power(E, vi) / s, delta(i, j)) - mul(power(E, vi) / s, power(E, vj) / s), "aside 1", details=(ASIDE,)),
        row(None, mul(pi, delta(i, j) - pj), "definition of ", layout(p), label="1"),
    )
)
LONG = add(*[mul(num(count), x**count, apply(sin, mul(num(count), x))) for count in range(2, 16)])
ODD = Derived(
    (
        row(name("h"), cases(x, relation(">", x, num(0)), minus(x)), "a very long reason that " * 4),
        row(None, mul(literal([[ONE, x], [x**2, num(0)]]), v) + root(x, num(3)) + norm(v)),
        row(None, LONG, "a long sum"),
        row(None, LONG / LONG, "a long fraction"),
    )
)
PAGE = Sheet(
    f"Softmax {HOSTILE}",
    (
        Prose(
            r"Let $p_i = \frac{e^{v_i}}{s}$, it costs 5\$ & <b>more</b>."
            "\n\n"
            r"Odd: $\text{<script>alert(1)</script>}$, $\boxed{x}$, "
            r"$\begin{aligned} a &= b \end{aligned}$, $\input{/etc/passwd}$."
        ),
        Heading(1, f"The softmax {HOSTILE}"),
        SOFTMAX,
        Display(layout(relation("=", partial(p, v), of("diag", p) - mul(p, of("transpose", p))))),
        Facts(("every line verified", layout(relation("=", x, num("1.5")))), lead=HOSTILE),
        Details(("every step",), (SOFTMAX,)),
        Details(("An open aside",), (Heading(2, "Inside"), SOFTMAX), open=True),
        ASIDE,
        Table(("name", layout(x)), (("a", layout(x**2)), (HOSTILE, "2"))),
        Figure(DRAWING),
        Note("condition", ("This needs ", layout(relation(">", x, num(0))))),
        Note("undecided", (HOSTILE,)),
        Paragraph(("Words with σ, ", layout(x), " and “quotes”")),
        Heading(1, "Odd ones"),
        ODD,
    ),
)
