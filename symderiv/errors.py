"""What goes wrong is said to a person: where, what was seen, what was expected, what to do."""

from __future__ import annotations


class SymderivError(Exception):
    """The one exception that leaves the package.

    `code` is a short name for programs (`unread`, `unknown-name`, `shape`, `unsupported`, `not-writable`, …); `span` is the
    first and last position in the source text, or None.

    >>> raise SymderivError("unread", "expected a factor, saw '^'", span=(2, 3))
    Traceback (most recent call last):
    symderiv.errors.SymderivError: expected a factor, saw '^'
    """

    def __init__(self, code: str, message: str, span: tuple[int, int] | None = None) -> None:
        super().__init__(printable(message))
        self.code = code
        self.span = span


def printable(text: str) -> str:
    r"""A text in which what a terminal would act on, or a file could not hold, is a replacement sign.

    >>> printable("a\x1b[1mb")
    'a\ufffd[1mb'
    """
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)


def encodable(text: str) -> str:
    r"""A text that a file can hold: half of a pair of surrogates, which is no character, becomes a question mark.

    >>> encodable("a\ud800b")
    'a?b'
    """
    return text.encode("utf-8", "replace").decode("utf-8")
