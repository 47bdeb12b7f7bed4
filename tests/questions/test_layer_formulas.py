"""One layer in letters: its formulas give what the same layer counts with numbers."""

from __future__ import annotations

import pytest

from symderiv.questions.layer_formulas import LayerFormulas
from symderiv.questions.layers import BatchNorm, Conv, Dense, Layer, Pool, TransposedConv
from symderiv.questions.part import Chain
from symderiv.reading.declare import environment
from symderiv.reading.expressions import read_expression
from symderiv.worth.compare import compare

LETTERS = r"W, H, C, F, K, P, S, D, n \in \mathbb{N}"
KNOWN = environment([LETTERS])
MAP = ("W", "H", "C")
FORMULAS: list[tuple[tuple[str, ...], Layer, dict[str, str]]] = [
    (
        MAP,
        Conv("conv", "F", "K", stride="S", padding="P"),
        {
            "output width": r"\lfloor \frac{W - K + 2P}{S} \rfloor + 1",
            "output height": r"\lfloor \frac{H - K + 2P}{S} \rfloor + 1",
            "output channels": "F",
            "weights": "F C K^2",
            "biases": "F",
        },
    ),
    (MAP, Conv("conv", "F", "K", dilation="D"), {"output width": "W - (K + (K - 1)(D - 1)) + 1", "weights": "F C K^2"}),
    (MAP, Conv("conv", "C", 3, groups="C", bias=False), {"weights": "9 C", "biases": "0"}),
    (MAP, Conv("conv", "F", "K", padding="same", stride="S"), {"output width": r"\lceil \frac{W}{S} \rceil"}),
    (MAP, Pool("pool", "K", stride="S"), {"output width": r"\lfloor \frac{W - K}{S} \rfloor + 1", "output channels": "C"}),
    (
        MAP,
        TransposedConv("up", "F", "K", stride="S", padding="P"),
        {"output width": "(W - 1) S - 2P + K", "weights": "F C K^2"},
    ),
    (MAP, BatchNorm(), {"weights": "C", "biases": "C"}),
    (("n",), Dense("dense", "F"), {"outputs": "F", "weights": "n F", "biases": "F"}),
]


@pytest.mark.parametrize(("sizes", "layer", "formulas"), FORMULAS, ids=[str(layer) for _, layer, _ in FORMULAS])
def test_the_formulas(sizes: tuple[str, ...], layer: Layer, formulas: dict[str, str]) -> None:
    chains = {part.what: part.derivation for part in LayerFormulas(sizes, layer).parts(KNOWN) if isinstance(part, Chain)}
    for what, formula in formulas.items():
        assert compare(chains[what].result, read_expression(formula, KNOWN)).kind == "proved", chains[what].result
