"""Speed and memory of the short-swing maximum beside OR-tools and a linear program over all pairs.

    python bench/short_swing_speed.py [--sizes 20 200 1000 5000] [--check]

Purchases and sales of three years, as many of each. Ours includes the duals; checking the certificate is timed apart.
Each peer that is installed (ortools, scipy) solves the same problem; making its arcs or rows counts, finding the
pairs does not. Up to a thousand, the method that takes matches pair by pair (derivative securities) is timed too.
Peers stop at sizes that take them too long. Figures go to results/short_swing.json.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import machine
from section16.compliance.short_swing.certificate import adds_up, covers_every_window, stock_worth
from section16.compliance.short_swing.mixed_maximum import mixed_maximum
from section16.compliance.short_swing.stock_maximum import stock_maximum
from short_swing_cases import Problem, large, linear_program, ortools_all_pairs, paying_pairs_by_day

LIMITS = {1000: 0.5, 5000: 6.0}
MOST_MIB = 1024
MOST = {"ortools": 5000, "scipy": 1000}
MOST_PAIR_BY_PAIR = 1000


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    begun = time.perf_counter()
    done = work()
    return time.perf_counter() - begun, done


def ours(given: Problem, rounds: int) -> dict[str, Any]:
    """Our seconds, best of some rounds, and those of checking."""
    purchases, sales, reading = given
    best, found = min((timed(lambda: stock_maximum(*given)) for _ in range(rounds)), key=lambda one: one[0])
    checking, sound = timed(
        lambda: (
            adds_up(found, purchases, sales, stock_worth(purchases, sales, reading))
            and covers_every_window(found, purchases, sales, reading)
        )
    )
    if not sound:
        raise RuntimeError("the certificate fails")
    figures = {"seconds": round(best, 4), "checking_seconds": round(checking, 4), "profit": found.profit}
    if len(purchases) <= MOST_PAIR_BY_PAIR:
        worth = stock_worth(purchases, sales, reading)
        seconds, other = timed(lambda: mixed_maximum(purchases, sales, worth))
        if other.profit != found.profit:
            raise RuntimeError("our two methods differ")
        figures["pair_by_pair_seconds"] = round(seconds, 4)
    return figures


def in_a_process_of_its_own(size: int) -> float:
    """MiB at the most of a process that solves one problem."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (size,))


def _peak(size: int) -> float:
    stock_maximum(*large(size, size))
    status = Path("/proc/self/status")
    if status.exists():  # the kernel's own peak; getrusage also counts what the parent had before this process began
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return round(int(line.split()[1]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def measured(size: int, rounds: int) -> dict[str, Any]:
    """The figures of one size."""
    given = large(size, size)
    figures: dict[str, Any] = {"size": size, **ours(given, rounds), "peak_mib": in_a_process_of_its_own(size)}
    peers = {"ortools": ortools_all_pairs, "scipy": linear_program}
    usable = {name: solve for name, solve in peers.items() if importlib.util.find_spec(name) and size <= MOST[name]}
    if usable:
        pairs = paying_pairs_by_day(given)
        figures["pairs"] = len(pairs)
        for name, solve in usable.items():
            seconds, profit = timed(lambda solve=solve: solve(given, pairs))  # type: ignore[misc]
            if profit != figures["profit"]:
                raise RuntimeError(f"{name} differs at {size}")
            figures[f"{name}_seconds"] = round(seconds, 4)
    return figures


def main() -> None:
    """Measure, print, keep, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 200, 1000, 5000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    results = [measured(size, options.rounds) for size in options.sizes]
    for one in results:
        print("  ".join(f"{name} {figure}" for name, figure in one.items()))
    installed = [name for name in ("ortools", "scipy") if importlib.util.find_spec(name)]
    machine.keep("short_swing", {"versions": machine.versions(*installed), "sizes": results})
    checks = {}
    for one in results:
        if one["size"] in LIMITS:
            limit = LIMITS[one["size"]]
            checks[f"{one['size']} x {one['size']} in {limit} s"] = (one["seconds"] <= limit, f"{one['seconds']} s")
            checks[f"{one['size']} x {one['size']} in 1 GiB"] = (one["peak_mib"] <= MOST_MIB, f"{one['peak_mib']} MiB")
    machine.judge(checks, strict=options.check)


if __name__ == "__main__":
    main()
