"""What each command and each character of mathematics is: one table a kind of token."""

from __future__ import annotations

from symderiv.term.names import GREEK

#: Functions known by name, in LaTeX or in words: how they are written to the name of the function.
FUNCTIONS: dict[str, str] = {
    **{name: name for name in "sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc".split()},
    **{
        name: name
        for name in "sinh cosh tanh coth sech csch arsinh arcosh artanh arcoth arsech arcsch exp log ln erf erfc".split()
    },
    **{name: name for name in "digamma relu softplus softmax logsoftmax logsumexp sign max min vec".split()},
    **{name: name for name in "trace det diag".split()},
    **{"asin": "arcsin", "acos": "arccos", "atan": "arctan", "arcsinh": "arsinh", "arccosh": "arcosh"},
    **{
        "arctanh": "artanh",
        "arccoth": "arcoth",
        "arcsech": "arsech",
        "arccsch": "arcsch",
        "acoth": "arcoth",
        "asinh": "arsinh",
        "acosh": "arcosh",
        "atanh": "artanh",
        "tg": "tan",
        "ctg": "cot",
    },
    **{"sgn": "sign", "signum": "sign", "tr": "trace", "Tr": "trace", "Trace": "trace", "abs": "abs"},
    **{"ReLU": "relu", "Relu": "relu", "Softmax": "softmax", "sigmoid": "sigma", "Sigmoid": "sigma"},
    **{"Diag": "diag", "LSE": "logsumexp", "lse": "logsumexp", "Softplus": "softplus", "Det": "det"},
}

#: Other names of functions of one number, which keep the name that they were written with.
SPELLINGS = frozenset(
    "asin acos atan arcsinh arccosh arctanh arccoth arcsech arccsch acoth asinh acosh atanh tg ctg sgn signum".split()
)

#: Names of functions that count as such without a backslash: `exp(x)`, `ln(s)`.
BARE_WORDS = frozenset(FUNCTIONS) - {"tg", "vec", "Tr"} | {"Tr"}

#: Words without a backslash that are no product of letters and no function known here.
UNKNOWN_WORDS = frozenset("sum mean var cov prob rank span argmax argmin const loss Loss prod".split())

#: Accents and fonts that make another letter of a letter. The values are the accents of a Name.
ACCENTS: dict[str, str] = {
    **{name: name for name in "hat bar tilde dot ddot vec check breve acute grave".split()},
    **{name: name for name in "mathbf mathcal mathsf mathit mathbb mathfrak mathscr boldsymbol".split()},
    **{"widehat": "hat", "widetilde": "tilde", "overline": "bar", "bm": "boldsymbol", "pmb": "boldsymbol"},
    **{"overrightarrow": "vec", "bold": "mathbf", "underline": "underline", "mathscr": "mathcal"},
}

#: Upright words: a known function, an operator, or a name of several letters.
WORD_COMMANDS = frozenset({"operatorname", "mathrm", "mathop", "rm"})
#: Words between formulas.
PROSE_COMMANDS = frozenset({"text", "textrm", "textbf", "textit", "mbox", "hbox", "intertext"})

SKIPPED = frozenset(
    "displaystyle textstyle scriptstyle small large limits nolimits nonumber notag left right middle "
    "big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm mathstrut strut hfill "
    "blacksquare Box square qed".split()
)
#: Spacing: 1 is thin, 2 separates.
SPACES: dict[str, int] = {
    **dict.fromkeys([",", ":", ";", "!", " ", ">", "thinspace", "medspace", "enspace", "~"], 1),
    **dict.fromkeys(["quad", "qquad"], 2),
}
#: Commands with an argument that carries no meaning.
SKIPPED_WITH_ARGUMENT: dict[str, int] = {"tag": 0, "label": 0, "hspace": 2, "vspace": 0, "phantom": 0, "hphantom": 0}

