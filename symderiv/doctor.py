"""Doctor: whether this installation is sound, as plain data: versions, extras, the library, and one problem derived."""

from __future__ import annotations

import math
import platform
import sys
from importlib import metadata
from typing import Any

import symderiv
from symderiv import library
from symderiv.api import derive
from symderiv.errors import SymderivError

#: What must be there, and what an extra brings; names as the package index has them.
DEPENDENCIES = ("sympy", "python-flint", "latex2mathml", "numpy", "click", "rich")
EXTRAS = {"pdf": "typst", "dask": "distributed"}

#: What is derived as a test, where its value is looked at, and the value there, the logistic function.
TESTED, AT = r"\log(1 + e^x)", 0.5


def report() -> dict[str, Any]:
    """What was found: `{"schema": "symderiv/doctor/1", "ok": …, …}`.

    >>> report()["self_test"]["found"]
    'every step proved'
    """
    dependencies = {name: _version(name) for name in DEPENDENCIES}
    books = _library()
    tested = _self_test()
    return {
        "schema": "symderiv/doctor/1",
        "ok": all(dependencies.values()) and not books["fault"] and tested["ok"],
        "python": platform.python_version(),
        "executable": sys.executable,
        "symderiv": symderiv.__version__,
        "dependencies": dependencies,
        "extras": {extra: {"package": package, "version": _version(package)} for extra, package in EXTRAS.items()},
        "library": books,
        "self_test": tested,
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _library() -> dict[str, Any]:
    """Where the problems lie and how many there are."""
    found: dict[str, Any] = {"folder": str(library.folder()), "problems": 0, "fault": ""}
    try:
        found["problems"] = len(library.entries())
    except (SymderivError, ImportError, OSError) as stop:
        found["fault"] = str(stop)
    if not found["problems"] and not found["fault"]:
        found["fault"] = "no problems were found"
    return found


def _self_test() -> dict[str, Any]:
    """One problem derived with every step verified, and its value compared with that of a formula known beforehand."""
    found: dict[str, Any] = {"problem": TESTED, "ok": False, "found": ""}
    try:
        derivation = derive(TESTED, "x")
        kinds = {step.evidence.kind for step in derivation.steps}
        value = derivation.evaluate({"x": AT})
    except (SymderivError, ImportError) as stop:
        return {**found, "found": str(stop)}
    if kinds != {"proved"}:
        return {**found, "found": f"steps are {', '.join(sorted(kinds))}"}
    if not math.isclose(value, 1 / (1 + math.exp(-AT)), rel_tol=1e-12):
        return {**found, "found": f"the value at x = {AT} is {value}"}
    return {**found, "ok": True, "found": "every step proved"}


def lines(found: dict[str, Any]) -> list[str]:
    """The report for people, one fact a line."""
    told = [f"symderiv {found['symderiv']}, Python {found['python']} ({found['executable']})"]
    for name, version in found["dependencies"].items():
        told.append(f"  {name} {version}" if version else f"  {name} is missing: pip install {name}")
    for extra, item in found["extras"].items():
        there = (
            f"{item['package']} {item['version']}" if item["version"] else f"not installed (pip install {item['package']})"
        )
        told.append(f"  extra {extra}: {there}")
    books, tested = found["library"], found["self_test"]
    told.append(f"library: {books['fault'] or str(books['problems']) + ' problems'} in {books['folder']}")
    told.append(f"self-test, d/dx {tested['problem']}: {tested['found']}")
    return [*told, "sound" if found["ok"] else "not sound"]
