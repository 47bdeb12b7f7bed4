"""Problem: what is asked, in SymPy or LaTeX, with its parts, points, statement and source; it can state itself as a Task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, get_args

from symderiv.deriving.answer import Answer, LayoutName, RouteName, Routes
from symderiv.deriving.derivation import Derivation
from symderiv.deriving.graph import Graph
from symderiv.deriving.values import exactly
from symderiv.errors import SymderivError
from symderiv.questions.called import Meaning
from symderiv.questions.part import Part, Question
from symderiv.questions.trace import Trace
from symderiv.questions.tracing import Traced
from symderiv.reading.declare import environment
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import NOTHING_KNOWN, read_expression
from symderiv.reading.opaque import is_opaque
from symderiv.reading.problems import read_name, read_problem, with_definitions
from symderiv.term.build import meaning_of, name, named, num, stack
from symderiv.term.kinds import Term, subterms
from symderiv.term.size import is_large, too_large
from symderiv.term.sympy_door import from_sympy, from_sympy_with_names, given_of
from symderiv.term.sympy_names import name_of
from symderiv.worth.compare import compare
from symderiv.worth.evaluate import holds
from symderiv.worth.setting import settled


@dataclass(frozen=True, slots=True)
class Task:
    """A problem in Terms: `body` by each of `variables`, under `given`, with values of letters in `at`.

    `symbols` are the author's SymPy symbols of the names, so that results go back in them; `names` the parts that the author
    named: they may stand in a result also where the body does not have them.
    """

    body: Term
    variables: tuple[Term, ...]
    given: tuple[Term, ...]
    at: tuple[tuple[Term, Term], ...] = ()
    symbols: Mapping[Term, Any] = field(default_factory=dict)
    environment: Environment = NOTHING_KNOWN
    names: tuple[Term, ...] = ()

    @property
    def layout(self) -> LayoutName | None:
        """The layout that the problem asks for, in words (“denominator layout”)."""
        if "vec-numerator layout" in self.environment.conventions:
            raise SymderivError(
                "unsupported", "the layout ∂vec(F)/∂vec(X)ᵀ is not derived; leave it out for the derivative entry by entry."
            )
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
        return tuple(dict.fromkeys((*found, *reversed(self.names))))


def _written(term: Term) -> Iterator[Term]:
    """The subterms from left to right, each once, named parts not looked into."""
    seen, waiting = set[Term](), [term]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            if node.kind != "named":
                waiting.extend(reversed(node.args))


@dataclass(frozen=True)
class Problem:
    r"""One exercise of the library, or one call of `derive`.

    title      as a heading on the sheet
    f          what is differentiated (or evaluated): a SymPy expression, or LaTeX (`L = f(w)`); None with `asks` alone
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
    attempts   hand derivations of it, each a tuple of (line, expected verdict): they test the judge
    written    f as its author wrote it, in LaTeX, where SymPy would sort it differently: this stands on the page
    asks       what is asked beside derivatives, answered in this order after them: see `symderiv.questions`
    names      what people call results, in LaTeX, and the words behind which the answer has them: `{r"\text{FOV}": "field"}`

    >>> from sympy import symbols
    >>> x = symbols("x")
    >>> Problem("A square", f=x**2, wrt=(x,)).answers[0].result
    product(2, x)
    """

    title: str
    f: Any = None
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
    attempts: tuple[tuple[tuple[str, str], ...], ...] = ()
    written: str = ""
    asks: tuple[Question, ...] = ()
    names: Mapping[str, Meaning] = field(default_factory=dict)
    id: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "wrt", several(self.wrt))
        object.__setattr__(self, "given", several(self.given))
        if self.f is None and not self.asks:
            raise SymderivError("usage", "a Problem needs `f`, what is differentiated, or `asks`; got neither.")
        for field_name in ("let", "at", "names"):
            if not isinstance(getattr(self, field_name), Mapping):
                raise SymderivError("usage", f"`{field_name}` takes a dict, as {{x: 1}}; got {getattr(self, field_name)!r}.")

    @cached_property
    def task(self) -> Task:
        """The problem in Terms."""
        return _from_latex(self) if isinstance(self.f, str) else _from_sympy(self)

    @cached_property
    def environment(self) -> Environment:
        """What is known when a formula of this problem is read."""
        return environment(self.given) if self.f is None else self.task.environment

    @property
    def facts(self) -> tuple[Term, ...]:
        """The conditions and properties that are given."""
        return self.environment.given if self.f is None else self.task.given

    @property
    def symbols(self) -> Mapping[Term, Any]:
        """The author's SymPy symbols of the names, where the problem is stated in SymPy."""
        return {} if self.f is None else self.task.symbols

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The answers to what is asked beside derivatives."""
        return tuple(part for question in self.asks for part in question.parts(self.environment))

    @cached_property
    def traces(self) -> tuple[Traced, ...]:
        """The computation graphs that are asked for, at their points."""
        return tuple(question.traced(self.environment) for question in self.asks if isinstance(question, Trace))

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        """Every derivation of the answers, in the order of the page."""
        found = [made for answer in self.answers for made in (answer.derivation, answer.matrix_form) if made is not None]
        return (*found, *(made for part in self.parts for made in part.derivations))

    @property
    def results(self) -> tuple[Term, ...]:
        """What was asked for: the derivatives, then the results of every part."""
        return (*(answer.result for answer in self.asked), *(found for part in self.parts for found in part.results))

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The derivatives asked for, one a variable; parts that they share are derived once.

        Of order 2: the gradient by the first variable, then its derivative by the last one.
        """
        if self.f is None:
            return ()
        answers = self._derived()
        _inside((fact for answer in answers for fact in answer.conditions), self.task)
        return answers

    @cached_property
    def graphs(self) -> tuple[Graph, ...]:
        """The named derivations, one a variable, where the formula is too large to be written out; else none."""
        if self.f is None:
            return ()
        task = self.task
        if not task.body.scalars or not is_large(task.body):
            return ()
        return tuple(Graph(variable, [task.body]) for variable in task.variables)

    def _derived(self) -> tuple[Answer, ...]:
        task = self.task
        if self.graphs:
            raise too_large("the derivative")
        routes = Routes(task.given, frozenset(self.primes), task.functions, task.layout, task.names)
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