#: Commands that are one token: kind and text.
COMMANDS: dict[str, tuple[str, str]] = {
    **{name: ("letter", "\\" + name) for name in GREEK - {"nabla", "partial"}},
    **{name: ("function", FUNCTIONS[name]) for name in FUNCTIONS if name not in ("vec", "abs", "sgn")},
    **dict.fromkeys(["frac", "tfrac", "dfrac", "cfrac"], ("frac", "\\frac")),
    **dict.fromkeys(["cdot", "cdotp", "bullet"], ("·", "\\cdot")),
    **dict.fromkeys(["le", "leq", "leqslant"], ("relation", "≤")),
    **dict.fromkeys(["ge", "geq", "geqslant"], ("relation", "≥")),
    **dict.fromkeys(["ne", "neq"], ("relation", "≠")),
    **dict.fromkeys(["approx", "simeq", "cong"], ("relation", "≈")),
    **dict.fromkeys(["coloneqq", "triangleq", "equiv", "doteq", "coloneq", "defeq"], ("relation", ":=")),
    **dict.fromkeys(["to", "rightarrow", "longrightarrow", "mapsto"], ("arrow", "→")),
    **dict.fromkeys(["Rightarrow", "implies", "Longrightarrow"], ("arrow", "⇒")),
    **dict.fromkeys(["iff", "Leftrightarrow", "Longleftrightarrow"], ("arrow", "⇔")),
    **{"downarrow": ("arrow", "↓"), "searrow": ("arrow", "↓"), "uparrow": ("arrow", "↑"), "nearrow": ("arrow", "↑")},
    **dict.fromkeys(["leftarrow", "gets"], ("arrow", "←")),
    **dict.fromkeys(["dots", "ldots", "cdots", "dotsc", "dotsb", "vdots", "ddots"], ("dots", "\\dots")),
    **dict.fromkeys(["top", "intercal", "transpose"], ("⊤", "\\top")),
    **dict.fromkeys(["ast"], ("*", "*")),
    **{"partial": ("∂", "\\partial"), "nabla": ("∇", "\\nabla"), "sqrt": ("sqrt", "\\sqrt"), "int": ("∫", "\\int")},
    **{"sum": ("big", "bigsum"), "prod": ("big", "bigproduct"), "times": ("×", "\\times"), "div": ("/", "/")},
    **{"odot": ("⊙", "\\odot"), "circ": ("∘", "\\circ"), "otimes": ("⊗", "\\otimes"), "oslash": ("⊘", "\\oslash")},
    **{"star": ("⋆", "\\star"), "pm": ("±", "\\pm"), "mp": ("±", "\\mp"), "in": ("relation", "∈"), "lt": ("relation", "<")},
    **{"gt": ("relation", ">"), "infty": ("constant", "infty"), "colon": (":", ":"), "prime": ("'", "'")},
    **{"lbrace": ("open", "{"), "rbrace": ("close", "}"), "{": ("open", "{"), "}": ("close", "}")},
    **{"langle": ("open", "⟨"), "rangle": ("close", "⟩"), "lbrack": ("open", "["), "rbrack": ("close", "]")},
    **{"lfloor": ("open", "⌊"), "rfloor": ("close", "⌋"), "lceil": ("open", "⌈"), "rceil": ("close", "⌉")},
    **{"lvert": ("bar(", "|"), "rvert": ("bar)", "|"), "lVert": ("norm(", "‖"), "rVert": ("norm)", "‖")},
    **{
        "vert": ("bar", "|"),
        "mid": ("mid", "\\mid"),
        "|": ("norm", "‖"),
        "Vert": ("norm", "‖"),
        "dagger": ("†", "\\dagger"),
    },
    **{"\\": ("\\\\", "\\\\"), "newline": ("\\\\", "\\\\"), "%": ("%", "\\%"), "#": ("#", "\\#"), "&": ("and", "\\&")},
    **{"begin": ("begin", ""), "end": ("end", ""), "Re": ("operator", "Re")},
    **{"underbrace": ("brace", ""), "overbrace": ("brace", ""), "lim": ("lim", "\\lim")},
    **{"cancel": ("cancel", ""), "boxed": ("brace", ""), "color": ("colour", ""), "propto": ("relation", "∝")},
    **{"sim": ("relation", "∼"), "notin": ("relation", "∉"), "forall": ("quantifier", "∀"), "exists": ("quantifier", "∃")},
    **{"E": ("letter", "\\mathbb{E}"), "_": ("letter", "\\_")},
    **{"therefore": ("arrow", "⇒"), "iint": ("∫", "\\iint"), "subset": ("relation", "⊂"), "subseteq": ("relation", "⊂")},
    **{"cup": ("∪", "\\cup"), "cap": ("∪", "\\cap"), "argmax": ("operator", "argmax"), "argmin": ("operator", "argmin")},
    **{"setminus": ("∪", "\\setminus"), "ll": ("relation", "≪"), "gg": ("relation", "≫"), "perp": ("†", "\\perp")},
}

