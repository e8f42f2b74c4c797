"""Secrets that are made once."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

from newsroom.settings import env


def test_kept_secret_is_the_same_every_time_and_nobody_elses(tmp_path, monkeypatch):
    monkeypatch.setattr(env, "VAR_DIR", tmp_path / "var")

    first = env.kept_secret("key")

    assert env.kept_secret("key") == first
    assert env.kept_secret("other", n_bytes=12) != first
    assert len(env.kept_secret("other")) == 16
    assert stat.S_IMODE((tmp_path / "var" / "key").stat().st_mode) == 0o600
    assert sorted(path.name for path in (tmp_path / "var").iterdir()) == ["key", "other"]


def test_kept_secret_is_one_for_all_who_ask_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(env, "VAR_DIR", tmp_path)

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: env.kept_secret("key"), range(8)))

    assert len(secrets) == 1
    assert len(secrets.pop()) == 64
