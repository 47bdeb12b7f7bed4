"""Sums over an index and Kronecker's delta: term by term, and the delta picks one term."""

from __future__ import annotations

from symderiv.rules.letters import c, column, d, f, i, j, k, letter, matrix, rest, run, square
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, bigsum, delta, entry, of, partial, power, relation
from symderiv.term.build import ZERO as _ZERO

_top = letter("n", "free")
_P, _S, _lim = run("P"), run("S"), run("L")
g, _rest = letter("g", "free"), rest("f")
_x, _X = column("x"), matrix("X")
_l, _m = letter("l", "index"), letter("m", "index")
_at, _under = letter("i", "position"), letter("j", "position")
_GRAHAM = "Graham, Knuth, Patashnik, Concrete Mathematics, 2.3"
_DELTA = "Petersen and Pedersen, The Matrix Cookbook, 2"
_run_alone = of("product", _P)
_family = rest("f", "family")
_product_over = bigsum(f, i, _lim, over="bigproduct")
_rest_k, _rest_j = entry(_family, k), entry(_family, j)

entry_of_the_variable = Rule(
    "entries are independent", partial(entry(_x, _at), entry(_x, j)), delta(_at, j), minor=True,
    say="one where it is the same entry, zero elsewhere", source=_DELTA,
)  # fmt: skip
delta_forgotten = entry_of_the_variable.mistaken(
    "delta forgotten", ONE, say="the derivative is one only for the same entry", kind="delta-forgotten"
)

entry_of_a_matrix = Rule(
    "entries are independent (matrix)", partial(entry(_X, _at, _under), entry(_X, _l, _m)),
    delta(_at, _l) * delta(_under, _m), minor=True,
    say="one where row and column are the same, zero elsewhere", source=_DELTA,
)  # fmt: skip
column_forgotten = entry_of_a_matrix.mistaken(
    "second delta forgotten", delta(_at, _l), say="row and column must both be the same", kind="delta-forgotten"
)

term_by_term = Rule(
    "sum, term by term", d(bigsum(f, i, _lim)), bigsum(d(f), i, _lim), minor=True,
    say="the derivative goes under the sum", source=_GRAHAM,
)  # fmt: skip
sum_dropped = term_by_term.mistaken("sum dropped", d(f), say="every term of the sum has its derivative", kind="sum-dropped")

product_of_many = Rule(
    "derivative of a product over an index", d(_product_over), _product_over * bigsum(d(f) / f, i, _lim),
    say="every factor in turn is replaced by its derivative", source="Apostol, Calculus I, 6.18",
    where=(relation("≠", f, _ZERO),),
)  # fmt: skip
only_factor = product_of_many.mistaken(
    "derivative taken under the product sign", bigsum(d(f), i, _lim, over="bigproduct"),
    say="a product is not differentiated factor by factor", kind="product-rule",
)  # fmt: skip

delta_picks = Rule(
    "the delta picks one term", bigsum(delta(k, j) * _rest_k, k, _lim), _rest_j,
    say="all terms but one vanish", source=_DELTA,
)  # fmt: skip
sum_kept = delta_picks.mistaken(
    "delta and sum both dropped", _rest_k, left=bigsum(delta(k, j) * _rest_k, k, _lim),
    say="the delta puts j in place of the summation letter", kind="wrong-index",
)  # fmt: skip

delta_minus_picks = Rule(
    "the delta picks one term of a difference",
    bigsum(_rest_k * (delta(k, j) - g), k, _lim), _rest_j - g * bigsum(_rest_k, k, _lim),
    say="the delta picks one term; what does not depend on the letter comes out of the sum", source=_DELTA,
)  # fmt: skip

_out = "a factor without the summation letter comes out of the sum"
first_factor = Rule(
    "constant first factor of a sum", bigsum(c * _P, k, _lim), c * bigsum(_run_alone, k, _lim), minor=True,
    say=_out, source=_GRAHAM,
)  # fmt: skip
last_factor = Rule(
    "constant last factor of a sum", bigsum(_P * c, k, _lim), bigsum(_run_alone, k, _lim) * c, minor=True,
    say=_out, source=_GRAHAM,
)  # fmt: skip
free_factor = Rule(
    "constant factor of a sum", bigsum(c * _rest, k, _lim), c * bigsum(_rest, k, _lim), minor=True,
    say=_out, source=_GRAHAM,
)  # fmt: skip

minus_out = Rule(
    "minus sign of a sum", bigsum(-f, k, _lim), -bigsum(f, k, _lim), minor=True,
    say="a minus sign comes out of the sum", source=_GRAHAM,
)  # fmt: skip

split = Rule(
    "sum of a sum", bigsum(_P + f + _S, k, _lim), bigsum(f, k, _lim), every=True, minor=True,
    say="a sum of two terms is summed term by term", source=_GRAHAM,
)  # fmt: skip

equal_terms = Rule(
    "sum of equal terms", bigsum(c, k, ONE, _top), _top * c,
    say="n times the term, if the letter does not stand in it", source=_GRAHAM,
)  # fmt: skip

geometric_sum = Rule(
    "geometric sum", bigsum(power(c, _top - k), k, ONE, _top), (1 - power(c, _top)) / (1 - c),
    say="one minus the power behind the last, over one minus the ratio", source=_GRAHAM, where=(relation("≠", c, ONE),),
)  # fmt: skip
geometric_sum_without_denominator = geometric_sum.mistaken(
    "geometric sum without its denominator", 1 - power(c, _top),
    say="the sum times one minus the ratio is that", kind="algebra",
)  # fmt: skip

empty_first_term = Rule(
    "the first term is zero", bigsum(k * _rest, k, _ZERO, _top), bigsum(k * _rest, k, ONE, _top), minor=True,
    say="the term with index zero has the factor zero", source=_GRAHAM,
)  # fmt: skip

_K = square("K")
_K_inv = of("inverse", _K)
_p, _q = letter("p", "index"), letter("q", "index")
_invertible = (relation("≠", of("det", _K), _ZERO),)

entry_of_an_inverse = Rule(
    "entry of an inverse", d(entry(_K_inv, i, j)),
    -bigsum(bigsum(entry(_K_inv, i, _p) * d(entry(_K, _p, _q)) * entry(_K_inv, _q, j), _p), _q), where=_invertible,
    say="from K K⁻¹ = I, entry by entry", source="Petersen and Pedersen, The Matrix Cookbook, 2.2",
)  # fmt: skip
inverse_entry_sign = entry_of_an_inverse.mistaken(
    "sign lost at an entry of an inverse",
    bigsum(bigsum(entry(_K_inv, i, _p) * d(entry(_K, _p, _q)) * entry(_K_inv, _q, j), _p), _q),
    say="a minus sign comes in", kind="sign",
)  # fmt: skip
determinant = Rule(
    "derivative of a determinant", d(of("det", _K)),
    of("det", _K) * bigsum(bigsum(entry(_K_inv, _q, _p) * d(entry(_K, _p, _q)), _p), _q), where=_invertible,
    say="Jacobi's formula, entry by entry", source="Petersen and Pedersen, The Matrix Cookbook, 2.1",
)  # fmt: skip
determinant_transposed = determinant.mistaken(
    "determinant with the inverse not transposed",
    of("det", _K) * bigsum(bigsum(entry(_K_inv, _p, _q) * d(entry(_K, _p, _q)), _p), _q),
    say="the entry (q, p) of the inverse stands beside the entry (p, q)", kind="transposed-factor",
)  # fmt: skip
