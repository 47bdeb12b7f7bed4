"""The command line. Standard output is data; hints, progress and errors go to standard error."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click

import symderiv
from symderiv.errors import SymderivError
from symderiv.writers import FORMATS, writer_for_output

#: Exit statuses of the contract.
CLEAN, REFUTED, USAGE, UNDECIDED, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 4, 130

#: What a report may be written in: pages, and what other programs read.
CHECK_FORMATS = ("text", "html", "md", "tex", "json", "github", "sarif", "gcc")

#: Errors that are about the command, not about the mathematics.
USAGE_CODES = {
    "usage", "format", "not-writable", "unknown-problem", "unknown-chapter", "unknown-name", "unknown-rule",
    "no-variable", "value", "limit", "not-readable",
}  # fmt: skip


#: What Python raises where the fault is ours: it has a status of its own, and no traceback.
FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def told(command: Callable[..., int | None]) -> Callable[..., None]:
    """Errors become a message on standard error and an exit status, never a traceback."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            status = command(*args, **options) or CLEAN
        except SymderivError as stop:
            click.echo(f"symderiv: {stop}", err=True)
            status = USAGE if stop.code in USAGE_CODES else REFUTED if stop.code == "refuted-step" else UNDECIDED
        except KeyboardInterrupt:
            click.echo("symderiv: interrupted", err=True)
            status = INTERRUPTED
        except (click.ClickException, BrokenPipeError):
            raise
        except FAULTS as fault:
            click.echo(f"symderiv: internal error, {type(fault).__name__}: {fault}. Please report the command.", err=True)
            status = INTERNAL
        sys.exit(status)

    return run


