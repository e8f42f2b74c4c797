"""What a stage after the writer is, and what it finds.

The writer has written all items when the first stage begins. The stages are `media`,
`links` and `audit`, in this order, then the run is done. Each is one function (`Stage`)
that may be called again after a kill: it goes on where its last committed batch was,
and changes nothing when there is nothing left to do.

In the database each stage finds, for `run.source`:

`ImportedRecord(kind="article" | "page")`, `object_id` an `ArticlePage` or `StaticPage`,
`revision_id` the one revision that the import left (latest; also live, or approved for
go-live, by the article's state), `run` the run that made it, `updated_run` the one that
wrote it last, and `data` with

- `title`: as it was read, whole; `old_urls`: as they were read (paths or whole URLs, the
  canonical one first);
- `pending_media`: whether the page names pictures or files that are not here yet;
- `stated`: what the audit compares: `words`, `images`, `links` (numbers, as the cleaner
  counted them in the source), `authors` (names in order), `published_at` (ISO, UTC, or
  null), `status` (`published`, `draft`, `scheduled`, `private`) and `category` (titles
  from the top) as they should be here;
- `blocks`: what the cleaner knew and a block has no field for, by block id:
  `{"media_id": external id}` of an image, `{"media_ids": [external id or ""]}` of a
  gallery's pictures in order, `{"wanted_url": absolute address}` of an also-read block;
- `lead_media_id`: external id of the lead picture's `MediaItem`, "" if it has none.

`ImportedRecord(kind="media")`: `object_id` None until the file is stored, then a
`NewsImage` (`data["model"]` is `"image"`) or `NewsDocument` (`"document"`); `data` with
`url`, `title`, `caption`, `credit`, `alt_text` and `parent` (external id of the article).
The writer counts such an item as skipped (`PICTURE_WITHOUT_FILE`); when its file is
stored, say `report.move_skipped("created", reason=PICTURE_WITHOUT_FILE)`.

`ImportedRecord(kind="author" | "category" | "tag")`: `object_id` an `Author`,
`CategoryPage` or `Topic`.

Bodies hold `image`, `gallery` and `media` blocks with `image` (`file`) null and
`source_url` set; articles hold `lead_source_url` with `lead_image` null; rich text holds
absolute links; `also_read` blocks hold `article` null and `wanted_headline`.

A stage that changes a page changes it twice, in one transaction under
`articles.pages.addresses.lock_pages`: the row, and the content of its latest revision in
place, so that `revision_id` stays what it is (another latest revision means that an
editor was here: such a page is passed over and told).

`run.state["info"]` has the source's `base_url`, `title`, `language` and `timezone`;
`run.state["hosts"]` the hosts, without `www.`, whose links are links within the site.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from articles.imports.models import ImportRun
from articles.imports.options import ImportOptions
from articles.imports.progress import Progress
from articles.imports.report import Report

PICTURE_WITHOUT_FILE = "pictures without a file (--media fetch or a folder brings them)"

Stop = Callable[[], bool]
"""True when the run is to end: a stage finishes its batch, saves its state and returns."""


class Stage(Protocol):
    """One stage after the writer."""

    def __call__(
        self,
        run: ImportRun,
        *,
        options: ImportOptions,
        report: Report,
        progress: Progress,
        stop: Stop,
    ) -> None:
        """Do the stage's work in batches, each one transaction that ends in `save_state`."""
        ...


def save_state(run: ImportRun, *, report: Report, **values: Any) -> None:
    """Write the run's counters and a stage's own values; call it inside the transaction.

    Values are JSON and go into `run.state` beside those that are there: name them after
    the stage, such as `media={"after": 120}`. One query.
    """
    run.state = {**run.state, **values, "report": report.snapshot()}
    run.save(update_fields=["state"])