def several(items: Any) -> tuple[Any, ...]:
    """One thing or several as a tuple: a text and a SymPy object are one.

    >>> several("x y"), several(["x", "y"]), several(None)
    (('x y',), ('x', 'y'), ())
    """
    if items is None:
        return ()
    return (
        (items,)
        if isinstance(items, str) or hasattr(items, "free_symbols") or not hasattr(items, "__iter__")
        else tuple(items)
    )


#: Kinds of term that are no quantity: nothing can be differentiated there.
_NO_QUANTITY = {"relation": "a relation", "property": "a property", "tuple": "a list", "function": "a function without its "
    "argument", "prime": "a derivative without its argument"}  # fmt: skip


def _quantity(body: Term) -> Term:
    what = _NO_QUANTITY.get((body.args[0] if body.kind == "named" else body).kind)
    if what is not None:
        raise SymderivError("unsupported", f"saw {what}; expected a formula with a value, as x^2 or f(x)")
    if is_opaque(body):
        lost = next(node for node in subterms(body) if node.kind == "apply" and is_opaque(node.args[0]))
        letter = lost.args[0].data.name.latex
        raise SymderivError("unsupported", f"what `given` says of {letter} has no value here; write its formula in letters")
    return body


def _variable(term: Term, written: Any) -> Term:
    if (term.args[0] if term.kind == "entry" else term).kind not in ("name", "named"):
        raise SymderivError("no-variable", f"saw {written} to derive by; expected a name or an entry of one, as x or x_i")
    return term


def _from_latex(problem: Problem) -> Task:
    texts = environment(item for item in problem.given if isinstance(item, str))

    def letter(item: Any, known: Environment) -> Term:
        """A name by its LaTeX, or the declared name that a SymPy symbol stands for."""
        if isinstance(item, str):
            return read_name(item, known)
        term = from_sympy(item)
        return read_name(term.data.name.latex, known) if term.kind == "name" else term

    def fact(item: Any) -> Term:
        return from_sympy(item, {symbol: letter(symbol, texts) for symbol in getattr(item, "free_symbols", ())})

    known = environment(item if isinstance(item, str) else fact(item) for item in problem.given)
    left, body = read_problem(problem.f, known)
    known, _ = with_definitions(problem.f, known)
    if left is not None and body.kind != "named":
        body = named(left, body)
    variables = tuple(_variable(letter(item, known), item) for item in problem.wrt)
    for variable in variables:
        _occurs(variable, _quantity(body), known)
    at = tuple((letter(item, known), _numeral(value)) for item, value in problem.at.items())
    return Task(body, variables, known.given, at, environment=known, names=known.upstream)


