"""Switches of the newsroom itself."""

from .env import VAR_DIR, env

NEWSROOM_ALLOW_RAW_HTML = env.bool("NEWSROOM_ALLOW_RAW_HTML", default=False)
"""Whether administrators may place raw HTML in an article. Off: the block does not exist."""

NEWSROOM_PAGE_SIZE = 20
"""Articles on one page of a public list."""

NEWSROOM_JOURNAL_DIR = VAR_DIR / "journals"
"""Where this machine's journals of views lie until they are counted."""

NEWSROOM_ROLLUP_SECONDS = env.int("NEWSROOM_ROLLUP_SECONDS", default=20)
"""Pause between two roll-ups of views by the worker."""

NEWSROOM_TRENDING_HALF_LIFE_HOURS = env.int("NEWSROOM_TRENDING_HALF_LIFE_HOURS", default=12)
"""After how many hours a view counts half for the trending score."""

NEWSROOM_IMPORTS_DIR = VAR_DIR / "imports"
"""Where imports keep their locks and the lines of their reports."""
