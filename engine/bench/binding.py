"""Prints the table of 'binding'. Usage: python binding.py JAVA PYTHON [JSON]: JMH's result, and peer/binding.py's."""

import json
import sys
from pathlib import Path

import table

java = {entry["benchmark"].rpartition(".")[2]: entry["primaryMetric"]["score"] for entry in json.loads(Path(sys.argv[1]).read_text())}
python = json.loads(Path(sys.argv[2]).read_text())
rows = [table.Row("binding", table.Metric(f"{name}, ns", less_is_better=True, wanted=1), [java[name]], [python[name]])
        for name in python]
print(table.text(rows))
if len(sys.argv) > 3:
    table.write(Path(sys.argv[3]), rows)
