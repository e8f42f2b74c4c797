"""The stylesheet that pages load holds all that it imports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders

from newsroom.storage import JOINED, JoinedStaticFilesStorage
from newsroom.stylesheets import ImportInsideImport, join_stylesheet


def join(**files: str) -> str:
    """Join css/site.css of `files`, named by their stem."""
    texts = {f"css/{name}.css": text for name, text in files.items()}
    return join_stylesheet("css/site.css", read=lambda name: texts[name])


def test_import_becomes_a_block_of_its_layer() -> None:
    joined = join(site='@layer a;\n\n@import url("card.css") layer(a);\n', card="p { top: 0; }\n")
    assert joined == "@layer a;\n\n@layer a {\np { top: 0; }\n}\n"


def test_addresses_hold_from_the_folder_of_the_entry() -> None:
    texts = {
        "css/site.css": '@import url("parts/x.css") layer(a);',
        "css/parts/x.css": 'b { src: url("../../fonts/f.woff2"), url("data:x"); }',
    }
    joined = join_stylesheet("css/site.css", read=texts.__getitem__)
    assert 'url("../fonts/f.woff2")' in joined
    assert 'url("data:x")' in joined


@pytest.mark.parametrize(
    "files",
    [
        {"site": '@import url("a.css") layer(x);', "a": '@import url("b.css");', "b": ""},
        {"site": '@import url("a.css") layer(x) print;', "a": ""},
    ],
)
def test_import_that_cannot_be_joined_is_refused(files: dict[str, str]) -> None:
    with pytest.raises(ImportInsideImport):
        join(**files)


def test_collected_stylesheet_is_one_file_with_hashed_fonts(tmp_path: Path) -> None:
    sources = {
        name: (storage, name)
        for finder in get_finders()
        for name, storage in finder.list([])
        if name.startswith(("css/", "fonts/"))
    }
    collected = JoinedStaticFilesStorage(location=tmp_path, base_url="/static/")
    for name, (storage, path) in sources.items():
        with storage.open(path) as file:
            collected.save(name, file)
    list(collected.post_process(sources))
    text = (tmp_path / collected.hashed_files[JOINED]).read_text()
    assert "@import" not in text
    assert re.search(r'url\("\.\./fonts/newsreader-latin\.[0-9a-f]{12}\.woff2"\)', text)
    assert text.count("{") == text.count("}")
    assert len((tmp_path / (collected.hashed_files[JOINED] + ".gz")).read_bytes()) <= 14 * 1024
