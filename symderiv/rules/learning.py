"""Functions of machine learning: sigmoid, softplus, relu, softmax and its logarithm, logsumexp, functions of a vector."""

from __future__ import annotations

from symderiv.rules.letters import column, d, i, j, k, letter, matrix, run
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, ZERO, E, apply, bigsum, cases, delta, entry, function, partial, power, prime, relation

_u, _t, _z, _phi, _lim = letter("u", "depends"), letter("t"), column("z"), letter("f", "field"), run("L")
_Z = matrix("Z")
sigma, softplus, relu = (function(name, known=True) for name in ("sigma", "softplus", "relu"))
softmax, logsoftmax, logsumexp = (function(name, known=True) for name in ("softmax", "logsoftmax", "logsumexp"))
_GBC = "Goodfellow, Bengio, Courville, Deep Learning, "

d_sigma = Rule(
    "derivative of the sigmoid", d(apply(sigma, _u)), apply(sigma, _u) * (1 - apply(sigma, _u)) * d(_u),
    say="σ' = σ(1 − σ), times the inner derivative", source=_GBC + "3.10",
)  # fmt: skip
sigma_itself = d_sigma.mistaken(
    "sigmoid kept as its own derivative", apply(sigma, _u) * d(_u), say="the derivative is σ(1 − σ)",
    kind="activation-derivative",
)  # fmt: skip
sigma_factor_lost = d_sigma.mistaken(
    "first factor lost in the derivative of the sigmoid", (1 - apply(sigma, _u)) * d(_u),
    say="the derivative is σ(1 − σ)", kind="activation-derivative",
)  # fmt: skip
sigma_plus = d_sigma.mistaken(
    "plus in the derivative of the sigmoid", apply(sigma, _u) * (1 + apply(sigma, _u)) * d(_u),
    say="the second factor is one minus the sigmoid", kind="activation-derivative",
)  # fmt: skip
sigma_like_tanh = d_sigma.mistaken(
    "sigmoid differentiated like tanh", (1 - apply(sigma, _u) ** 2) * d(_u), say="1 − σ² belongs to tanh",
    kind="activation-derivative",
)  # fmt: skip
sigma_inner_lost = d_sigma.mistaken(
    "inner derivative of a sigmoid lost", apply(sigma, _u) * (1 - apply(sigma, _u)),
    say="the inner derivative is a factor", kind="dropped-chain-factor",
)  # fmt: skip

sigma_prime = Rule(
    "derivative of the sigmoid in terms of itself", apply(prime(sigma), _t), apply(sigma, _t) * (1 - apply(sigma, _t)),
    say="σ' = σ(1 − σ)", source=_GBC + "3.10",
)  # fmt: skip

d_softplus = Rule(
    "derivative of softplus", d(apply(softplus, _u)), apply(sigma, _u) * d(_u),
    say="softplus is an antiderivative of the sigmoid", source=_GBC + "3.10",
)  # fmt: skip
softplus_itself = d_softplus.mistaken(
    "softplus kept as its own derivative", apply(softplus, _u) * d(_u), say="the derivative is the sigmoid",
    kind="activation-derivative",
)  # fmt: skip
softplus_twice = d_softplus.mistaken(
    "softplus differentiated like the sigmoid", apply(sigma, _u) * (1 - apply(sigma, _u)) * d(_u),
    say="σ(1 − σ) is the derivative of the sigmoid; of softplus it is the sigmoid itself", kind="activation-derivative",
)  # fmt: skip
d_relu = Rule(
    "derivative of relu", d(apply(relu, _u)), cases(d(_u), relation(">", _u, ZERO), ZERO, relation("<", _u, ZERO)),
    say="the inner derivative where the argument is positive, zero where it is negative; a kink at zero",
    source=_GBC + "6.3", where=(relation("≠", _u, ZERO),),
)  # fmt: skip
relu_itself = d_relu.mistaken(
    "relu kept as its own derivative", apply(relu, _u) * d(_u), say="where it is positive the derivative is one",
    kind="activation-derivative",
)  # fmt: skip

relu_for_identity = d_relu.mistaken(
    "relu taken for the identity", d(_u), say="where the argument is negative the derivative is zero",
    kind="activation-derivative",
)  # fmt: skip

