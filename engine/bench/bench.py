"""Measures this engine and mlx-lm by turns on the same work. Started by 'run', which finds a Python that has mlx-lm."""

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
from pathlib import Path

import cases
import process
import table
from case import Bench, Differs
from engine import Engine, NotBuilt
from made import Made
from mlxlm import MlxLm, NoOpenBlas, find_openblas


def arguments():
    known = "\n".join(f"  {case.name:18}{case.about}\n{'':20}({case.duration})" for case in cases.ALL.values())
    parser = argparse.ArgumentParser(
        prog="run", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Measures this engine and mlx-lm 0.32.2 by turns on the same work, and prints one table of medians and\n"
                    "ratios. A ratio above 1 is better than mlx-lm with OpenBLAS, of memory and time too. Let nothing else\n"
                    "run meanwhile.",
        epilog=f"cases, with their time on two cores:\n{known}\n\n"
               "It needs the engine, packaged with 'mvn -DskipTests package'; a python with mlx-lm 0.32.2 (MLX_PYTHON names\n"
               "it); and on Linux OpenBLAS (OPENBLAS names libopenblas.so.0). mlx-lm as installed has a time limit, and is\n"
               "measured in the first round alone. docs/performance.md tells more.")
    parser.add_argument("--case", action="append", choices=cases.ALL, metavar="NAME", help="this case; may be repeated (default: all)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each is measured (default: 3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table as a list of objects, too")
    parser.add_argument("--quick", action="store_true", help="fewer iterations, rows and tokens; says nothing about a whole run")
    parser.add_argument("--skip-as-installed", action="store_true", help="leave out mlx-lm with the BLAS that it links")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", default=usual_cache(),
                        help="where models and rows are made and kept, 2 GB (default: %(default)s)")
    given = parser.parse_args()
    if given.rounds < 1:
        parser.error(f"--rounds is {given.rounds}; it must be at least 1")
    return given


def usual_cache():
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mlx-bench"


def measure(case, bench, rounds):
    """The rows of a case; whoever is measured first changes from round to round."""
    rows = {metric.name: table.Row(case.name, metric) for metric in case.metrics(bench)}

    def keep(side, measured):
        for name, value in measured.values.items():
            getattr(rows[name], side).append(value)
            if measured.note:
                rows[name].notes.append(measured.note)
        return measured.facts

    for number in range(rounds):
        facts = {}
        for side in ("ours", "peer") if number % 2 == 0 else ("peer", "ours"):
            said(f"{case.name}, round {number + 1} of {rounds}: {side}")
            facts[side] = keep(side, case.ours(bench) if side == "ours" else case.peer(bench, bench.peer, False))
        case.compare(facts["ours"], facts["peer"])
        if number == 0 and bench.as_installed:
            said(f"{case.name}: peer as installed")
            keep("peer_as_installed", case.peer(bench, bench.as_installed, True))
    if bench.quick:
        for row in rows.values():
            row.notes.append("quick")
    return list(rows.values())


def said(what):
    print(f"run: {time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def main():
    given = arguments()
    # So that what is measured ends with the benchmark, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        engine, openblas = Engine(), find_openblas()
    except (NotBuilt, NoOpenBlas) as missing:
        print(f"run: {missing}", file=sys.stderr)
        return 2
    rows, failures = [], []
    with tempfile.TemporaryDirectory() as work:
        # Without a library to preload the peer as installed is the peer.
        installed = None if given.skip_as_installed or not openblas else MlxLm("")
        bench = Bench(Made(given.cache), Path(work), engine, MlxLm(openblas), installed, given.quick)
        for name in given.case or cases.ALL:
            try:
                rows += measure(cases.ALL[name], bench, given.rounds)
            except (Differs, process.Failed, process.TooLong) as failure:
                failures.append(f"{name}: {failure}")
                print(f"run: {failures[-1]}", file=sys.stderr)
    print(f"{platform.platform()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}\n")
    print(table.text(rows))
    for failure in failures:
        print(f"\nFAILED {failure}")
    if given.json:
        table.write(given.json, rows)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
