"""Parts that the author of a problem names may stand in a result also where the formula does not have them."""

from __future__ import annotations

from sympy import IndexedBase, Sum, Symbol, exp, log, symbols

from symderiv import Problem, sheet

n = Symbol("n", integer=True, positive=True)
i, k = symbols("i k", integer=True)
x, p, s = IndexedBase("x", shape=(n,)), IndexedBase("p", shape=(n,)), Symbol("s")

PROBLEM = Problem(
    title="Log-sum-exp", let={s: Sum(exp(x[k]), (k, 1, n)), p[i]: exp(x[i]) / s}, f=log(s), called="ell", wrt=(x,)
)


def test_the_result_has_the_name() -> None:
    assert repr(PROBLEM.answers[0].result) == "p"
    rules = [step.law.name for step in PROBLEM.answers[0].derivation.steps]
    assert "one fraction for each term" not in rules


def test_the_name_is_defined_once_on_the_page() -> None:
    text = sheet([PROBLEM]).write("text")
    assert text.count("p_i = e^{x_i}/s") == 1
    assert [str(part) for part in PROBLEM.task.parts] == [r"\ell", "s", "p"]
