"""Letters of a rule: what each may stand for is said by its kind, as in a book ("c free of x, n a number")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from symderiv.term.build import Shape, differential, partial, size
from symderiv.term.kinds import Term, make
from symderiv.term.names import Name

What = Literal[
    "anything", "free", "depends", "variable", "natural", "function", "known", "field", "size", "index", "position", "dummy",
    "family", "free family",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleLetter:
    """One letter: its name on the page, what it may stand for, and whether it takes a run or all the rest.

    * `anything`; `free` of the variable; `depends` on it; the `variable` itself; a `natural` number; a `size`; a `function`
      of one number with its primes; a `known` function; a `field`, a function of one vector; an `index`; a `family`, written
      with an index (`f_k`), which stands for any term and is put at another index on the right.
    * a `position` in an array, an index or made of indices (`i + h - 1`).
    * a `dummy`, the name that an integral binds; a `free family` stands for terms that are free of the variable.
    * `run`: a run of neighbouring factors or terms, possibly empty. `rest`: all other factors or terms, in any place.
    """

    name: Name
    what: What = "anything"
    taking: Literal["one", "run", "rest"] = "one"
    shape: Shape = ()


def letter(text: str, what: What = "anything", taking: Literal["one", "run", "rest"] = "one") -> Term:
    """A letter of a rule, itself a term."""
    return make("letter", RuleLetter(Name(text), what, taking), ())


def run(text: str, what: What = "anything") -> Term:
    """A run of neighbouring factors or terms, possibly empty."""
    return letter(text, what, "run")


def rest(text: str, what: What = "anything") -> Term:
    """All the other factors or terms, wherever they stand; 1 or 0 if there are none."""
    return letter(text, what, "rest")


#: The sizes of rule letters that stand for arrays.
ROWS, COLUMNS = size("m"), size("n")


def column(text: str) -> Term:
    """A letter for a column."""
    return make("letter", RuleLetter(Name(text), shape=(ROWS,)), ())


def matrix(text: str) -> Term:
    """A letter for a matrix."""
    return make("letter", RuleLetter(Name(text), shape=(ROWS, COLUMNS)), ())


def square(text: str) -> Term:
    """A letter for a square matrix."""
    return make("letter", RuleLetter(Name(text), shape=(ROWS, ROWS)), ())


#: The variable, and the derivative by it.
x = letter("x", "variable")


def d(body: Term) -> Term:
    """The derivative of the body by the variable, not carried out."""
    return partial(body, x)


def D(body: Term) -> Term:
    """The differential of the body for a small change of the variable."""
    return differential(body, x)


#: Letters that most chapters use. f, g, u depend on anything; c and a are free of the variable; n is a number.
f, g, h, u = letter("f"), letter("g"), letter("h"), letter("u")
c, a, b = letter("c", "free"), letter("a", "free"), letter("b", "free")
n, m = letter("n", "free"), letter("m", "natural")
i, j, k = letter("i", "index"), letter("j", "index"), letter("k", "index")
phi, psi = letter("phi", "function"), letter("psi", "known")
