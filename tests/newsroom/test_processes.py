"""Processes that run together end together, however it comes to that."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsroom.processes import ProcessEnded, run_together
from newsroom.settings.env import PROJECT_DIR

PATIENCE_SECONDS = 15
WAITING = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
STARTER = """
import sys
from newsroom.processes import run_together
waiting = [sys.executable, "-c", sys.argv[1]]
run_together({"one": [*waiting, sys.argv[2]], "two": [*waiting, sys.argv[3]]})
"""


def lives(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return status != "Z"


def wait_for(condition) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def read_pids(*files: Path) -> list[int]:
    assert wait_for(lambda: all(file.exists() and file.read_text() for file in files))
    return [int(file.read_text()) for file in files]


def starter_command(folder: Path) -> list[str]:
    return [sys.executable, "-c", STARTER, WAITING, str(folder / "one"), str(folder / "two")]


@pytest.fixture
def start(tmp_path):
    """Start two waiting processes by a third; return that one and the pids of the two."""
    started = []

    def start_by(command: list[str]) -> tuple[subprocess.Popen, list[int]]:
        process = subprocess.Popen(command, cwd=PROJECT_DIR, start_new_session=True)
        started.append(process)
        return process, read_pids(tmp_path / "one", tmp_path / "two")

    yield start_by
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_all(start, tmp_path, number):
    process, pids = start(starter_command(tmp_path))

    process.send_signal(number)

    assert process.wait(PATIENCE_SECONDS) == 0
    assert not any(lives(pid) for pid in pids)


def test_killed_starter_takes_the_others_with_it(start, tmp_path):
    process, pids = start(starter_command(tmp_path))

    process.kill()

    assert wait_for(lambda: not any(lives(pid) for pid in pids))


def test_interrupt_of_make_alone_ends_all(start, tmp_path):
    makefile = tmp_path / "Makefile"
    makefile.write_text('run:\n\t@exec "$$PYTHON" -c "$$STARTER" "$$WAITING" "$$ONE" "$$TWO"\n')
    names = {"PYTHON": sys.executable, "STARTER": STARTER, "WAITING": WAITING}
    files = {"ONE": str(tmp_path / "one"), "TWO": str(tmp_path / "two")}
    settings = [f"{key}={value}" for key, value in {**names, **files}.items()]
    process, pids = start(["env", *settings, "make", "-f", str(makefile), "run"])

    process.send_signal(signal.SIGINT)

    process.wait(PATIENCE_SECONDS)
    assert not any(lives(pid) for pid in pids)


def test_process_that_ends_is_named_and_the_other_one_stopped(tmp_path):
    file = tmp_path / "one"
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    failing = (
        "import os, sys, time\n"
        "while not (os.path.exists(sys.argv[1]) and open(sys.argv[1]).read()): time.sleep(0.05)\n"
        "sys.exit(3)"
    )

    with pytest.raises(ProcessEnded, match="The worker ended with status 3") as caught:
        run_together(
            {
                "server": [sys.executable, "-c", WAITING, str(file)],
                "worker": [sys.executable, "-c", failing, str(file)],
            }
        )

    assert caught.value.name == "worker"
    assert not lives(read_pids(file)[0])
    assert handlers == [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
