"""Processes that run side by side and end together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

STOP_SECONDS = 25
"""What the children have to finish their work before they are killed."""

LOOK_EVERY_SECONDS = 0.2
SET_PARENT_DEATH_SIGNAL = 1
"""Source: prctl(2), PR_SET_PDEATHSIG."""


class ProcessEnded(Exception):
    """A process that should go on has ended by itself; the others are stopped."""

    def __init__(self, *, name: str, code: int) -> None:
        self.name = name
        how = f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"
        super().__init__(f"The {name} {how}; its last words are above. Nothing runs any more.")


def run_together(commands: dict[str, list[str]]) -> None:
    """Run commands by name until one ends or this process is told to stop; then end all.

    SIGINT and SIGTERM stop it, and a SIGINT to the `make` that started it. When this
    process is killed, Linux ends the children.

    Raises:
        ProcessEnded: a command has ended by itself.
    """
    stopping: list[int] = []
    parent = os.getppid()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    handlers = {
        number: signal.signal(number, ask_to_stop) for number in (signal.SIGINT, signal.SIGTERM)
    }
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            children[name] = _start(command)
        while not stopping and not _make_was_interrupted(parent):
            for name, child in children.items():
                code = child.poll()
                if code is not None:
                    raise ProcessEnded(name=name, code=code)
            time.sleep(LOOK_EVERY_SECONDS)
    finally:
        _stop(list(children.values()))
        for number, handler in handlers.items():
            signal.signal(number, handler)


def end_with_parent() -> None:
    """Have Linux send this process a SIGTERM when its parent dies; nothing elsewhere."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # Sessions of their own: Ctrl-C in the terminal reaches this process only, which then
    # stops the children in order.
    return subprocess.Popen(  # noqa: S603
        command, start_new_session=True, preexec_fn=end_with_parent
    )


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, then make them."""
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _make_was_interrupted(parent: int) -> bool:
    """Tell whether the `make` that started this process has got a SIGINT, or is gone.

    GNU make passes a SIGTERM on to what it runs. A SIGINT it does not, since a terminal
    sends that to both: it waits for its child to end, with the signal blocked.
    """
    if "MAKELEVEL" not in os.environ:
        return False
    if os.getppid() != parent:
        return True
    try:
        status = Path(f"/proc/{parent}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        # This system has no such files, or the parent is just going: see next time.
        return False
    blocked = re.search(r"^SigBlk:\s*([0-9a-f]+)", status, re.MULTILINE)
    return blocked is not None and bool(int(blocked[1], 16) & (1 << (signal.SIGINT - 1)))
