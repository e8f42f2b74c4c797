"""Start `make run` as a newcomer would, open ten pages, and stop it.

Runs with an empty home directory and its own VAR_DIR. Exits with 1 and says what
was wrong, else prints one line a page.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

PORT = int(os.environ.get("SMOKE_PORT", "8765"))
BASE = f"http://127.0.0.1:{PORT}"
START_SECONDS = 240
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*)"')


def fetch(path: str) -> tuple[int, str]:
    """Return status and body of a page."""
    try:
        with urllib.request.urlopen(BASE + path, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    """Wait for the server to answer."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"make run ended by itself with {process.returncode}.")
        try:
            if fetch("/readyz")[0] == 200:
                return
        except OSError:
            time.sleep(0.5)
    sys.exit(f"No answer within {START_SECONDS} s.")


def pages_to_open() -> list[tuple[str, int]]:
    """Return the paths to open and the status each must have."""
    _, home = fetch("/")
    links = LINK.findall(home)
    fixed = ("/admin/", "/static/", "/media/", "/authors/", "/tags/", "/archive/", "/search/")
    pages = [link for link in links if not link.startswith(fixed)]
    sections = [link for link in pages if link.count("/") == 2]
    articles = [link for link in pages if link.count("/") == 4]
    if not sections or not articles:
        sys.exit(f"The front page links to no section or article: {sorted(set(pages))[:20]}")
    _, article = fetch(articles[0])
    inner = LINK.findall(article)
    author = next(link for link in inner if link.startswith("/authors/"))
    tag = next(link for link in inner if link.startswith("/tags/"))
    good = ["/", sections[0], articles[0], author, tag, "/search/?q=climate", "/corrections/"]
    good += ["/feed/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/admin/login/"]
    return [(path, 200) for path in good] + [("/there-is-no-such-page/", 404)]


def main() -> None:
    """Run the whole thing."""
    folder = tempfile.mkdtemp(prefix="newsroom-smoke-")
    environment = {
        "HOME": tempfile.mkdtemp(prefix="newsroom-home-"),
        "PATH": os.environ["PATH"],
        "VAR_DIR": folder,
        "PORT": str(PORT),
    }
    log = Path(folder) / "run.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "run"], env=environment, stdout=output, stderr=output, text=True
        )
        try:
            wait_until_ready(process)
            for path, expected in pages_to_open():
                status, body = fetch(path)
                if status != expected or "Traceback" in body:
                    sys.exit(f"{path} answered {status}, not {expected}.\n{log.read_text()}")
                print(f"{status} {len(body):>7} {path}")
            if "Editor: " not in log.read_text():
                sys.exit(f"No line with the editor's sign-in:\n{log.read_text()}")
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(timeout=60)
    print(f"Stopped with {code}.")


if __name__ == "__main__":
    main()
