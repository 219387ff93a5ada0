"""Runs a program to its end, and says how long it took, how much memory it had and when it wrote each line."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass


class Failed(Exception):
    """A program that did not end well; the message ends with the last of what it said."""


class TooLong(Exception):
    """A program that was ended because its time was up."""


@dataclass(frozen=True)
class Finished:
    """seconds from the start to the end, max_rss in bytes, and lines of (seconds since the start, text)."""

    seconds: float
    max_rss: int
    lines: list

    def first(self, matches):
        """When the first line came that the pattern finds something in, in seconds since the start."""
        for seconds, text in self.lines:
            if matches.search(text):
                return seconds
        raise Failed(f"no line like {matches.pattern!r} in what the program said:\n{tail(self.lines)}")

    def text(self):
        return "\n".join(text for _, text in self.lines)


def tail(lines):
    return "\n".join("  " + text for _, text in lines[-15:])


def environment(variables):
    """This one and more variables. OpenBLAS chooses its kernels by itself, whatever this machine was told."""
    own = {name: value for name, value in os.environ.items() if name != "OPENBLAS_CORETYPE"}
    return {**own, **variables}


def run(command, variables=None, limit=None):
    """Runs the command with further environment variables; both of its outputs together are the lines.

    The memory is the largest resident set of the process and of the children it waited for, as the kernel tells it.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command], env=environment(variables or {}),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace")
    late = threading.Event()

    def stop():
        late.set()
        process.kill()

    clock = threading.Timer(limit, stop) if limit else None
    if clock:
        clock.start()
    lines = []
    try:
        for line in process.stdout:
            lines.append((time.perf_counter() - begin, line.rstrip("\n")))
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        if clock:
            clock.cancel()
        if process.returncode is None:
            process.kill()
            process.wait()
    if late.is_set():
        raise TooLong(f"not finished after {limit} s")
    if process.returncode != 0:
        words = " ".join(str(word) for word in command)
        raise Failed(f"exit code {process.returncode} of: {words}\n{tail(lines)}")
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    return Finished(seconds, usage.ru_maxrss * unit, lines)
