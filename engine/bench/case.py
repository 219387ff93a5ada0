"""What the cases have in common: who is measured with what, and what comes back."""

from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from engine import Engine
from made import Made
from mlxlm import MlxLm

GIGABYTE = 1e9


class Differs(Exception):
    """Both sides did not do the same work, so that their speeds say nothing."""


@dataclass(frozen=True)
class Bench:
    """One run of the benchmark. work is a folder for what a measurement writes; seconds bound one of the peer as installed."""

    made: Made
    work: Path
    engine: Engine
    peer: MlxLm
    as_installed: Optional[MlxLm]
    quick: bool
    seconds: int = 90


@dataclass(frozen=True)
class Measured:
    """Values by the names of metrics, and a note by those of them that need one. facts are for comparing both sides."""

    values: dict
    note: str = ""
    facts: Optional[dict] = None
