"""Where the import samples are: third parties' files that are not in the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def samples_dir(name: str) -> Path:
    """Find a folder of samples, such as `photos`; skip the test when it is absent.

    `NEWSROOM_SAMPLES` names the folder above, `../shared/samples` of the repository when
    it is not set. With `NEWSROOM_SAMPLES_REQUIRED=1` absence is an error.
    """
    base = Path(os.environ.get("NEWSROOM_SAMPLES") or ROOT / "../shared/samples").resolve()
    folder = base / name
    if folder.is_dir():
        return folder
    message = f"no import samples in {folder}; NEWSROOM_SAMPLES names their folder"
    if os.environ.get("NEWSROOM_SAMPLES_REQUIRED") == "1":
        raise FileNotFoundError(message)
    pytest.skip(message)
