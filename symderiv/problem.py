"""Problem: what is asked, in SymPy or LaTeX, with its parts, points, statement and source; it can state itself as a Task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from symderiv.deriving.answer import Answer, LayoutName, RouteName, Routes
from symderiv.errors import SymderivError
from symderiv.reading.declare import environment
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import NOTHING_KNOWN, read_expression
from symderiv.reading.problems import read_name, read_problem
from symderiv.rules.matching import meaning_of
from symderiv.term.build import name, named, num, stack
from symderiv.term.kinds import Term, subterms
from symderiv.term.sympy_door import from_sympy_with_names, given_of
from symderiv.term.sympy_names import name_of


@dataclass(frozen=True, slots=True)
class Task:
    """A problem in Terms: `body` by each of `variables`, under `given`, with values of letters in `at`.

    `symbols` are the author's SymPy symbols of the names, so that results go back in them.
    """

    body: Term
    variables: tuple[Term, ...]
    given: tuple[Term, ...]
    at: tuple[tuple[Term, Term], ...] = ()
    symbols: Mapping[Term, Any] = field(default_factory=dict)
    environment: Environment = NOTHING_KNOWN

    @property
    def layout(self) -> LayoutName | None:
        """The layout that the problem asks for, in words (“denominator layout”)."""
        asked = [name for name in get_args(LayoutName) if f"{name} layout" in self.environment.conventions]
        return asked[0] if asked else None

    @property
    def functions(self) -> frozenset[str]:
        """The known functions that the problem speaks of."""
        spoken = [fn for fn in self.environment.functions.values() if isinstance(fn, Term)]
        written = [node for node in subterms(self.body) if node.kind == "function"]
        return frozenset(meaning_of(fn) for fn in (*spoken, *written) if fn.kind == "function" and fn.data.known)

    @property
    def parts(self) -> tuple[Term, ...]:
        """The named parts, each before those that stand in its definition, in the order in which they are written."""
        found: dict[Term, None] = {}
        waiting = [self.body]
        while waiting:
            inside = [node for term in waiting for node in _written(term) if node.kind == "named"]
            found = {**{part: None for part in found if part not in inside}, **dict.fromkeys(inside)}
            waiting = [part.args[0] for part in inside]
        return tuple(found)


def _written(term: Term) -> Iterator[Term]:
    """The subterms from left to right, named parts not looked into."""
    yield term
    if term.kind != "named":
        for arg in term.args:
            yield from _written(arg)


@dataclass(frozen=True)
class Problem:
    r"""One exercise of the library, or one call of `derive`.

    title      as a heading on the sheet
    f          what is differentiated (or evaluated): a SymPy expression, or LaTeX (`L = f(w)`)
    wrt        the variables, in order; none where only values are asked for
    let        names of parts and what they stand for, in order: `{a: x**2 + sigmoid(y)}`, `{p[i]: exp(x[i])/s}`
    given      declarations, assumptions and conventions, as LaTeX strings or SymPy relations
    at         a point: values of the variables and of other letters
    value      whether the value of f at the point is asked for beside the derivatives
    called     the name of f on the page, spelled like a SymPy symbol (`f`, `yhat`, `ell`)
    primes     known functions whose derivative stays written with a prime, as `("sigma",)`
    order      2 for a second derivative: by one variable twice, or by two
    route      how to derive, `"entries"` or `"differentials"`; without it the way that reads best
    statement  the exercise in words, formulas between dollars
    source     where it comes from; that of a homework problem ends with its row ids, "(002-3a, 002-3b)"
    written    f as its author wrote it, in LaTeX, where SymPy would sort it differently: this stands on the page

    >>> from sympy import symbols
    >>> x = symbols("x")
    >>> Problem("A square", f=x**2, wrt=(x,)).answers[0].result
    product(2, x)
    """

    title: str
    f: Any
    wrt: tuple[Any, ...] = ()
    let: Mapping[Any, Any] = field(default_factory=dict)
    given: tuple[Any, ...] = ()
    at: Mapping[Any, Any] = field(default_factory=dict)
    value: bool = False
    called: str = ""
    primes: tuple[str, ...] = ()
    route: RouteName | None = None
    order: int = 1
    statement: str = ""
    source: str = ""
    written: str = ""
    id: str = ""

    @cached_property
    def task(self) -> Task:
        """The problem in Terms."""
        return _from_latex(self) if isinstance(self.f, str) else _from_sympy(self)

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The derivatives asked for, one a variable; parts that they share are derived once.

        Of order 2: the gradient by the first variable, then its derivative by the last one.
        """
        task = self.task
        routes = Routes(task.given, frozenset(self.primes), task.functions, task.layout)
        if self.order == 1:
            return tuple(routes.answer(task.body, variable, self.route) for variable in task.variables)
        if not 1 <= len(task.variables) <= 2:
            raise SymderivError("usage", "a second derivative takes one variable, or two for a mixed one.")
        first = routes.answer(task.body, task.variables[0], self.route)
        return first, routes.answer(first.result, task.variables[-1], self.route)

    @property
    def asked(self) -> tuple[Answer, ...]:
        """The answers that were asked for: all, or the last one of a second derivative."""
        return self.answers if self.order == 1 else self.answers[-1:]


