r"""Attacks: what a page, a compiler, a shell or a build machine would act on, wherever a line is shown again."""

from __future__ import annotations

import re

#: What says that an attack worked: the title of a page, a file that appears, words that a compiler reads from a file.
OWNED, CANARY = "owned", "CANARY READ"

HTML = (
    "<script>document.title='owned'</script>", "<img src=x onerror=\"document.title='owned'\">",
    "<svg/onload=document.title='owned'>", "</style><script>document.title='owned'</script>",
    "--><script>document.title='owned'</script>", "]]><script>document.title='owned'</script>",
    "</math><script>document.title='owned'</script>", "</title><script>document.title='owned'</script>",
    "'\"><script>document.title='owned'</script>", "\" autofocus onfocus=\"document.title='owned'",
    "<a href=\"javascript:document.title='owned'\">x</a>",
    "<iframe srcdoc=\"<script>parent.document.title='owned'</script>\">",
    "<annotation-xml encoding=\"text/html\"><script>document.title='owned'</script>",
    "&lt;script&gt;document.title='owned'&lt;/script&gt;", "&#60;script&#62;document.title='owned'&#60;/script&#62;",
    "\\u003cscript\\u003edocument.title='owned'", r"\href{javascript:document.title='owned'}{x}",
    r"\unicode{60}script\unicode{62}", r"\style{background:url(x)}{y}", r"\class{x' onclick='document.title=1}{y}",
    "[x](javascript:document.title='owned')", "![x](x' onerror='document.title=1)", "<javascript:document.title='owned'>",
    "```\n<script>document.title='owned'</script>", "~~~\n\n<script>document.title='owned'</script>",
    "`<script>document.title='owned'</script>`", "$<script>document.title='owned'</script>$", "<!--",
    "<details open ontoggle=document.title='owned'>", "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=x'>", "<base href=x>", "<form action=x><button>x",
)  # fmt: skip
TEX = (
    r"\input{canary}", r"\input canary ", r"\include{canary}", r"\immediate\write18{touch owned}",
    r"\immediate\openout3=owned\immediate\write3{x}", r"\catcode`\%=12", r"\csname input\endcsname{canary}",
    r"\expandafter\input\expandafter{canary}", "^^5cinput{canary}", "^^5c^^69nput{canary}", "^^5c i n p u t{c a n a r y}",
    r"\ i n p u t{c a n a r y}", r"\ i n p u t ca na ry", r"\ i m m e d i a t e\ w r i t e 1 8{t o u c h ~ o w n e d}",
    r"\ o p e n o u t 3 = o w n e d", r"\ c s n a m e input\ e n d c s n a m e{canary}",
    r"\ h r e f{j a v a s c r i p t : x}{x}", r"\ d e f\ x{x}", r"\ e n d{d o c u m e n t}", r"\end{document}",
    r"\end{document}\input{canary}", r"\def\x{\x\x}\x", r"\newcommand{\x}{\input{canary}}\x", r"\loop\iftrue\repeat",
    r"\openin1=canary \read1 to\x \x", r"\scantokens{\input{canary}}", r"}\input{canary}{", r"$\input{canary}$",
    r"}$\input{canary}${", r"\\input{canary}", "a % b", "a & b # c $ d ~ e", "a \\\\\n\\input{canary}",
    "\\verb|\\input{canary}|", "\\directlua{os.execute('touch owned')}", r"\special{x}", r"\ s p e c i a l{x}", r"\left",
    r"\begin{verbatim}", "\u2028\\input{canary}",
)  # fmt: skip
BUILD = (
    "x\n::error file=a,line=1::y", "x\r::set-output name=a::b", "x%0A::error::y", "::add-mask::x", "::stop-commands::x",
    "x\x85::error::y", "x\u2028::error::y", "x\v::error::y", "##[command]x", "x\r\n::debug::y",
)  # fmt: skip
TERMINAL = (
    "\x1b[31mred",
    "\x1b]0;owned\a",
    "\x9b31m",
    "\u202eevil",
    "\u2066x\u2069",
    "a\bb",
    "\x00",
    "x\u200by",
    "\U000e0041",
)
ATTACKS = {"html": HTML, "tex": TEX, "build": BUILD, "terminal": TERMINAL}

#: Where a person may write words: `@` is the attack.
PLACES = (
    "@", r"y = \text{@}", r"y = x \quad \text{where } @", r"y_{\text{@}} = x", r"y_{\mathrm{@}} = x", r"y_{@} = x",
    r"y^{(\text{@})} = x", r"\text{@} = x", r"\mathrm{@} = x", r"\operatorname{@}(x) = 1", r"\operatorname{@} x = 1",
    r"f(x) = \mathbf{@}", r"\hat{\text{@}} = 2", "y = x^2 % @", r"y = x \tag{@}", r"y = x \label{@}",
    r"y = \begin{cases} x & \text{@} \\ 1 \end{cases}", r"\sum_{\text{@}} x = y", r"\cancel{@}",
    r"\frac{d\,\mathrm{@}}{dx} = 3", r"y \overset{\text{@}}{=} x", r"y = \underbrace{x}_{\text{@}}", r"\begin{@} x \end{@}",
)  # fmt: skip


def lines(attack: str) -> list[str]:
    """An attack in every place; where it defines something, a second line says it wrongly, so that it stands in a repair."""
    written = [place.replace("@", attack) for place in PLACES]
    return [said for line in written for said in (line, line.replace(" = x", " = 2x")) if said != line or said is line]


def document(attacks: tuple[str, ...]) -> str:
    """The attacks in a document: in words, headings, comments and formulas."""
    parts = [f"# {attack}\n\n{attack} and ${place.replace('@', attack)}$\n" for attack in attacks for place in PLACES[:8]]
    return "\n".join([*parts, *(f"$$\n{attack}\n$$\n~~{attack}~~" for attack in attacks)])


#: Commands that read, write, run, define or link, and none of them is mathematics.
FORBIDDEN = frozenset(
    (
        "input include InputIfFileExists openin openout closein closeout read readline write immediate special "
        "csname endcsname catcode active def edef gdef xdef let futurelet newcommand renewcommand providecommand "
        "DeclareMathOperator expandafter noexpand scantokens loop repeat directlua latelua usepackage "
        "RequirePackage href url includegraphics verbatiminput lstinputlisting require class style cssId unicode "
        "data bbox html endgroup aftergroup afterassignment everypar output jobname font verb enddocument shipout "
        "pdfobj"
    ).split()
)
_CONTROL = re.compile(r"\\([A-Za-z@]+|.)|(\^\^|[%#])", re.DOTALL)


def active(latex: str) -> list[str]:
    """What a compiler of LaTeX would act on: forbidden commands, characters by their number, comments, parameters."""
    found = {match[2] or (match[1] in FORBIDDEN and match[1]) for match in _CONTROL.finditer(latex)}
    return sorted(word for word in found if word)
