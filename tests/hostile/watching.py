"""What the interpreter does while hostile sources are judged, by its own audit; as a program, in a process of its own."""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any

from hostile.attacks import ATTACKS, document, lines
from hostile.fuzzing import LINES, PIECES, POOL
from hostile.limits import PAGES, Document
from symderiv.errors import SymderivError
from symderiv.report import check

#: Events that never have a place here, by the front of their names.
NEVER = (
    "os.", "shutil.", "subprocess.", "socket.", "urllib.", "http.", "ftplib.", "smtplib.", "ctypes.", "webbrowser.", "pty.",
    "tempfile.", "sqlite3.", "pickle.", "marshal.load", "code.", "pdb.", "builtins.input", "builtins.breakpoint", "signal.",
    "mmap.", "msvcrt.", "winreg.", "glob.", "pathlib.", "cpython.run_",
)  # fmt: skip
#: What importing a module does; `marshal.loads` and reading a directory are its work on files of our own roots.
OF_IMPORTS = frozenset({"marshal.loads", "os.listdir", "os.scandir"})
HERE = Path(__file__).resolve().parents[2]
ROOTS = tuple(
    {str(HERE / "symderiv"), sys.prefix, sys.base_prefix, *(path for path in sys.path if path.endswith("-packages"))}
)
#: What a file is that a part of the program is read from.
OURS = (".py", ".pyc", ".so", ".css", ".txt", ".toml", ".json")


class Watch:
    """The events that should not have been, while it is on."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self.on = False
        self.found: Counter[str] = Counter()
        self.heard: Counter[str] = Counter()
        self.allowed = frozenset(allowed)
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Called by the interpreter."""
        if self.on:
            self.on = False
            self.heard[event] += 1
            if self.is_bad(event, arguments):
                self.found[f"{event} {arguments!r:.200}"] += 1
            self.on = True

    def is_bad(self, event: str, arguments: tuple[Any, ...]) -> bool:
        """Whether this is anything but a module of ours that is imported late."""
        match event:
            case "open":
                return not (self.is_ours(arguments[0]) or str(arguments[0]) in self.allowed)
            case "exec":
                return not (isinstance(arguments[0], CodeType) and self.is_ours(arguments[0].co_filename))
            case "compile":
                return not self.is_ours(arguments[1])
            case "import":
                return str(arguments[0]).partition(".")[0] not in {*sys.modules, *sys.stdlib_module_names}
        return event not in OF_IMPORTS and event.startswith(NEVER)

    @staticmethod
    def is_ours(name: object) -> bool:
        """Whether this is a file of the program; frozen modules are."""
        text = name.decode() if isinstance(name, bytes) else str(name)
        return text.startswith("<frozen ") or (text.startswith(ROOTS) and text.endswith(OURS))


def hostile(folder: Path) -> list[Document]:
    """Every attack in lines and documents, code of Python among them, and damaged lines; some of them in files."""
    canary = folder / "canary.tex"
    code = [
        "__import__('os').system('touch owned')", "eval(\"open('owned','w')\")", "exec('import os')", "lambda: 0",
        "x.__class__.__mro__", "[k for k in ().__class__.__base__.__subclasses__()]",
        r"\operatorname{__import__}(\text{os})", r"f(x) = \operatorname{eval}(x)", "sympify('1')", "import os", "{{7*7}}",
        "${7*7}", "%(x)s", "{0.__class__}", "$(touch owned)", "`touch owned`", "; touch owned", "| touch owned",
    ]  # fmt: skip
    paths = [
        f"{command}{{{canary}}}"
        for command in (r"\input", r"\include", r"\includegraphics", r"\verbatiminput", r"\bibliography")
    ]
    paths += [
        str(canary),
        f"![x]({canary})",
        f"[x]({canary.as_uri()})",
        "http://localhost:9/x",
        "![x](http://localhost:9/x.png)",
        f"\\openin1={canary}",
    ]
    attacks = [*code, *paths, *(attack for attacks in ATTACKS.values() for attack in attacks)]
    found: list[Document] = [*map(lines, attacks), *(document((attack,)) for attack in attacks[::3])]
    rng = random.Random(11)
    for _ in range(300):
        pieces = PIECES.findall(rng.choice(LINES))
        place = rng.randrange(len(pieces) + 1)
        pieces[place : place + rng.randrange(3)] = rng.sample(POOL, rng.randrange(3))
        found.append(["".join(pieces)])
    whole = document(tuple(code + paths))
    cells = [{"cell_type": kind, "source": whole, "outputs": [{"text": whole}]} for kind in ("markdown", "code", "raw")]
    for name, text in (("a.tex", whole), ("a.md", whole), ("a.txt", whole), ("a.ipynb", json.dumps({"cells": cells}))):
        (folder / name).write_text(text, encoding="utf-8")
        found.append(folder / name)
    return found


def judge(document: Document) -> None:
    """Judge and write; what is wrong with how that ends is asked elsewhere."""
    with suppress(SymderivError, ValueError, LookupError):
        report = check(document)
        for write in PAGES.values():
            with suppress(SymderivError, ValueError, LookupError):
                write(report)


def main(folder: Path) -> dict[str, Any]:
    """What was seen, and how many sources were judged."""
    documents = hostile(folder)
    watch = Watch(str(document) for document in documents if isinstance(document, Path))
    judge([r"y = x^2 \sin x", r"\frac{dy}{dx} = 2x \cos x", "= x"])
    (folder / "canary.tex").write_text("canary", encoding="utf-8")
    watch.on = True
    for each in documents:
        judge(each)
    watch.on = False
    heard = dict(watch.heard)
    watch.heard.clear()
    seen = dict(watch.found)
    watch.found.clear()
    watch.on = True
    (folder / "canary.tex").read_text(encoding="utf-8")
    exec("1 + 1")
    watch.on = False
    return {
        "inputs": len(documents),
        "heard": heard,
        "bad": seen,
        "control": sorted(word.split()[0] for word in watch.found),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
