"""The house keeps its floors: a file imports only from rooms below its own, and light things stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import symderiv

HOUSE = Path(symderiv.__file__).parent
FLOORS = {
    "errors": -1, "term": 0, "worth": 1, "rules": 2, "reading": 3, "deriving": 3, "questions": 4, "problem": 5, "judge": 5,
    "library": 6, "asked": 6, "pages": 6, "writers": 7, "api": 8, "report": 9, "graphs": 9, "__init__": 10, "doctor": 11,
    "cli": 12, "grade": 12, "serve": 12, "__main__": 13,
}  # fmt: skip
#: The command line imports what a verb needs when the verb is used, so that `--help` is quick.
FACES = {"cli"}
#: The library of problems is written from the top, with what users import.
AUTHORS = {"problems"}
#: What may be imported inside a function, because it is heavy and stands at a door.
DOORS = {"sympy", "numpy", "flint", "latex2mathml", "click", "rich", "jax", "torch", "typst", "dask"}
#: What is never imported at the top of a file.
HEAVY = {"sympy", "numpy", "latex2mathml", "rich", "jax", "torch", "typst", "dask"}

FILES = sorted(path for path in HOUSE.rglob("*.py") if path.relative_to(HOUSE).parts[0] not in AUTHORS)


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def exists(module: str) -> bool:
    place = HOUSE.joinpath(*module.split(".")[1:])
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def imports(tree: ast.Module) -> Iterator[tuple[str, bool, int]]:
    """Every module that is imported: its full name, whether inside a function, and the line."""
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in inside, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: relative import"
            package = node.module == "symderiv" and [f"symderiv.{alias.name}" for alias in node.names]
            for module in package or [node.module or ""]:
                yield module, id(node) in inside, node.lineno


def complaints(source: str, room: str) -> list[str]:
    """What a file of this room imports against the rules of the house."""
    found = []
    for module, inside, line in imports(ast.parse(source)):
        top, _, rest = module.partition(".")
        if top == "symderiv":
            other = rest.partition(".")[0]
            if not other or not exists(f"symderiv.{other}"):
                other = "__init__"
            if other != room and FLOORS.get(other, 99) >= FLOORS[room]:
                found.append(f"line {line}: {room} (floor {FLOORS[room]}) imports {module} (floor {FLOORS.get(other)})")
        if inside and top not in DOORS and room not in FACES:
            found.append(f"line {line}: {module} is imported inside a function")
        if not inside and top in HEAVY:
            found.append(f"line {line}: {module} is heavy and imported at the top")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_file_imports_only_from_floors_below(path):
    room = room_of(path)
    assert room in FLOORS, f"give the room {room} a floor in FLOORS"
    assert complaints(path.read_text(encoding="utf-8"), room) == []


@pytest.mark.parametrize(
    ("room", "source", "wrong"),
    [
        ("term", "from symderiv.errors import SymderivError", 0),
        ("worth", "from symderiv.term.build import num", 0),
        ("term", "from symderiv.worth.compare import compare", 1),
        ("reading", "from symderiv.deriving.step import Step", 1),
        ("writers", "from symderiv import term, pages", 0),
        ("pages", "import symderiv.api", 1),
        ("pages", "import symderiv", 1),
        ("pages", "from symderiv import derive", 1),
        ("cli", "import symderiv\ndef f():\n    from symderiv import api", 0),
        ("rules", "def f():\n    from symderiv.term.build import num", 1),
        ("rules", "def f():\n    import json", 1),
        ("rules", "def f():\n    import sympy.core", 0),
        ("rules", "import sympy", 1),
        ("api", "from numpy import array", 1),
        ("judge", "class A:\n    def f(self):\n        return [__import__, (lambda: 0)]", 0),
    ],
)
def test_the_rules_of_the_house_bite(room, source, wrong):
    assert len(complaints(source, room)) == wrong


LIGHT = [
    "symderiv", "symderiv.term.build", "symderiv.term.sympy_door", "symderiv.term.author", "symderiv.worth.compare",
    "symderiv.rules.book", "symderiv.reading.expressions", "symderiv.problem", "symderiv.api", "symderiv.cli",
]  # fmt: skip


@pytest.mark.parametrize("module", [module for module in LIGHT if exists(module)])
def test_importing_loads_neither_sympy_nor_numpy(module):
    code = f"import sys, {module}; print(*sorted({{'sympy', 'numpy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.skipif(not exists("symderiv.cli"), reason="there is no command line yet")
def test_the_help_loads_neither_sympy_nor_numpy():
    code = (
        "import sys, symderiv.cli\n"
        "sys.argv = ['symderiv', '--help']\n"
        "try:\n    symderiv.cli.main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "print('\\n' + ' '.join(sorted({'sympy', 'numpy'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""
