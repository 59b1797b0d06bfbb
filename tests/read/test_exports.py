"""Real exports, where the folder that `ANALYSTKIT_EVAL` names holds them: counts, first and last article of each."""

import json
import os
from pathlib import Path

import pytest

from benchmarks.quality.exports import compare, read_export

EVAL = os.environ.get("ANALYSTKIT_EVAL")
FOLDER = Path(EVAL or "") / "exports"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8")) if EVAL else {}


@pytest.mark.skipif(not EVAL, reason="set ANALYSTKIT_EVAL to the folder that holds exports/expected.json")
@pytest.mark.parametrize("name", EXPECTED or ["no files"])
def test_a_real_export_is_read_as_expected(name):
    assert compare(name, EXPECTED[name], read_export(FOLDER, name)) == []
