"""Diagnostics: the lines of a report that are not right, as editors and build machines read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Diagnostic(NamedTuple):
    """One line that is not right: its number from 1, its place among the characters, its verdict, what is said of it."""

    line: int
    span: tuple[int, int]
    verdict: str
    say: str
    kind: str = ""

    @property
    def level(self) -> str:
        """`error` where something is refuted, else `warning`."""
        return "error" if self.verdict == "wrong" else "warning"

    @property
    def words(self) -> str:
        """The sentence on one line."""
        return " ".join(self.say.split())


def gcc(found: Sequence[Diagnostic], name: str) -> str:
    r"""`file:line: error: words`, as compilers write.

    >>> gcc([Diagnostic(2, (0, 5), "wrong", "The sides differ.", "sign")], "a.tex")
    'a.tex:2: error: The sides differ. [sign]\n'
    """
    file = " ".join(name.split())
    lines = [f"{file}:{item.line}: {item.level}: {item.words}{f' [{item.kind}]' if item.kind else ''}" for item in found]
    return "".join(f"{line}\n" for line in lines)


def github(found: Sequence[Diagnostic], name: str) -> str:
    """Workflow commands that annotate a file."""
    lines = [f"::{item.level} file={_escaped(name, True)},line={item.line}::{_escaped(item.words)}" for item in found]
    return "".join(f"{line}\n" for line in lines)


def _escaped(text: str, inside: bool = False) -> str:
    shown = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return shown.replace(":", "%3A").replace(",", "%2C") if inside else shown


def sarif(found: Sequence[Diagnostic], name: str) -> str:
    """SARIF 2.1.0, one result a line."""
    results = [
        {
            "ruleId": item.kind or item.verdict,
            "level": item.level,
            "message": {"text": item.words},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": name}, "region": {"startLine": item.line}}}],
        }
        for item in found
    ]
    driver = {"name": "symderiv", "rules": [{"id": rule} for rule in dict.fromkeys(str(row["ruleId"]) for row in results)]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    run = {"tool": {"driver": driver}, "results": results}
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


#: The formats for other programs, by name.
FORMATS: dict[str, Callable[[Sequence[Diagnostic], str], str]] = {"gcc": gcc, "github": github, "sarif": sarif}
