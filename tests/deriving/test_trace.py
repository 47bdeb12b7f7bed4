"""Adjoints: the shares of all users added, each by its local derivative; what is shown is replayed and verified."""

from __future__ import annotations

import pytest

from symderiv.deriving.derivation import replay
from symderiv.deriving.program import program
from symderiv.deriving.trace import Trace
from symderiv.deriving.verifying import Verifier
from symderiv.errors import SymderivError
from symderiv.reading import environment, read_expression
from symderiv.term.build import named, num
from symderiv.worth.value import Values

FORMULAS = ["x y + x", r"\frac{x^2}{\ln y}", r"e^{x y} \sin(x y)", r"\sqrt{x} - \sigma(x y)", r"\log_{10}(x + y) y"]


def traced(source: str) -> Trace:
    return Trace(program(read_expression(source, environment([r"\sigma(t) = \frac{1}{1 + e^{-t}}"]))))


@pytest.mark.parametrize("source", FORMULAS)
def test_every_step_is_replayed_and_proved(source: str) -> None:
    for derivation in traced(source).derivations.values():
        replay(derivation)
        assert {evidence.kind for evidence in Verifier(derivation).all()} <= {"proved"}, str(derivation.shown)


@pytest.mark.parametrize("source", FORMULAS)
def test_adjoints_are_confirmed_at_a_point(source: str) -> None:
    trace = traced(source)
    trace.confirm(Values({node.letter: 2 for node in trace.program.nodes if node.letter is not None}))


def test_an_adjoint_that_is_not_the_derivative_is_not_shown() -> None:
    trace = traced("x y + x")
    first = trace.program.nodes[0].part
    trace.adjoints[first] = named("wrong", num(7))
    with pytest.raises(SymderivError, match="is not the derivative of"):
        trace.confirm(Values({node.letter: 2 for node in trace.program.nodes if node.letter is not None}))


def test_the_rules_of_local_derivatives_are_named() -> None:
    trace = traced(r"\frac{x^2}{\ln y}")
    names = {step.law.name for derivation in trace.derivations.values() for step in derivation.steps}
    assert {"chain rule", "power rule", "reciprocal rule", "derivative of log"} <= names
