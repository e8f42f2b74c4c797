"""From the address in a text to the original's, and to the path of its copy in a folder.

Pure. Source: WordPress' names of resized (`-300x200`), reduced (`-scaled`), turned
(`-rotated`) and edited (`-e1577836800`) copies; Jetpack's image CDN, `i0.wp.com`.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_SIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{2,5}$)")
_REDUCED = re.compile(r"-(?:scaled|rotated)(?=\.\w{2,5}$)")
_EDITED = re.compile(r"-e\d{10,13}(?=\.\w{2,5}$)")
_PHOTON = re.compile(r"i\d\.wp\.com")
_RESIZING = frozenset(
    {"w", "h", "width", "height", "resize", "fit", "crop", "quality", "strip", "zoom", "ssl"}
)
_UPLOADS = re.compile(r"(?:^|/)wp-content/uploads/(?:sites/\d+/)?|(?:^|/)(?:uploads|files)/")
MAX_PATH = 1000


def list_candidates(url: str) -> list[str]:
    """Return the addresses to try for a picture, the original's first, the given one last.

    An edited copy in full size goes before the original that it was made of: what the
    editor cut away was cut away on purpose.
    """
    plain = _without_resizing(_unwrap(url))
    parts = urlsplit(plain)
    full = _SIZED.sub("", parts.path)
    unreduced = _REDUCED.sub("", full)
    paths = [unreduced, _EDITED.sub("", unreduced), full, parts.path]
    tries = [urlunsplit(parts._replace(path=path, fragment="")) for path in paths]
    return list(dict.fromkeys([*tries, url.partition("#")[0]]))


def address_key(url: str) -> str:
    """Return what two spellings of one address have in common.

    Scheme, `www.`, letter case of the host, percent-encoding and fragment do not count.
    """
    parts = urlsplit(url)
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~")
    return f"{host_of(url)}{path}" + (f"?{parts.query}" if parts.query else "")


def host_of(url: str) -> str:
    """Return the host of an address in lower case, without `www.`; "" if there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def list_paths(url: str) -> list[str]:
    """Return the relative paths where a folder of uploads may hold the file of an address.

    The folder may be a copy of `wp-content/uploads`, of the site's root, or of anything
    between them. Decoded; not checked: they may lead anywhere.
    """
    path = unquote(urlsplit(url).path).lstrip("/")[:MAX_PATH]
    found = [path[match.end() :] for match in _UPLOADS.finditer(path)]
    parts = path.split("/")
    found += ["/".join(parts[start:]) for start in range(len(parts) - 1)]
    return [path for path in dict.fromkeys([*found, path]) if path]


def files_hosts(host: str) -> set[str]:
    """Return the hosts where the files of a site lie by rule, besides its own."""
    name, dot, rest = host.partition(".")
    return {f"{name}.files.{rest}"} if dot and rest == "wordpress.com" else set()


def file_name(url: str) -> str:
    """Return the last part of an address' path, decoded; "" if it has none."""
    return unquote(urlsplit(url).path).rpartition("/")[2]


def _unwrap(url: str) -> str:
    """Return the address behind Jetpack's image CDN."""
    parts = urlsplit(url)
    if not _PHOTON.fullmatch((parts.hostname or "").lower()):
        return url
    host, _, path = parts.path.lstrip("/").partition("/")
    if "." not in host:
        return url
    scheme = "https" if dict(parse_qsl(parts.query)).get("ssl") == "1" else "http"
    return urlunsplit((scheme, host, f"/{path}", parts.query, ""))


def _without_resizing(url: str) -> str:
    """Drop the parameters by which an image server is told to make a picture smaller."""
    parts = urlsplit(url)
    if not parts.query:
        return url
    given = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in given if name.lower() not in _RESIZING]
    return urlunsplit(parts._replace(query=urlencode(kept))) if len(kept) < len(given) else url
