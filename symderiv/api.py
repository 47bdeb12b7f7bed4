"""The objects of the contract: thin views that hold the values of the floors below and call readers and writers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

from symderiv import library
from symderiv.deriving.answer import Answer, RouteName
from symderiv.deriving.derivation import Pace
from symderiv.deriving.derivation import Step as DerivedStep
from symderiv.deriving.verifying import Verifier
from symderiv.errors import SymderivError
from symderiv.pages import sheet as blocks
from symderiv.pages.assembling import Kind
from symderiv.pages.assembling import sheet as page_of
from symderiv.pages.layout import layout
from symderiv.pages.rulebook import rulebook
from symderiv.problem import Problem, several
from symderiv.reading.expressions import read_expression
from symderiv.reading.problems import read_name
from symderiv.term.kinds import Term
from symderiv.term.places import Place
from symderiv.term.sympy_door import from_sympy, to_sympy
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Evidence
from symderiv.worth.value import value
from symderiv.writers import FORMATS, WRITERS, writer_for_output

PACES = ("brief", "textbook", "every step")
ROUTES = ("entries", "differentials")


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula on a page, as LaTeX or as SymPy."""

    term: Term
    symbols: Mapping[Term, Any]

    def latex(self) -> str:
        """The formula as it stands on the page."""
        return str(import_module("symderiv.writers.latex").formula(layout(self.term)))

    def sympy(self) -> Any:
        """The formula in SymPy: the same value, in SymPy's own order."""
        return to_sympy(self.term, self.symbols)

    def __str__(self) -> str:
        return self.latex()

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex()}$"

    def _repr_html_(self) -> str:
        return _output(blocks.Sheet("", (blocks.Display(layout(self.term)),)))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": self.latex(), "text/latex": self._repr_latex_(), "text/html": self._repr_html_()}


