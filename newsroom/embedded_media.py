"""Public files in the embedded mode, when no web server or object store serves them.

Only renditions lie there, at addresses that cannot be guessed and never change
their content: browsers may keep them for good.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

ONE_YEAR_SECONDS = 31_536_000
CONTENT_TYPES = {".avif": "image/avif", ".webp": "image/webp"}


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a file below MEDIA_ROOT with ETag, conditional and single-range requests."""
    file = find_file(path)
    status = file.stat()
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(status.st_mtime),
        "Cache-Control": f"public, max-age={ONE_YEAR_SECONDS}, immutable",
        "Accept-Ranges": "bytes",
    }
    unchanged = get_conditional_response(request, etag=etag, last_modified=int(status.st_mtime))
    if unchanged is not None:
        for name, value in headers.items():
            unchanged[name] = value
        return unchanged
    content_type = CONTENT_TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    content_type = content_type or "application/octet-stream"
    span = requested_span(request.headers.get("Range", ""), size=status.st_size)
    if span is None:
        return FileResponse(file.open("rb"), content_type=content_type, headers=headers)
    first, last = span
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{status.st_size}"})
    with file.open("rb") as handle:
        handle.seek(first)
        body = handle.read(last - first + 1)
    headers["Content-Range"] = f"bytes {first}-{last}/{status.st_size}"
    return HttpResponse(body, status=206, content_type=content_type, headers=headers)


def find_file(path: str) -> Path:
    """Return a regular file below MEDIA_ROOT.

    Raises:
        Http404: there is none, or the path leads out of the folder.
    """
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
        if not file.is_file():
            raise Http404
    except (SuspiciousFileOperation, ValueError, OSError) as error:
        raise Http404 from error
    return file


def requested_span(value: str, *, size: int) -> tuple[int, int] | None:
    """Return the first and last byte that a Range header asks for.

    None when it asks for nothing that is understood (several ranges among it: the
    whole file is a right answer); an empty span when it cannot be satisfied.
    Source: RFC 9110, section 14.
    """
    unit, _, spec = value.partition("=")
    first, dash, last = spec.strip().partition("-")
    if unit.strip() != "bytes" or not dash or "," in spec:
        return None
    if not (first or last) or not (first + last).isdigit():
        return None
    if not first:
        return max(0, size - int(last)), size - 1 if int(last) else -1
    end = min(int(last), size - 1) if last else size - 1
    return int(first), end