def _from_latex(problem: Problem) -> Task:
    known = environment(problem.given)
    left, body = read_problem(problem.f, known)
    if left is not None and body.kind != "named":
        body = named(left, body)
    variables = tuple(read_name(text, known) for text in problem.wrt)
    at = tuple((read_name(str(letter), known), _numeral(value)) for letter, value in problem.at.items())
    return Task(body, variables, known.given, at, environment=known)


def _from_sympy(problem: Problem) -> Task:
    names: dict[Any, Term] = {}
    symbols: dict[Term, Any] = {}
    given: dict[Term, None] = {}

    def read(expr: Any) -> Term:
        if type(expr).__name__ == "IndexedBase":
            return names.get(expr) or name(str(expr.label), *map(read, expr.shape or ()))
        term, found = from_sympy_with_names(expr, names)
        symbols.update(found)
        given.update(dict.fromkeys(given_of(expr, names)))
        return term

    for key, expr in problem.let.items():
        part, definition = _named_part(key, read(expr), read)
        names[part] = definition
    body = read(problem.f)
    known = (*symbols, *names.values())
    if problem.written:
        body = read_expression(problem.written, environment(known))
    if problem.called:
        body = named(name_of(problem.called), body)
    given.update(dict.fromkeys(fact for item in problem.given for fact in _fact(item, read, known)))
    variables = tuple(read(item) for item in problem.wrt)
    at = tuple((read(letter), _numeral(value)) for letter, value in problem.at.items())
    spoken = [item for item in problem.given if isinstance(item, str)]
    return Task(body, variables, tuple(given), at, symbols, environment((*known, *spoken)))


def _named_part(key: Any, definition: Term, read: Any) -> tuple[Any, Term]:
    """The SymPy object that has a name, and the named part: of `p[i]` the array, given by its entries."""
    if not hasattr(key, "indices"):
        return key, named(read(key).data.name, definition)
    written = read(key)
    array, letters = written.args[0], written.args[1:]
    pairs = [item for pair in zip(letters, array.data.shape, strict=True) for item in pair]
    return key.base, named(array.data.name, stack(definition, *pairs))


def _fact(item: Any, read: Any, known: tuple[Term, ...]) -> tuple[Term, ...]:
    return environment((*known, item)).given if isinstance(item, str) else (read(item),)


def _numeral(value: Any) -> Term:
    text = str(value)
    term = num(text.lstrip("-")) if text.lstrip("-").replace(".", "", 1).isdigit() else None
    if term is None:
        raise SymderivError("value", f"expected a number as the value at a point, got {text}; write it as a decimal")
    return -term if text.startswith("-") else term
