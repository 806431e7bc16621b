"""A batch that was killed at any moment and is started again writes the same bytes as one that was let be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import duckdb
import pytest

from tests.architecture.files import ROOT

sys.path.append(str(ROOT / "benchmarks"))
from crowd import write_crowd

COUNT = 5_000
KILLS = 30 if os.environ.get("POLICY_FULL") else 3
SEED = 20_260


def started(crowd: Path, out: Path) -> subprocess.Popen:
    program = (
        "import sys; from pathlib import Path; from interpreter.batch.files.intake import Asked; "
        "from interpreter.batch.run import run; from interpreter.rulebook.load import load; problems = []; "
        "book = load(Path(sys.argv[1]), problems); print('begun', flush=True); "
        "assert run(Asked((Path(sys.argv[2]),)), book, Path(sys.argv[3]), problems) is not None, problems"
    )
    command = [sys.executable, "-c", program, str(ROOT / "benchmarks" / "sample"), str(crowd), str(out)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    return process


def finished(crowd: Path, out: Path) -> dict[str, bytes]:
    with started(crowd, out) as process:
        assert process.wait() == 0
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("killed") / "people.parquet"
    write_crowd(path, COUNT, duckdb.connect())
    return path


@pytest.fixture(scope="module")
def calm(crowd, tmp_path_factory) -> tuple[dict[str, bytes], float]:
    """The files of a run that was let be, and the seconds it took."""
    out = tmp_path_factory.mktemp("calm") / "out"
    begin = time.monotonic()
    return finished(crowd, out), time.monotonic() - begin


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_and_started_again(crowd, calm, tmp_path, number):
    expected, seconds = calm
    out = tmp_path / "out"
    if number % 2:
        finished(crowd, out)
    with started(crowd, out) as process:
        # spread over the whole run, so that some fall into each part of it
        time.sleep(seconds * (number + Random(SEED + number).random()) / KILLS)
        process.send_signal(signal.SIGKILL)
    left = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} if out.exists() else {}
    if "manifest.json" in left:
        assert left == expected
    assert finished(crowd, out) == expected
