"""Start `make run` as a newcomer would, look around, sign in, stop it, and start it again.

Copies the tree to a fresh folder, so that nothing is there that a clone has not: no
virtual environment, no database, an empty home directory. Exits with 1 and says what was
wrong, else prints what was seen and how long it took.
"""

from __future__ import annotations

import html
import http.cookiejar
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import NoReturn

PROJECT_DIR = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("SMOKE_PORT", "8765"))
BASE = f"http://127.0.0.1:{PORT}"
START_SECONDS = 400
FIRST_START_GOAL_SECONDS = 180
"""From clone to first page, download included."""

SIX_G = "/technology/artificial-intelligence/china-6g-ai-plus-industry/"
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*)"')
PICTURE = re.compile(r'<img\b[^>]*\bsrc="(/media/[^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
EDITOR = re.compile(r"^Editor: (\S+) / (\S+)$", re.MULTILINE)

browser = urllib.request.build_opener(
    urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
)


def fetch(path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
    """Return status and body of a page; `data` is posted as a form."""
    body = urllib.parse.urlencode(data).encode() if data else None
    request = urllib.request.Request(BASE + path, data=body, headers={"Referer": BASE + path})
    try:
        with browser.open(request, timeout=20) as response:
            return response.status, response.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")


class Site:
    """A clone that `make run` is started in."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="newsroom-smoke-")).resolve()
        self.log = self.folder / "run.log"
        self.clone = self.folder / "newsroom"
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=PROJECT_DIR, check=True, capture_output=True, text=True,
        )  # fmt: skip
        for name in filter(None, listed.stdout.split("\0")):
            if (PROJECT_DIR / name).exists():
                (self.clone / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(PROJECT_DIR / name, self.clone / name)

    def environment(self) -> dict[str, str]:
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        given = {name: os.environ[name] for name in ("PATH", "DATABASE_URL") if name in os.environ}
        return {"HOME": str(home), "PORT": str(PORT), **given}

    def start(self) -> float:
        """Start it and wait for the first page; return the seconds it took."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            ["make", "run"], cwd=self.clone, env=self.environment(), stderr=subprocess.STDOUT,
            stdout=self.log.open("wb"), start_new_session=True,
        )  # fmt: skip
        while time.monotonic() - began < START_SECONDS:
            if self.process.poll() is not None:
                self.fail(f"make run ended by itself with {self.process.returncode}.")
            try:
                status, _ = fetch("/")
            except OSError:
                time.sleep(0.2)
                continue
            if status != 200:
                self.fail(f"The first page answered {status}.")
            return time.monotonic() - began
        self.fail(f"No answer within {START_SECONDS} s.")

    def stop(self) -> None:
        """Send what Ctrl-C sends; nothing may be left running."""
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            code = self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.fail("Ctrl-C did not stop it within 60 s.")
        left = [pid for pid in processes_below(self.clone) if pid != os.getpid()]
        if left:
            self.fail(f"Still running after Ctrl-C: {left}.")
        print(f"Stopped with {code}, nothing left.")

    def editor(self) -> tuple[str, str]:
        """Return the name and password that were printed."""
        found = EDITOR.findall(self.log.read_text())
        if len(found) != 1:
            self.fail(f"{len(found)} lines with the editor's sign-in instead of one.")
        return found[0]

    def fail(self, reason: str) -> NoReturn:
        """Say what was wrong and end, with whatever runs."""
        for pid in processes_below(self.clone):
            os.kill(pid, signal.SIGKILL)
        sys.exit(f"{reason}\n\n{self.log.read_text() if self.log.exists() else ''}")


def processes_below(folder: Path) -> list[int]:
    """Return the processes that work in a folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").resolve().is_relative_to(folder):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def pages_to_open(site: Site) -> list[tuple[str, int]]:
    """Return the paths to open and the status each must have."""
    _, home = fetch("/")
    links = LINK.findall(home)
    fixed = ("/admin/", "/static/", "/media/", "/authors/", "/tags/", "/archive/", "/search/")
    pages = [link for link in links if not link.startswith(fixed)]
    sections = [link for link in pages if link.count("/") == 2]
    articles = [link for link in pages if link.count("/") == 4]
    if not sections or not articles:
        site.fail(f"The front page links to no section or article: {sorted(set(pages))[:20]}")
    pictures = PICTURE.findall(home)
    if not pictures:
        site.fail("The front page shows no picture.")
    _, article = fetch(articles[0])
    inner = LINK.findall(article)
    author = next(link for link in inner if link.startswith("/authors/"))
    tag = next(link for link in inner if link.startswith("/tags/"))
    good = ["/", sections[0], articles[0], author, tag, "/search/?q=climate", "/corrections/"]
    good += ["/feed/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/admin/login/"]
    good += [SIX_G, pictures[0]]
    return [(path, 200) for path in good] + [("/there-is-no-such-page/", 404)]


def look_around(site: Site) -> None:
    """Open pages; all must answer as they should."""
    for path, expected in pages_to_open(site):
        status, body = fetch(path)
        if status != expected or "Traceback" in body:
            site.fail(f"{path} answered {status}, not {expected}.")
        print(f"{status} {len(body):>7} {path}")


def read(site: Site) -> None:
    """Read the article on 6G: it shows most of what an article can."""
    _, page = fetch(SIX_G)
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    wanted = ["Beijing, 9 March 2024 (TDI):", "Artificial intelligence", "Mei-Lin Zhao"]
    wanted += ["Also read", "Related", "Follow us", "Most popular"]
    missing = [words for words in wanted if words.casefold() not in text.casefold()]
    if missing:
        site.fail(f"{SIX_G} does not show {missing}.")
    print("The article on 6G shows all that it should.")


def sign_in(site: Site) -> None:
    """Sign in as the demo's editor and open the desk."""
    name, password = site.editor()
    _, form = fetch("/admin/login/")
    token = TOKEN.search(form)
    if token is None:
        site.fail("The sign-in form has no token.")
    fetch(
        "/admin/login/",
        {
            "username": name,
            "password": password,
            "csrfmiddlewaretoken": token[1],
            "next": "/admin/",
        },
    )
    status, body = fetch("/admin/pages/")
    if status != 200 or 'name="password"' in body:
        site.fail(f"{name} cannot sign in with the printed password ({status}).")
    print(f"Signed in as {name}.")


def export(site: Site) -> None:
    """Write the archive out, read one line, and go: it must end quietly."""
    command = "set -o pipefail; .venv/bin/python manage.py export_articles | head -n 1 | wc -l"
    result = subprocess.run(
        ["bash", "-c", command],
        cwd=site.clone,
        env=site.environment(),
        capture_output=True,
        text=True,
    )
    if result.stdout.strip() != "1" or result.stderr:
        site.fail(f"export_articles | head: {result.stdout!r} {result.stderr!r}")
    print("One line of the export was read.")


def visit(site: Site) -> None:
    """Come for the first time, look around, and come again."""
    seconds = site.start()
    print(f"First page after {seconds:.1f} s, from nothing.")
    if seconds > FIRST_START_GOAL_SECONDS:
        print(f"That is more than {FIRST_START_GOAL_SECONDS} s: is the machine busy?")
    look_around(site)
    read(site)
    sign_in(site)
    export(site)
    first = site.editor()
    site.stop()
    seconds = site.start()
    print(f"First page after {seconds:.1f} s, the second time.")
    if site.editor() != first:
        site.fail("The second start prints another sign-in.")
    site.stop()


def main() -> None:
    """Run the whole thing; whatever goes wrong, nothing is left running."""
    site = Site()
    try:
        visit(site)
    except Exception:  # noqa: BLE001  # ends the processes, too
        traceback.print_exc()
        site.fail("The smoke test itself failed.")
    shutil.rmtree(site.folder)


if __name__ == "__main__":
    main()
