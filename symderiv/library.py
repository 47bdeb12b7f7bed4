"""The library of problems: one chapter a file, beside the package in a checkout and inside it in a wheel."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import ModuleType

from symderiv.errors import SymderivError
from symderiv.problem import Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """What the library says of a problem: `id` is chapter/name, `family` the chapter."""

    id: str
    title: str
    family: str
    source: str


def folder() -> Path:
    """Where the chapters lie."""
    here = Path(__file__).resolve().parent
    inside = here / "problems"
    return inside if inside.is_dir() else here.parent / "problems"


def chapters() -> tuple[str, ...]:
    """The names of the chapters, in order."""
    return tuple(sorted(path.stem for path in folder().glob("*.py") if not path.stem.startswith("_")))


@cache
def chapter(name: str) -> dict[str, Problem]:
    """The problems of a chapter by their ids, in the order of the file."""
    if name not in chapters():
        raise unknown(name, chapters(), "chapter")
    module = _module(name)
    found = {key: value for key, value in vars(module).items() if isinstance(value, Problem)}
    return {f"{name}/{key}": replace(problem, id=f"{name}/{key}") for key, problem in found.items()}


def _module(name: str) -> ModuleType:
    """The chapter as a module of this package, whatever folder it lies in: no top-level `problems` exists."""
    full = f"symderiv.problems.{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, folder() / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        sys.modules[full] = module
    return sys.modules[full]


def entries() -> tuple[Entry, ...]:
    """Every problem of the library, chapter by chapter.

    >>> any(entry.id == "softmax/softmax" for entry in entries())
    True
    """
    return tuple(
        Entry(key, problem.title, name, problem.source) for name in chapters() for key, problem in chapter(name).items()
    )


def load(which: str) -> Problem:
    """The problem with this id.

    >>> load("softmax/softmax").title
    'The softmax'
    """
    if not isinstance(which, str):
        raise SymderivError("unknown-problem", f"expected a Problem or the id of one, got {type(which).__name__}.")
    name = which.partition("/")[0]
    found = chapter(name).get(which) if name in chapters() else None
    if found is None:
        raise unknown(which, tuple(entry.id for entry in entries()), "problem")
    return found


def select(which: str) -> tuple[Problem, ...]:
    """The problem with this id, or all of a chapter."""
    return tuple(chapter(which).values()) if which in chapters() else (load(which),)


def unknown(which: str, known: tuple[str, ...], what: str) -> SymderivError:
    """What is said where no such problem or chapter exists."""
    near = get_close_matches(which, known, n=3, cutoff=0.4)
    hint = f"; did you mean {', '.join(near)}?" if near else "."
    return SymderivError(f"unknown-{what}", f"no {what} “{which}” in the library{hint} `symderiv problems` lists all.")
