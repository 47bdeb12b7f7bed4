"""Letters that the tests of layout and writers share."""

from symderiv.term.build import E, apply, entry, function, index, mul, name, named, of, power, size, stack
from symderiv.term.kinds import Term

n, m = size("n"), size("m")
a, b, c, x, y = map(name, "abcxy")
i, j, k = map(index, "ijk")
v, u = name("v", n), name("u", n)
vi, vj, vk = entry(v, i), entry(v, j), entry(v, k)
A, S = name("A", m, n), name("S", n, n)
d = name("d", m)
f, g = function("f"), function("g")
F = function("f", inputs=((m,),))
G = function("g", inputs=((n,),), output=(m,))


def known(text: str) -> Term:
    return function(text, known=True)


sin, cos, log, exp, sigma = map(known, ("sin", "cos", "log", "exp", "sigma"))
z = named("z", A * v + d)
w = named("w", apply(sigma, z))
s = name("s")
p = named("p", stack(power(E, vi) / s, i, n))
pi, pj, pk = entry(p, i), entry(p, j), entry(p, k)


def T(term: Term) -> Term:
    return of("transpose", term)


def exp_of(term: Term) -> Term:
    return power(E, term)


def times(*factors: Term) -> Term:
    return mul(*factors)
