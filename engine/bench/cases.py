"""The cases by name, in the order of the table."""

import generating
import loading
import preparing
import starting
import training

ALL = {case.name: case for case in (*training.CASES, generating.CASE, preparing.CASE, starting.CASE, loading.CASE)}