#: Characters that are one token.
CHARACTERS: dict[str, tuple[str, str]] = {
    **{sign: (sign, sign) for sign in "+-/*,;.:'^_{}&!%"},
    **{"(": ("open", "("), ")": ("close", ")"), "[": ("open", "["), "]": ("close", "]"), "|": ("bar", "|")},
    **{"=": ("relation", "="), "<": ("relation", "<"), ">": ("relation", ">")},
    **{"−": ("-", "-"), "–": ("-", "-"), "·": ("·", "\\cdot"), "⋅": ("·", "\\cdot"), "×": ("×", "\\times")},
    **{"≤": ("relation", "≤"), "≥": ("relation", "≥"), "≠": ("relation", "≠"), "≈": ("relation", "≈")},
    **{"∈": ("relation", "∈"), "≡": ("relation", ":="), "≔": ("relation", ":="), "∂": ("∂", "\\partial")},
    **{"∇": ("∇", "\\nabla"), "∑": ("big", "bigsum"), "∏": ("big", "bigproduct"), "√": ("sqrt", "\\sqrt")},
    **{
        "∞": ("constant", "infty"),
        "⊙": ("⊙", "\\odot"),
        "∘": ("∘", "\\circ"),
        "⊗": ("⊗", "\\otimes"),
        "⊘": ("⊘", "\\oslash"),
    },
    **{"→": ("arrow", "→"), "⇒": ("arrow", "⇒"), "⇔": ("arrow", "⇔"), "←": ("arrow", "←"), "∴": ("arrow", "⇒")},
    **{"⟨": ("open", "⟨"), "⟩": ("close", "⟩"), "‖": ("norm", "‖"), "∥": ("norm", "‖"), "∫": ("∫", "\\int")},
    **{"…": ("dots", "\\dots"), "⋯": ("dots", "\\dots"), "′": ("'", "'"), "’": ("'", "'"), "⋆": ("⋆", "\\star")},
    **{
        "⊤": ("⊤", "\\top"),
        "±": ("±", "\\pm"),
        "÷": ("/", "/"),
        "ℝ": ("letter", "\\mathbb{R}"),
        "ℕ": ("letter", "\\mathbb{N}"),
    },
    **{"ℓ": ("letter", "\\ell"), "𝔼": ("letter", "\\mathbb{E}"), "~": ("space", "~"), "$": ("$", "$")},
    **{
        letter: ("letter", "\\" + name)
        for letter, name in zip(
            "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩϕϵϑϱ",
            "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon varphi "
            "chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega phi epsilon vartheta varrho".split(),
            strict=True,
        )
    },
}

#: Raised and lowered characters, read as `^{…}` and `_{…}`.
RAISED: dict[str, str] = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵀ", "0123456789+-()niT", strict=True))
LOWERED: dict[str, str] = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-()aehijklmnoprstuvx", strict=True))
