"""The command line: derive, sheet, problems. Standard output is data; hints, progress and errors go to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click

import symderiv
from symderiv.errors import SymderivError

#: Exit statuses of the contract.
CLEAN, REFUTED, USAGE, UNDECIDED, INTERNAL = 0, 1, 2, 3, 4

#: Errors that are about the command, not about the mathematics.
USAGE_CODES = {
    "usage", "format", "not-writable", "unknown-problem", "unknown-chapter", "unread", "no-variable", "value", "limit",
}  # fmt: skip


def told(command: Callable[..., int | None]) -> Callable[..., None]:
    """Errors become a message on standard error and an exit status, never a traceback."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            status = command(*args, **options) or CLEAN
        except SymderivError as stop:
            click.echo(f"symderiv: {stop}", err=True)
            status = USAGE if stop.code in USAGE_CODES else REFUTED if stop.code == "refuted-step" else UNDECIDED
        sys.exit(status)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(symderiv.__version__, prog_name="symderiv")
def main() -> None:
    """Derive gradients on paper: one named and verified rule a line."""


@main.command()
@click.argument("expression")
@click.option("--wrt", multiple=True, metavar="NAME", help="Derive by this name; may be given more than once.")
@click.option("--given", multiple=True, metavar="FACT", help=r"A declaration, definition or condition: 'x > 0'.")
@click.option("--at", multiple=True, metavar="NAME=VALUE", help="A value at a point: x=1.")
@click.option("--order", default=1, show_default=True, help="1 for the gradient, 2 for the Hessian.")
@click.option("--route", default=None, help="How to derive; without it the most readable way.")
@click.option("--pace", default="textbook", show_default=True, help="brief, textbook or 'every step'.")
@click.option("-o", "outputs", multiple=True, metavar="FILE", help="Write here; the ending picks the format.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told
def derive(
    expression: str,
    wrt: tuple[str, ...],
    given: tuple[str, ...],
    at: tuple[str, ...],
    order: int,
    route: Any,
    pace: Any,
    outputs: tuple[str, ...],
    as_json: bool,
) -> int:
    """Derive EXPRESSION, a formula in LaTeX, by the names in --wrt."""
    found = symderiv.derive(expression, wrt, given, order, route, dict(map(_value, at)), pace)
    for output in outputs:
        found.page.save(output)
    if as_json:
        _print_json(found.to_dict())
    elif not outputs:
        click.echo(found.page.write("text"), nl=False)
    undecided = any(step.evidence.kind == "undecided" for step in found.steps)
    return UNDECIDED if undecided else CLEAN


def _value(item: str) -> tuple[str, str]:
    name, sign, value = item.partition("=")
    if not sign or not name.strip():
        raise SymderivError("usage", f"--at takes NAME=VALUE, as x=1; got “{item}”.")
    return name.strip(), value.strip()


@main.command()
@click.argument("chosen", nargs=-1, metavar="[PROBLEM|CHAPTER]...")
@click.option("--all", "everything", is_flag=True, help="Every problem of the library.")
@click.option("-o", "outputs", multiple=True, metavar="FILE", help="Write here; the ending picks the format.")
@click.option("--kind", default="solution", show_default=True, type=click.Choice(["question", "solution", "grader"]))
@click.option("--pace", default="textbook", show_default=True, help="brief, textbook or 'every step'.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told
def sheet(chosen: tuple[str, ...], everything: bool, outputs: tuple[str, ...], kind: Any, pace: Any, as_json: bool) -> None:
    """Make an answer sheet of problems or chapters of the library."""
    from symderiv import api, library

    names = [entry.id for entry in api.problems()] if everything else list(chosen)
    if not names:
        raise SymderivError("usage", "name a problem or a chapter, or say --all; `symderiv problems` lists them.")
    for output in outputs:
        api.writer_for_output(output)
    found = [problem for name in names for problem in library.select(name)]
    with progress(found, "Deriving") as each:
        for problem in each:
            _ = problem.answers
    page = api.sheet(found, kind, pace)
    for output in outputs:
        page.save(output)
    if as_json:
        _print_json({"schema": "symderiv/sheet/1", "title": page.page.title, "problems": [problem.id for problem in found]})
    elif not outputs:
        click.echo(page.write("text"), nl=False)


@contextmanager
def progress(items: Iterable[Any], words: str) -> Iterator[Iterable[Any]]:
    """A progress bar on standard error, only where that is a terminal and the work is more than one piece."""
    waiting = list(items)
    if len(waiting) < 2 or not sys.stderr.isatty():
        yield waiting
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        yield bar.track(waiting, description=words)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told
def problems(as_json: bool) -> None:
    """List the library."""
    entries = symderiv.problems()
    if as_json:
        rows = [{"id": e.id, "title": e.title, "family": e.family, "source": e.source} for e in entries]
        _print_json({"schema": "symderiv/problems/1", "problems": rows})
        return
    width = max(len(entry.id) for entry in entries)
    for entry in entries:
        click.echo(f"{entry.id:{width}}  {entry.title}")


def _print_json(data: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
