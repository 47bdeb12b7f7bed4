"""Growth of the named derivation: time and memory from a thousand to a hundred thousand nodes, for a graph and a chain.

Run as `python tests/bench/growth.py`; exit status 1 where the exponent is above 1.1 or a node takes more than 500 bytes.
"""

from __future__ import annotations

import gc
import math
import sys
import time
import tracemalloc
from collections.abc import Callable

from symderiv.deriving.graph import Graph
from symderiv.term.build import add, apply, function, mul, name
from symderiv.term.kinds import Term, subterms

SIZES = (1_000, 10_000, 100_000)
EXPONENT, BYTES = 1.1, 500
x = name("x")
sin = function("sin", known=True)


def shared(length: int) -> Term:
    """x_{k+1} = x_k·x_k + sin x_k."""
    term = x
    for _ in range(length):
        term = add(mul(term, term), apply(sin, term))
    return term


def chain(length: int) -> Term:
    """sin(sin(… x))."""
    term = x
    for _ in range(length):
        term = apply(sin, term)
    return term


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of three runs; the collector, which walks over all that the expression is, rests."""
    least = math.inf
    for _ in range(3):
        gc.collect()
        gc.disable()
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
        gc.enable()
    return least


def peak(work: Callable[[], object]) -> int:
    """The most bytes in use at once beyond those before."""
    tracemalloc.start()
    work()
    _, found = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return found


def main() -> int:
    """Measure, print, and say whether the bounds hold."""
    holds = True
    for made in (shared, chain):
        Graph(x, [made(5)])
        times, values = [], []
        for size in SIZES:
            term = made(size)
            nodes = sum(1 for node in subterms(term) if node.args)
            times.append(seconds(lambda term=term: Graph(x, [term])))
            graph = Graph(x, [term])
            values.append(seconds(lambda graph=graph: graph.evaluate({x: -0.5})))
            used = peak(lambda term=term: Graph(x, [term])) / nodes
            holds &= used <= BYTES
            told = f"{nodes:7} nodes {times[-1]:7.3f} s, evaluated {values[-1]:7.3f} s, {used:4.0f} bytes a node"
            print(f"{made.__name__:7} {told}")
        exponents = [math.log(run[-1] / run[0]) / math.log(SIZES[-1] / SIZES[0]) for run in (times, values)]
        holds &= max(exponents) <= EXPONENT
        print(f"{made.__name__:7} exponent {exponents[0]:.2f}, of evaluating {exponents[1]:.2f}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
