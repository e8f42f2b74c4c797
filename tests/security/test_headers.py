import subprocess
import sys

import pytest

from newsroom.security.policy import theme_script_hash


def test_public_answers_bear_a_policy_without_inline_scripts(client):
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-inline" not in policy
    assert theme_script_hash() in policy


@pytest.mark.django_db
def test_the_desk_keeps_its_own_headers(client):
    response = client.get("/admin/login/")
    assert "Content-Security-Policy" not in response
    assert response["X-Frame-Options"] == "DENY"


GOOD = {
    "NEWSROOM_ENV": "production",
    "SECRET_KEY": "k3" * 30,
    "ALLOWED_HOSTS": "news.example.com",
    "BASE_URL": "https://news.example.com",
}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is a default or too short"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 50}, "SECRET_KEY is a default"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS holds '*'"),
        ({"BASE_URL": ""}, "BASE_URL is not set"),
        ({"BASE_URL": "http://news.example.com"}, "BASE_URL is not https"),
        ({"DEBUG": "1"}, "DEBUG is on in production"),
        ({"TRUSTED_PROXIES": "proxy.internal"}, "TRUSTED_PROXIES holds 'proxy.internal'"),
        ({"NEWSROOM_ENV": "prod"}, "NEWSROOM_ENV is 'prod'"),
        ({"DATABASE_URL": "mysql://u@127.0.0.1/x"}, "runs on SQLite and PostgreSQL"),
        ({}, ""),
    ],
)
def test_production_refuses_to_start_unsafe_and_says_why(changes, named, tmp_path):
    code = "import newsroom.settings.default"
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**GOOD, "VAR_DIR": str(tmp_path), **changes},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode != 0) == bool(named)
    assert named in result.stderr