def _occurs(variable: Term, body: Term, known: Environment) -> None:
    """A name that is neither declared nor in the formula is more likely a slip than a constant derivative."""
    missing = [leaf for leaf in known.undeclared(variable) if leaf not in body.free]
    if missing and body.free:
        letter = missing[0].data.name.latex
        raise SymderivError(
            "unknown-name",
            f"{letter} does not stand in the formula; derive by a letter of it, or declare {letter} in `given` "
            f"({letter} \\in \\mathbb{{R}}) if the derivative is to be zero",
        )


def _from_sympy(problem: Problem) -> Task:
    names: dict[Any, Term] = {}
    symbols: dict[Term, Any] = {}
    given: dict[Term, None] = {}

    def read(expr: Any) -> Term:
        if isinstance(expr, str):
            return read_name(expr, environment((*symbols, *names.values())))
        if type(expr).__name__ == "IndexedBase":
            return names.get(expr) or name(str(expr.label), *map(read, expr.shape or ()))
        term, found = from_sympy_with_names(expr, names)
        symbols.update(found)
        given.update(dict.fromkeys(given_of(expr, names)))
        return term

    for key, expr in problem.let.items():
        part, definition = _named_part(key, read(_expression(expr)), read)
        names[part] = definition
    body = _quantity(read(_expression(problem.f)))
    known = (*symbols, *names.values())
    said = tuple(item for item in problem.given if isinstance(item, str))
    given.update(dict.fromkeys(environment((*known, *said)).given))
    given.update(dict.fromkeys(read(item) for item in problem.given if not isinstance(item, str)))
    if problem.written:
        body = _as_written(problem.written, body, known, tuple(given))
    if problem.called:
        body = named(name_of(problem.called), body)
    variables = tuple(_variable(read(item), item) for item in problem.wrt)
    at = tuple((read(letter), _numeral(value)) for letter, value in problem.at.items())
    spoken = [item for item in problem.given if isinstance(item, str)]
    return Task(body, variables, tuple(given), at, symbols, environment((*known, *spoken)), tuple(names.values()))


def _expression(expr: Any) -> Any:
    if isinstance(expr, str):
        raise SymderivError("unsupported", f"expected a SymPy expression, got the text {expr!r}")
    return expr


def _inside(conditions: Iterable[Term], task: Task) -> None:
    """The point must fulfil what is given and what the derivation needs, as far as it tells."""
    if not task.at:
        return
    point = dict(task.at)
    setting = settled(exactly(point))
    for fact in dict.fromkeys((*task.given, *conditions)):
        if fact.kind != "relation" or not fact.free <= point.keys() or holds(setting, fact) is not False:
            continue
        signs = [*fact.data, ""]
        needed = " ".join(f"{side} {sign}" for side, sign in zip(fact.args, signs, strict=True)).strip()
        raise SymderivError("value", f"the point lies outside the domain, where {needed}; choose another point")


def _as_written(written: str, body: Term, known: tuple[Term, ...], given: tuple[Term, ...]) -> Term:
    """The formula as its author wrote it, which must be the one that is differentiated."""
    term = read_expression(written, environment(known))
    found = compare(term, body, given)
    if found.kind == "refuted":
        raise SymderivError("written", f"`written` is {written}, which is another formula than `f`; write the same one")
    return term


def _named_part(key: Any, definition: Term, read: Any) -> tuple[Any, Term]:
    """The SymPy object that has a name, and the named part: of `p[i]` the array, given by its entries."""
    if not hasattr(key, "indices"):
        return key, named(read(key).data.name, definition)
    written = read(key)
    array, letters = written.args[0], written.args[1:]
    pairs = [item for pair in zip(letters, array.data.shape, strict=True) for item in pair]
    return key.base, named(array.data.name, stack(definition, *pairs))


#: A decimal numeral, perhaps with a power of ten; how many digits one may have when it is written out.
_NUMERAL, _DIGITS = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII), 60


def _numeral(value: Any) -> Term:
    text = str(value)
    if len(text) > 2 * _DIGITS or _NUMERAL.fullmatch(text) is None:
        shown = text if len(text) <= _DIGITS else f"{text[:_DIGITS]}…"
        raise SymderivError("value", f"expected a number as the value at a point, got {shown}; write it as a decimal")
    digits = format(Decimal(text), "f") if "e" in text.lower() else text
    if len(digits) > _DIGITS:
        raise SymderivError(
            "limit", f"the value {text[:_DIGITS]} at a point has {len(digits)} digits; at most {_DIGITS} are read"
        )
    term = num(digits.lstrip("+-"))
    return -term if text.startswith("-") else term