@contextmanager
def uncollected() -> Iterator[None]:
    """What is loaded stays until the end, so the collector need not search it."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class FormulaFirst(click.Command):
    """A command whose first argument is a formula, which may begin with a minus sign: `derive '-x^2'`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Click would take a formula with a minus sign in front for an option; it is put behind `--`."""
        options = tuple(option for param in self.get_params(ctx) for option in param.opts if option.startswith("-"))
        if args and args[0].startswith("-") and args[0] != "--" and not args[0].startswith(options):
            args = [*args[1:], "--", args[0]]
        return super().parse_args(ctx, args)


def output_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every verb that makes a page."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        click.option(
            "--format", "form", type=click.Choice(tuple(FORMATS)), help="Write in this format, whatever the ending."
        ),
        click.option(
            "-o", "outputs", multiple=True, metavar="FILE", help="Write here (- prints); the ending picks the format."
        ),
    ):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(symderiv.__version__, prog_name="symderiv")
def main() -> None:
    """Derive gradients on paper: one named and verified rule a line."""


@main.command(cls=FormulaFirst)
@click.argument("expression")
@click.option("--wrt", multiple=True, metavar="NAME", help="Derive by this name; may be given more than once.")
@click.option("--given", multiple=True, metavar="FACT", help=r"A declaration, definition or condition: 'x > 0'.")
@click.option("--at", multiple=True, metavar="NAME=VALUE", help="A value at a point: x=1.")
@click.option("--order", default=1, show_default=True, help="1 for the gradient, 2 for the Hessian.")
@click.option("--route", default=None, help="How to derive; without it the most readable way.")
@click.option("--pace", default="textbook", show_default=True, help="brief, textbook or 'every step'.")
@output_options
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
    form: str | None,
    as_json: bool,
) -> int:
    """Derive EXPRESSION, a formula in LaTeX (`-`: from standard input), by the names in --wrt."""
    from symderiv import api

    check_outputs(outputs, form)
    if expression == "-":
        expression = sys.stdin.buffer.read().decode("utf-8", "replace").strip()
    found = api.derive(expression, wrt, given, order, route, dict(map(_value, at)), pace)
    save(found.page, outputs, form, found.to_dict() if as_json else None)
    undecided = any(step.evidence.kind == "undecided" for step in found.steps)
    return UNDECIDED if undecided else CLEAN


@main.command(cls=FormulaFirst)
@click.argument("expression")
@click.option("--at", multiple=True, metavar="NAME=VALUE", help="The value of an input: x=5, or x=[1,2] for an array.")
@click.option("--given", multiple=True, metavar="FACT", help="A declaration, or a definition, which is then a node.")
@click.option("--log-base", type=int, default=None, help="The base of logarithms without one; natural if left out.")
@output_options
@told
def trace(
    expression: str,
    at: tuple[str, ...],
    given: tuple[str, ...],
    log_base: int | None,
    outputs: tuple[str, ...],
    form: str | None,
    as_json: bool,
) -> int:
    """Trace EXPRESSION, a formula in LaTeX or a name that --given defines, forward and backward at a point."""
    from symderiv import graphs

    check_outputs(outputs, form)
    found = graphs.trace(expression, {name: _array(value) for name, value in map(_value, at)}, given, log_base)
    save(found.page, outputs, form, found.to_dict() if as_json else None)
    return CLEAN


def _array(text: str) -> Any:
    """A number as it was written, or the rows of an array in brackets, each number as it was written."""
    import json

    if not text.startswith("["):
        return text
    try:
        return json.loads(text, parse_float=str, parse_int=str)
    except ValueError:
        raise SymderivError("value", f"an array is written as [1, 2] or [[1, 2], [3, 4]]; got “{text}”.") from None


def check_outputs(outputs: tuple[str, ...], form: str | None) -> None:
    """Every file has an ending that is known, unless a format was named, before anything is derived or written."""
    for output in outputs:
        if output != "-" and not form:
            writer_for_output(output)


def save(page: Any, outputs: tuple[str, ...], form: str | None, data: dict[str, Any] | None = None) -> None:
    """Write a page to each file, `-` is standard output; without a file it is printed, as data if they are given."""
    for output in outputs:
        if output != "-":
            page.save(output, form)
    if data is not None:
        _print_json(data)
    elif "-" in outputs or not outputs:
        click.echo(page.write(FORMATS[form or "text"]), nl=False)


def _value(item: str) -> tuple[str, str]:
    name, sign, value = item.partition("=")
    if not sign or not name.strip():
        raise SymderivError("usage", f"--at takes NAME=VALUE, as x=1; got “{item}”.")
    return name.strip(), value.strip()


@main.command()
@click.argument("chosen", nargs=-1, metavar="[PROBLEM|CHAPTER]...")
@click.option("--all", "everything", is_flag=True, help="Every problem of the library.")
@click.option("--kind", default="solution", show_default=True, type=click.Choice(["question", "solution", "grader"]))
@click.option("--pace", default="textbook", show_default=True, help="brief, textbook or 'every step'.")
@output_options
@told
def sheet(
    chosen: tuple[str, ...],
    everything: bool,
    kind: Any,
    pace: Any,
    outputs: tuple[str, ...],
    form: str | None,
    as_json: bool,
) -> None:
    """Make an answer sheet of problems or chapters of the library."""
    from symderiv import api, library

    names = [entry.id for entry in api.problems()] if everything else list(chosen)
    if not names:
        raise SymderivError("usage", "name a problem or a chapter, or say --all; `symderiv problems` lists them.")
    check_outputs(outputs, form)
    found = [problem for name in names for problem in library.select(name)]
    with progress(found, "Deriving") as each:
        for problem in each:
            _ = problem.answers
    page = api.sheet(found, kind, pace)
    save(page, outputs, form, {**page.to_dict(), "problems": [problem.id for problem in found]} if as_json else None)


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
@click.argument("file")
@click.option("--given", multiple=True, help="A declaration, definition, condition or convention.")
@click.option("--problem", help="The id of the problem that is answered.")
@click.option("-o", "outputs", multiple=True, help="A file, its format by its ending; may be given more than once.")
@click.option("--format", "form", type=click.Choice(CHECK_FORMATS), help="The format, whatever the ending says.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told
def check(
    file: str,
    given: tuple[str, ...],
    problem: str | None,
    outputs: tuple[str, ...],
    form: str | None,
    as_json: bool,
) -> int:
    """Judge the hand derivation in FILE (.tex, .md, .ipynb or .txt; - is standard input) line by line."""
    from pathlib import Path

    with uncollected():
        from symderiv import report

    written = [output for output in outputs if output != "-"]
    check_outputs(tuple(written), form)
    source = sys.stdin.buffer.read().decode("utf-8", "replace") if file == "-" else Path(file)
    found = report.check(source, given, problem)
    for output in written:
        found.save(output, form)
    if as_json:
        _print_json(found.to_dict())
    elif "-" in outputs or not outputs:
        click.echo(found.write(form or "text", file), nl=False)
    verdicts = {line.verdict for line in found.lines}
    return REFUTED if "wrong" in verdicts else UNDECIDED if verdicts & {"unknown", "unread", "follows"} else CLEAN


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


@main.command()
@click.argument("name", required=False)
@output_options
@told
def rules(name: str | None, outputs: tuple[str, ...], form: str | None, as_json: bool) -> None:
    """Show the rule book: all of it, a chapter, or the rules called NAME with what is mistaken for them."""
    from symderiv import api

    check_outputs(outputs, form)
    page = api.rules(name)
    save(page, outputs, form, {**page.to_dict(), "schema": "symderiv/rules/1"} if as_json else None)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told
def doctor(as_json: bool) -> int:
    """Look whether this installation is sound."""
    from symderiv import doctor as practice

    found = practice.report()
    if as_json:
        _print_json(found)
    else:
        click.echo("\n".join(practice.lines(found)))
    return CLEAN if found["ok"] else INTERNAL


def _print_json(data: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
