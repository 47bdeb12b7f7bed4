r"""Lines judged in a second beside Math-Verify's answers, on the pairs of battery F, in one run.

    pip install math-verify && PYTHONPATH=tests python -m bench.answers [--rounds N]

Both are asked whether the two sides of each pair are equal, and take turns, a whole battery each: what is asked is how many
answers come in a second one after the other, not how long the first one takes after 80 ms of another library's work, when
nothing of ours is left in the caches of the processor. Time is that of the processor. An answer of Math-Verify is two
formulas parsed and verified; a judged line is `check` on `left = right` with what is given, each in a document of its own.
Printed are answers in a second, their ratio, and how many of the answers are right: Math-Verify has no `given`, no matrices
and no conditions, so that is no contest, but what is timed is what each of them does. A line is judged with its verdict and
its evidence; why a false one is wrong is worked out when it is asked, and the second ratio has that in it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from importlib import import_module
from time import process_time

import symderiv as sd
from bench.drawing import rows

ROUNDS = 3


def main(arguments: list[str]) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wanted = parser.parse_args(arguments)
    peer = import_module("math_verify")
    pairs = rows("battery_pairs")
    seconds: Counter[str] = Counter()
    right: Counter[str] = Counter()
    sd.check(["x = x", "2 x = x"])
    peer.verify(peer.parse("$x$"), peer.parse("$x$"))
    for _ in range(wanted.rounds):
        begun = process_time()
        lines = [sd.check([f"{pair['left']} = {pair['right']}"], given=pair["given"]).lines[0] for pair in pairs]
        judged = process_time()
        _ = [line.cause for line in lines]
        between = process_time()
        answers = [peer.verify(peer.parse(f"${pair['left']}$"), peer.parse(f"${pair['right']}$")) for pair in pairs]
        seconds["symderiv"] += judged - begun
        seconds["symderiv with causes"] += between - begun
        seconds["Math-Verify"] += process_time() - between
        for pair, line, answer in zip(pairs, lines, answers, strict=True):
            right["symderiv"] += (line.verdict in ("ok", "stated")) is pair["equal"]
            right["Math-Verify"] += bool(answer) is pair["equal"]
        right["symderiv with causes"] = right["symderiv"]
    total = wanted.rounds * len(pairs)
    for who in seconds:
        print(f"{who}: {total / seconds[who]:.1f} answers a second, {right[who]} of {total} right")
    for who in ("symderiv", "symderiv with causes"):
        print(f"ratio of {who} {seconds['Math-Verify'] / seconds[who]:.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
