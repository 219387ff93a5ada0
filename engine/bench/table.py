"""Medians of what was measured, their ratios, and how they are printed."""

import json
from dataclasses import dataclass, field
from statistics import median
from typing import Optional


@dataclass(frozen=True)
class Metric:
    """What is measured, whether less of it is better, and the ratio that is wanted."""

    name: str
    less_is_better: bool = False
    wanted: Optional[float] = None


@dataclass
class Row:
    """One metric of a case, with every value that was measured."""

    case: str
    metric: Metric
    ours: list = field(default_factory=list)
    peer: list = field(default_factory=list)
    peer_as_installed: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def ratio(self):
        """How many times better than the peer; nothing where one of the two was not measured."""
        if not self.ours or not self.peer:
            return None
        ours, peer = median(self.ours), median(self.peer)
        return peer / ours if self.metric.less_is_better else ours / peer

    def note(self):
        return "; ".join(dict.fromkeys(self.notes))

    def to_json(self):
        middle = lambda values: median(values) if values else None
        return {"case": self.case, "metric": self.metric.name, "ours": middle(self.ours), "peer": middle(self.peer),
                "peer_as_installed": middle(self.peer_as_installed), "ratio": self.ratio(), "note": self.note()}


def shown(value, unit=""):
    if value is None:
        return "-"
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2 if abs(value) >= 1 else 3
    return f"{value:.{digits}f}{unit}"


def text(rows):
    """The table for people."""
    titles = ("case", "metric", "ours", "peer", "as installed", "ratio", "wanted", "note")
    lines = [titles]
    for row in rows:
        found = row.to_json()
        wanted = row.metric.wanted
        verdict = "" if wanted is None or found["ratio"] is None else " ok" if found["ratio"] >= wanted else " missed"
        lines.append((row.case, row.metric.name, shown(found["ours"]), shown(found["peer"]), shown(found["peer_as_installed"]),
                      shown(found["ratio"], "x"), shown(wanted, "x" + verdict) if wanted else "", found["note"]))
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
    numbers = range(2, 6)
    return "\n".join(
        "  ".join(cell.rjust(width) if column in numbers else cell.ljust(width)
                  for column, (cell, width) in enumerate(zip(line, widths))).rstrip()
        for line in lines)


def write(file, rows):
    """The same as a list of objects."""
    file.write_text(json.dumps([row.to_json() for row in rows], indent=2) + "\n")