@dataclass(frozen=True, slots=True)
class Step:
    """One rule at one place: `before` and `after` are the part that changed, `why` the rule in one sentence."""

    before: Expression
    after: Expression
    place: Place
    rule: str
    why: str
    evidence: Evidence
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A page that can be written in every format."""

    page: blocks.Sheet

    def write(self, writer: str, form: str = "standalone") -> str:
        """The page by a writer of `symderiv.writers`: a whole document, or a fragment for one."""
        _known("writer", writer, tuple(WRITERS.values()))
        return str(getattr(import_module(f"symderiv.writers.{writer}"), form)(self.page))

    def save(self, path: str | Path, format: str | None = None) -> None:
        """Write the page to a file; its ending says in which format, unless one is named. Nothing half-written stays."""
        _known("format", format, (None, *FORMATS))
        text = self.write(FORMATS[format] if format else writer_for_output(path))
        target = Path(path)
        partial = target.with_name(target.name + ".part")
        try:
            partial.write_text(text, encoding="utf-8")
            partial.replace(target)
        except (OSError, ValueError) as stop:
            reason = getattr(stop, "strerror", None) or stop
            raise SymderivError("not-writable", f"cannot write {target}: {reason}. Choose another path.") from None
        finally:
            with suppress(OSError, ValueError):
                partial.unlink(missing_ok=True)

    def to_dict(self) -> dict[str, Any]:
        """The page as plain data: `{"schema": "symderiv/sheet/1", …}`."""
        return dict(import_module("symderiv.writers.json").data(self.page))

    def _repr_latex_(self) -> str:
        return self.write("latex", "fragment")

    def _repr_html_(self) -> str:
        return _output(self.page)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": self.write("text"), "text/latex": self._repr_latex_(), "text/html": self._repr_html_()}


class OnAPage(ABC):
    """What has a page: it is written in every format, and shown in a notebook."""

    @property
    @abstractmethod
    def page(self) -> Sheet:
        """The page."""

    def latex(self) -> str:
        """The page as a LaTeX fragment."""
        return self.page.write("latex", "fragment")

    def html(self) -> str:
        """The page as one HTML file."""
        return self.page.write("html")

    def markdown(self) -> str:
        """The page as Markdown, formulas between dollars."""
        return self.page.write("markdown")

    def text(self) -> str:
        """The page as plain text."""
        return self.page.write("text")

    def _repr_latex_(self) -> str:
        return self.latex()

    def _repr_html_(self) -> str:
        return self.page._repr_html_()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {**self.page._repr_mimebundle_(), "text/latex": self._repr_latex_()}


@dataclass(frozen=True)
class Derivation(OnAPage):
    """The derivation of a problem: its results, its steps and its page.

    >>> d = derive(r"\\log(1 + e^x)", "x")
    >>> d.latex_result
    '\\\\frac{e^x}{1 + e^x}'
    """

    problem: Problem
    pace: Pace = "textbook"

    @property
    def answers(self) -> tuple[Answer, ...]:
        """One answer a variable, every step verified."""
        return self._verified[0]

    @cached_property
    def _verified(self) -> tuple[tuple[Answer, ...], tuple[tuple[DerivedStep, Evidence], ...]]:
        """The answers, and every step of theirs with what the referee found, looked for once."""
        if self.problem.graphs:
            return (), tuple(step for graph in self.problem.graphs for step in graph.verified())
        found: list[tuple[DerivedStep, Evidence]] = []
        for derivation in self.problem.derivations:
            found += zip(derivation.steps, Verifier(derivation).all(), strict=True)
        return self.problem.answers, tuple(found)

    @property
    def result(self) -> Any:
        """The derivative in SymPy; with several variables a tuple in their order."""
        results = tuple(to_sympy(result, self.problem.symbols) for result in self.problem.results)
        return results[0] if len(results) == 1 else results

    @property
    def latex_result(self) -> str:
        """The result as it stands on the page, in LaTeX; several are separated by commas."""
        return r", \quad ".join(Expression(result, {}).latex() for result in self.problem.results)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of every answer, in order, with its evidence."""
        return tuple(self._step(step, evidence) for step, evidence in self._verified[1])

    def _step(self, step: DerivedStep, evidence: Evidence) -> Step:
        symbols = self.problem.symbols
        before, after = Expression(step.before, symbols), Expression(step.after, symbols)
        conditions = tuple(Expression(term, symbols).latex() for term in step.conditions)
        return Step(before, after, step.place, step.law.name, step.law.say, evidence, conditions)

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the derivation needed, in LaTeX."""
        asked = tuple(made for part in self.problem.parts for made in part.derivations)
        needed = [step.conditions for step, _ in self._verified[1]] if self.problem.graphs else []
        needed += [answer.conditions for answer in self.answers] + [derivation.conditions for derivation in asked]
        found = dict.fromkeys(term for terms in needed for term in terms)
        return tuple(Expression(term, {}).latex() for term in found)

    def evaluate(self, values: Mapping[Any, Any]) -> Any:
        """The value of the result at numbers and arrays, keyed by LaTeX names or SymPy symbols.

        >>> derive("x^3", "x").evaluate({"x": 2})
        12.0
        """
        letters = {self._letter(key): number for key, number in values.items()}
        if self.problem.graphs:
            rates = tuple(graph.evaluate(letters) for graph in self.problem.graphs)
            return rates[0] if len(rates) == 1 else rates
        results = tuple(_array(value(answer.array(letters), letters, self.problem.facts)) for answer in self.problem.asked)
        return results[0] if len(results) == 1 else results

    def _letter(self, key: Any) -> Term:
        """What a key means: an index that stands free in a result, else a name."""
        results = () if self.problem.graphs else self.problem.results
        indices = [term for result in results for term in result.free if term.kind == "index"]
        return next((term for term in indices if term.data.latex == key), None) or self._read(read_name, key)

    def _read(self, reader: Callable[..., Term], item: Any) -> Term:
        if not isinstance(item, str):
            return from_sympy(item, {symbol: term for term, symbol in self.problem.symbols.items()})
        return reader(item, self.problem.environment)

    def agrees_with(self, other: Any) -> Evidence:
        """Evidence that another formula is this result.

        >>> derive("x^2", "x").agrees_with("x + x").kind
        'proved'
        """
        needed = (fact for derivation in self.problem.derivations for fact in derivation.conditions)
        return compare(self.problem.results[0], self._read(read_expression, other), (*self.problem.facts, *needed))

    def function(self, library: str = "numpy") -> Callable[..., Any]:
        """A function of the result in a library: not yet, and the error says so."""
        raise _no_code(f"function({library!r})")

    def source(self, library: str = "numpy", check: bool = False) -> str:
        """The source text of such a function: not yet, and the error says so."""
        raise _no_code(f"source({library!r})")

    @cached_property
    def page(self) -> Sheet:
        """The derivation as a sheet."""
        return Sheet(page_of([self.problem], pace=self.pace))

    def mathml(self) -> str:
        """The result as MathML."""
        mathml = import_module("symderiv.writers.mathml")
        return str(mathml.formula(layout(self.problem.results[0]), block=True))

    def to_dict(self) -> dict[str, Any]:
        """The derivation as plain data: `{"schema": "symderiv/derive/1", …}`."""
        return {
            "schema": "symderiv/derive/1",
            "title": self.problem.title,
            "result": [Expression(result, {}).latex() for result in self.problem.results],
            "conditions": list(self.conditions),
            "steps": [_step_data(step) for step in self.steps],
        }

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex_result}$"


def _no_code(what: str) -> SymderivError:
    return SymderivError(
        "unsupported", f"{what}: code export comes with a later version; `evaluate` gives the result's value at numbers."
    )


def _step_data(step: Step) -> dict[str, Any]:
    return {
        "before": step.before.latex(),
        "after": step.after.latex(),
        "place": list(step.place),
        "rule": step.rule,
        "why": step.why,
        "evidence": {"kind": step.evidence.kind},
        "conditions": list(step.conditions),
    }


def _array(numbers: Any) -> Any:
    if isinstance(numbers, list):
        return import_module("numpy").array(numbers)
    return numbers


def derive(
    expr: Any,
    wrt: Any = None,
    given: Iterable[Any] = (),
    order: int = 1,
    route: RouteName | None = None,
    at: Mapping[Any, Any] | None = None,
    pace: Pace = "textbook",
) -> Derivation:
    r"""Derive a gradient, every line by a named rule and verified.

    `expr` is a SymPy expression, a LaTeX string (it may have a left side and, after commas, definitions) or a Problem; `wrt`
    a symbol, a LaTeX name or several; `given` declarations, definitions and assumptions. Raises SymderivError.

    >>> derive(r"\|A x - b\|^2", "x", given=[r"A \in \mathbb{R}^{m \times n}", r"x \in \mathbb{R}^n", r"b \in \mathbb{R}^m"]
    ...     ).latex_result
    '2A^\\top (A x - b)'
    """
    _known("pace", pace, PACES)
    _known("route", route, (None, *ROUTES))
    _known("order", order, (1, 2))
    if isinstance(expr, Problem):
        problem = replace(expr, route=route or expr.route, order=max(order, expr.order))
    else:
        problem = Problem("", _expression(expr), wrt, given=given, at=at or {}, route=route, order=order)  # type: ignore[arg-type]
    derivation = Derivation(problem, pace)
    if not (problem.graphs or derivation.answers or problem.parts) and not problem.at:
        raise SymderivError("no-variable", "derive by what? Pass wrt=, a symbol or a LaTeX name.")
    return derivation


def _known(what: str, got: Any, expected: tuple[Any, ...]) -> None:
    if got not in expected:
        raise SymderivError("usage", f"{what} {got!r} is not known; expected one of {', '.join(map(repr, expected))}.")


def _expression(expr: Any) -> Any:
    if isinstance(expr, str) or hasattr(expr, "free_symbols"):
        return expr
    raise SymderivError(
        "unsupported", f"expected a SymPy expression, a LaTeX string or a Problem, got {type(expr).__name__}."
    )


def _output(page: blocks.Sheet) -> str:
    """A page as the output of a notebook's cell, capped in size."""
    return str(import_module("symderiv.writers.output").fragment(page))


def sheet(problems: Problem | str | Iterable[Problem | str], kind: Kind = "solution", pace: Pace = "textbook") -> Sheet:
    """The sheet of problems, given as such or by id (or a chapter by its name)."""
    _known("kind", kind, get_args(Kind))
    _known("pace", pace, PACES)
    chosen: list[Problem] = []
    for item in several(problems) if not isinstance(problems, Problem) else (problems,):
        chosen += [item] if isinstance(item, Problem) else library.select(item)
    return Sheet(page_of(chosen, kind, pace))


def rules(name: str | None = None) -> Sheet:
    """The rule book as a page: all of it, a chapter, or the rules of one name with what is mistaken for them."""
    return Sheet(rulebook(name))


def problems() -> tuple[library.Entry, ...]:
    """The library: entries with id, title, family and source."""
    return library.entries()


def load(which: str) -> Problem:
    """The problem of the library with this id."""
    return library.load(which)
