"""Matrix differentials: the lines of Magnus and Neudecker, each holding for a small change of the variable."""

from __future__ import annotations

from symderiv.rules.learning import logsumexp, softmax
from symderiv.rules.letters import D, c, column, f, g, i, letter, m, matrix, run, square
from symderiv.rules.rule import Rule
from symderiv.term.build import TWO, ZERO, apply, bigsum, function, norm, of, power, prime, relation
from symderiv.term.kinds import Term

_MN = "Magnus and Neudecker, Matrix Differential Calculus, "
_P, _S = run("P"), run("S")
_L = run("L")
_C, _E = run("C", "free"), run("E", "free")
_A, _B, _K, _M, _z = matrix("A"), matrix("B"), square("K"), square("M"), column("z")
_u, _k = letter("u", "depends"), letter("k", "size")
_f = letter("f", "field")
_log = function("log", known=True)


def _T(array: Term) -> Term:
    return of("transpose", array)


def _tr(array: Term) -> Term:
    return of("trace", array)


_K_inv = of("inverse", _K)
_invertible = (relation("≠", of("det", _K), ZERO),)

constant = Rule("constant", D(c), ZERO, say="what does not move has no differential", source=_MN + "8.2", minor=True)
sum_rule = Rule(
    "sum rule", D(_P + f + _S), D(f), every=True, minor=True,
    say="the differential of a sum, term by term", source=_MN + "8.2",
)  # fmt: skip
minus_sign = Rule("minus sign", D(-f), -D(f), say="a minus sign stays in front", source=_MN + "8.2", minor=True)
constant_factor = Rule(
    "constant factor", D(_C * _u * _E), _C * D(_u) * _E, minor=True,
    say="constant factors stay in their places", source=_MN + "8.2",
)  # fmt: skip
product_rule = Rule(
    "product rule", D(_P * _u * _S), _P * D(_u) * _S, every=True,
    say="one factor moves at a time; the order of the factors stays", source=_MN + "8.2",
)  # fmt: skip
commuted = product_rule.mistaken(
    "factors of a product rule commuted", _K * D(_M) + _M * D(_K), left=D(_K * _M),
    say="matrices do not commute: dA stays in the place of A", kind="non-commuting-order",
)  # fmt: skip
hadamard = Rule(
    "product rule, entry by entry", D(of("hadamard", _P, _u, _S)), of("hadamard", _P, D(_u), _S), every=True,
    say="one factor moves at a time", source=_MN + "8.2",
)  # fmt: skip
kronecker = Rule(
    "product rule, Kronecker", D(of("kron", _A, _B)), of("kron", D(_A), _B) + of("kron", _A, D(_B)),
    say="one factor moves at a time", source=_MN + "8.2",
)  # fmt: skip
term_by_term = Rule(
    "sum, term by term", D(bigsum(f, i, _L)), bigsum(D(f), i, _L), minor=True,
    say="the differential goes under the sum", source=_MN + "8.2",
)  # fmt: skip
transpose = Rule(
    "differential of a transpose", D(_T(_A)), _T(D(_A)), minor=True,
    say="the differential of the transpose is the transpose of the differential", source=_MN + "8.2",
)  # fmt: skip
transpose_of_a_column = Rule(
    "differential of a transposed column", D(_T(_z)), _T(D(_z)), minor=True,
    say="the differential of the transpose is the transpose of the differential", source=_MN + "8.2",
)  # fmt: skip
transpose_lost = transpose.mistaken("transpose lost", D(_A), say="the transpose stays", kind="transposed-factor")
diagonal_matrix = Rule(
    "differential of a diagonal matrix", D(of("diag", _z)), of("diag", D(_z)), minor=True,
    say="taking a vector to a diagonal is linear", source=_MN + "8.2",
)  # fmt: skip
diagonal_part = Rule(
    "differential of a diagonal", D(of("diagonal", _K)), of("diagonal", D(_K)), minor=True,
    say="taking the diagonal is linear", source=_MN + "8.2",
)  # fmt: skip
inverse = Rule(
    "differential of an inverse", D(_K_inv), -(_K_inv * D(_K) * _K_inv), where=_invertible,
    say="from K K⁻¹ = I", source=_MN + "8.4",
)  # fmt: skip
inverse_sign = inverse.mistaken("sign lost at an inverse", _K_inv * D(_K) * _K_inv, say="a minus sign comes in", kind="sign")
inverse_square = inverse.mistaken(
    "inverse differentiated like a number", -(power(_K_inv, TWO) * D(_K)),
    say="one inverse stands on each side of dK", kind="non-commuting-order",
)  # fmt: skip
log_determinant = Rule(
    "differential of log det", D(apply(_log, of("det", _K))), _tr(_K_inv * D(_K)),
    where=(relation(">", of("det", _K), ZERO),),
    say="Jacobi's formula, divided by the determinant", source=_MN + "8.3",
)  # fmt: skip
determinant = Rule(
    "differential of a determinant", D(of("det", _K)), of("det", _K) * _tr(_K_inv * D(_K)), where=_invertible,
    say="Jacobi's formula", source=_MN + "8.3",
)  # fmt: skip
determinant_trace = determinant.mistaken(
    "determinant factor lost", _tr(_K_inv * D(_K)), say="that is the differential of log det", kind="wrong-rule"
)
trace_of_power = Rule(
    "differential of the trace of a power", D(_tr(power(_K, m))), m * _tr(power(_K, m - 1) * D(_K)),
    say="under the trace all terms of the product rule are equal", source=_MN + "9.9",
)  # fmt: skip
trace_of_symbolic_power = Rule(
    "differential of the trace of a power, any exponent", D(_tr(power(_K, _k))),
    _k * _tr(power(_K, _k - 1) * D(_K)),
    say="under the trace all terms of the product rule are equal", source=_MN + "9.9",
)  # fmt: skip
trace_of_kronecker = Rule(
    "trace of a Kronecker product", D(_tr(of("kron", _K, _M))), D(_tr(_K) * _tr(_M)),
    say="the trace of a Kronecker product is the product of the traces", source=_MN + "2.4",
)  # fmt: skip
trace = Rule(
    "differential of a trace", D(_tr(_K)), _tr(D(_K)), minor=True, say="the trace is linear", source=_MN + "8.2",
)  # fmt: skip
squared_norm = Rule(
    "differential of a squared norm", D(power(norm(_z), TWO)), 2 * _T(_z) * D(_z),
    say="‖z‖² = zᵀz, and each term of the product rule is the other's transpose", source=_MN + "8.2",
)  # fmt: skip
norm_two_lost = squared_norm.mistaken(
    "factor two of a squared norm lost", _T(_z) * D(_z), say="two equal terms add up", kind="constant-factor"
)
norm_for_square = squared_norm.mistaken(
    "square of a norm taken for the norm",
    _T(_z) * D(_z) / norm(_z),
    say="that is the differential of ‖z‖",
    kind="wrong-rule",
)
squared_frobenius = Rule(
    "differential of a squared Frobenius norm", D(power(norm(_A, "F"), TWO)), 2 * _tr(_T(_A) * D(_A)),
    say="‖A‖² = tr AᵀA, and each term of the product rule is the other's transpose", source=_MN + "8.2",
)  # fmt: skip
euclidean_norm = Rule(
    "differential of a norm", D(norm(_z)), _T(_z) * D(_z) / norm(_z), where=(relation("≠", _z, ZERO),),
    say="‖z‖ is the root of ‖z‖²", source=_MN + "8.2",
)  # fmt: skip
frobenius_norm = Rule(
    "differential of a Frobenius norm", D(norm(_A, "F")), _tr(_T(_A) * D(_A)) / norm(_A, "F"),
    where=(relation("≠", _A, ZERO),), say="‖A‖ is the root of ‖A‖²", source=_MN + "8.2",
)  # fmt: skip
norm_not_squared = euclidean_norm.mistaken(
    "norm taken for its square", 2 * _T(_z) * D(_z), say="that is the differential of ‖z‖²", kind="wrong-rule"
)
sum_of_sizes = Rule(
    "differential of a sum of absolute values", D(norm(_z, "1")), _T(apply(function("sign", known=True), _z)) * D(_z),
    say="the sign of each entry; no entry may be zero", source="Boyd and Vandenberghe, Convex Optimization, A.1",
)  # fmt: skip
_p = apply(softmax, _z)
softmax_vector = Rule(
    "differential of softmax", D(_p), (of("diag", _p) - _p * _T(_p)) * D(_z),
    say="dp = (diag(p) − p pᵀ) dz", source="Goodfellow, Bengio, Courville, Deep Learning, 6.2.2.3",
)  # fmt: skip
softmax_diagonal = softmax_vector.mistaken(
    "softmax taken entry by entry", of("hadamard", _p, 1 - _p, D(_z)),
    say="every entry of p depends on every entry of z", kind="delta-forgotten",
)  # fmt: skip
log_sum_exp = Rule(
    "differential of logsumexp", D(apply(logsumexp, _z)), _T(_p) * D(_z), say="its gradient is the softmax",
    source="Boyd and Vandenberghe, Convex Optimization, 3.1.5",
)  # fmt: skip
unknown_field = Rule(
    "differential of f", D(apply(_f, _z)), _T(apply(prime(_f), _z)) * D(_z),
    say="the gradient of f, transposed, times the change of its argument", source=_MN + "5.7",
)  # fmt: skip
quotient_rule = Rule(
    "quotient rule", D(f / g), (D(f) * g - f * D(g)) / g**2, where=(relation("≠", g, ZERO),),
    say="as for numbers; the denominator is a number", source=_MN + "8.2",
)  # fmt: skip
constant_denominator = Rule(
    "constant denominator", D(f / c), D(f) / c, minor=True, where=(relation("≠", c, ZERO),),
    say="a constant denominator stays", source=_MN + "8.2",
)  # fmt: skip