_p_i, _p_k = entry(apply(softmax, _z), i), entry(apply(softmax, _z), k)
d_softmax = Rule(
    "derivative of softmax", d(_p_i), bigsum(_p_i * (delta(i, k) - _p_k) * d(entry(_z, k)), k),
    say="p_i(δ_ik − p_k): every entry of the softmax depends on every entry of its argument", source=_GBC + "6.2.2.3",
)  # fmt: skip
softmax_elementwise = d_softmax.mistaken(
    "softmax differentiated entry by entry", _p_i * (1 - _p_i) * d(entry(_z, i)),
    say="the other entries of the argument matter too: p_i(δ_ik − p_k)", kind="delta-forgotten",
)  # fmt: skip
softmax_delta_lost = d_softmax.mistaken(
    "delta of softmax taken for one", _p_i * (1 - _p_k), left=partial(_p_i, entry(_z, k)),
    say="only the entry’s own argument gives the one: p_i(δ_ik − p_k)", kind="delta-forgotten",
)  # fmt: skip
softmax_one_entry = d_softmax.mistaken(
    "softmax differentiated by its own entry only", _p_i * (1 - _p_i), left=partial(_p_i, entry(_z, k)),
    say="for another entry of the argument it is −p_i p_k: p_i(δ_ik − p_k)", kind="delta-forgotten",
)  # fmt: skip
softmax_other_entry = d_softmax.mistaken(
    "softmax differentiated by the other entries only", -(_p_i * _p_k), left=partial(_p_i, entry(_z, k)),
    say="for its own entry of the argument it is p_i(1 − p_i): p_i(δ_ik − p_k)", kind="delta-forgotten",
)  # fmt: skip
softmax_sign = d_softmax.mistaken(
    "sign of the softmax turned", bigsum(_p_i * (_p_k - delta(i, k)) * d(entry(_z, k)), k),
    say="the delta comes first: p_i(δ_ik − p_k)", kind="sign",
)  # fmt: skip
_q_i, _q_k = (power(E, entry(_z, own)) / bigsum(power(E, entry(_z, j)), j, _lim) for own in (i, k))
written_out_one_entry = d_softmax.mistaken(
    "softmax, written out, differentiated by its own entry only", _q_i * (1 - _q_i), left=partial(_q_i, entry(_z, k)),
    say="for another entry of the argument it is −p_i p_k: p_i(δ_ik − p_k)", kind="delta-forgotten",
)  # fmt: skip
written_out_elementwise = d_softmax.mistaken(
    "softmax, written out, differentiated entry by entry", _q_i * (1 - _q_i) * delta(i, k),
    left=partial(_q_i, entry(_z, k)), say="the other entries of the argument matter too: p_i(δ_ik − p_k)",
    kind="delta-forgotten",
)  # fmt: skip
written_out_other_entry = d_softmax.mistaken(
    "softmax, written out, differentiated by the other entries only", -(_q_i * _q_k), left=partial(_q_i, entry(_z, k)),
    say="for its own entry of the argument it is p_i(1 − p_i): p_i(δ_ik − p_k)", kind="delta-forgotten",
)  # fmt: skip
written_out_delta_lost = d_softmax.mistaken(
    "softmax, written out, with its delta taken for one", _q_i * (1 - _q_k), left=partial(_q_i, entry(_z, k)),
    say="only the entry’s own argument gives the one: p_i(δ_ik − p_k)", kind="delta-forgotten",
)  # fmt: skip
d_logsoftmax = Rule(
    "derivative of log-softmax", d(entry(apply(logsoftmax, _z), i)), bigsum((delta(i, k) - _p_k) * d(entry(_z, k)), k),
    say="δ_ik − p_k: the log cancels the factor p_i", source=_GBC + "6.2.2.3",
)  # fmt: skip
logsoftmax_delta_lost = d_logsoftmax.mistaken(
    "delta of log-softmax taken for one", 1 - _p_k, left=partial(entry(apply(logsoftmax, _z), i), entry(_z, k)),
    say="only the entry’s own argument gives the one: δ_ik − p_k", kind="delta-forgotten",
)  # fmt: skip
d_logsumexp = Rule(
    "derivative of logsumexp", d(apply(logsumexp, _z)), bigsum(_p_k * d(entry(_z, k)), k),
    say="its gradient is the softmax", source="Boyd and Vandenberghe, Convex Optimization, 3.1.5",
)  # fmt: skip

chain_rule_for_a_vector = Rule(
    "chain rule", d(apply(_phi, _z)), bigsum(entry(apply(prime(_phi), _z), i) * d(entry(_z, i)), i),
    say="one term for each entry through which the variable acts", source="Apostol, Calculus II, 8.8",
)  # fmt: skip
chain_rule_for_a_matrix = Rule(
    "chain rule (matrix)", d(apply(_phi, _Z)),
    bigsum(bigsum(entry(apply(prime(_phi), _Z), i, j) * d(entry(_Z, i, j)), j), i),
    say="one term for each entry through which the variable acts", source="Apostol, Calculus II, 8.8",
)  # fmt: skip
path_dropped = chain_rule_for_a_vector.mistaken(
    "only the first entry differentiated", entry(apply(prime(_phi), _z), ONE) * d(entry(_z, ONE)),
    say="every entry of the vector carries the variable", kind="missing-path",
)  # fmt: skip
