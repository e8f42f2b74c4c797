import gzip
import io
import socket
import threading
import time

import pytest

from newsroom.net import errors
from newsroom.net.client import Fetched, Gate, Limits, fetch, parse_address
from tests.net.servers import Names, always, open_gate, reply, serve

pytestmark = pytest.mark.enable_socket

QUICK = Limits(connect_seconds=1, total_seconds=5, max_bytes=100_000)


def get(server, path="/", *, gate=None, host="news.example", limits=QUICK, **options) -> Fetched:
    return fetch(
        f"http://{host}:{server.port}{path}",
        limits=limits,
        allow_ports={server.port},
        gate=gate or open_gate(),
        **options,
    )


def test_answer_holds_body_status_and_type():
    with serve(always(reply(b"hello", headers={"Content-Type": "Text/Plain; charset=utf-8"}))) as s:
        answer = get(s, "/a?b=c")

    assert (answer.content, answer.size, answer.status) == (b"hello", 5, 200)
    assert answer.content_type == "text/plain"
    assert answer.url == f"http://news.example:{s.port}/a?b=c"
    assert s.heads[0].startswith("GET /a?b=c HTTP/1.1\r\n")
    assert f"Host: news.example:{s.port}\r\n" in s.heads[0]


def test_error_status_is_an_answer_without_body():
    with serve(always(reply(b"x" * 200_000, status="404 Not Found"))) as s:
        answer = get(s)

    assert (answer.status, answer.content) == (404, b"")


def test_body_goes_to_the_callers_file():
    target = io.BytesIO(b"head:")
    target.seek(5)
    with serve(always(reply(b"body"))) as s:
        answer = fetch(
            f"http://news.example:{s.port}/",
            allow_ports={s.port},
            gate=open_gate(),
            into=target,
        )

    assert target.getvalue() == b"head:body"
    assert answer.size == 4


def test_failed_fetch_leaves_the_callers_file_as_it_was(tmp_path):
    with (
        (tmp_path / "target").open("w+b") as target,
        serve(always(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 300_000)) as s,
    ):
        target.write(b"before")
        with pytest.raises(errors.TooLarge):
            get(s, into=target)

        assert target.tell() == 6
    assert (tmp_path / "target").read_bytes() == b"before"


def test_error_of_the_callers_file_is_not_taken_for_the_networks():
    class Full(io.BytesIO):
        def write(self, data):
            raise OSError(28, "No space left on device")

    with serve(always(reply(b"body"))) as s, pytest.raises(OSError, match="No space left"):
        get(s, into=Full())


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("ftp://news.example/", errors.BadScheme),
        ("file:///etc/passwd", errors.BadScheme),
        ("gopher://news.example/", errors.BadScheme),
        ("javascript:alert(1)", errors.BadScheme),
        ("//news.example/a", errors.BadScheme),
        ("", errors.BadScheme),
        ("http://", errors.BadAddress),
        ("http:///path", errors.BadAddress),
        ("http://user:pass@news.example/", errors.BadAddress),
        ("http://user@news.example/", errors.BadAddress),
        ("http://@news.example/", errors.BadAddress),
        ("http://news.example\\@127.0.0.1/", errors.BadAddress),
        ("http://news.example/\r\nX: y", errors.BadAddress),
        ("http://news.example:99999/", errors.BadAddress),
        ("http://[::1/", errors.BadAddress),
        ("http://news.example:22/", errors.RefusedPort),
        ("http://news.example:0/", errors.RefusedPort),
    ],
)
def test_bad_address_is_refused_before_any_lookup(url, error):
    names = Names({})
    with pytest.raises(error):
        fetch(url, gate=Gate(resolve=names))
    assert names.asked == []


def test_address_is_encoded_for_the_wire():
    assert (
        parse_address(" https://BÜCHER.example/Straße 1.jpg?q=ä#part ").url
        == "https://xn--bcher-kva.example:443/Stra%C3%9Fe%201.jpg?q=%C3%A4"
    )


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "::ffff:127.0.0.1"],
)
def test_name_that_leads_inside_gets_no_connection(address):
    gate = Gate(resolve=Names({"news.example": [[address]]}))
    with (
        serve(always(reply(b"secret"))) as s,
        pytest.raises(errors.RefusedAddress, match=r"news\.example is at"),
    ):
        get(s, gate=gate)
    assert s.heads == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "2130706433", "0x7f000001", "localhost"])
def test_literal_inside_address_gets_no_connection_with_the_systems_resolver(host):
    with serve(always(reply(b"secret"))) as s, pytest.raises(errors.RefusedAddress):
        get(s, host=host, gate=Gate())
    assert s.heads == []


def test_one_inside_address_among_several_refuses_the_name():
    gate = open_gate({"news.example": [["127.0.0.1", "10.0.0.1"]]})
    with serve(always(reply(b"x"))) as s, pytest.raises(errors.RefusedAddress):
        get(s, gate=gate)
    assert s.heads == []


def test_name_that_changes_its_answer_is_looked_up_once_and_gains_nothing():
    gate = open_gate({"news.example": [["127.0.0.1"], ["10.0.0.1"]]})
    with serve(always(reply(b"first"))) as s:
        assert get(s, gate=gate).content == b"first"
        assert gate.resolve.asked == ["news.example"]
        with pytest.raises(errors.RefusedAddress):
            get(s, gate=gate)
    assert len(s.heads) == 1


def test_redirect_is_followed_and_its_last_address_given():
    def handler(connection, head):
        if head.startswith("GET /old"):
            connection.sendall(reply(status="301 Moved", headers={"Location": "/new%20one"}))
        else:
            connection.sendall(reply(b"moved"))

    with serve(handler) as s:
        answer = get(s, "/old")

    assert answer.content == b"moved"
    assert answer.url.endswith("/new%20one")


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("http://10.0.0.1/", errors.RefusedAddress),
        ("http://inside.example/", errors.RefusedAddress),
        ("http://169.254.169.254/latest/meta-data/", errors.RefusedAddress),
        ("file:///etc/passwd", errors.BadScheme),
        ("http://user:pw@news.example/", errors.BadAddress),
        ("http://news.example:22/", errors.RefusedPort),
        ("//[::1]/", errors.RefusedAddress),
        ("http://[::1", errors.BadAddress),
    ],
)
def test_redirect_to_a_refused_place_is_not_followed(location, error):
    gate = open_gate(
        {
            "news.example": [["127.0.0.1"]],
            "inside.example": [["192.168.0.1"]],
            "10.0.0.1": [["10.0.0.1"]],
            "169.254.169.254": [["169.254.169.254"]],
            "::1": [["::1"]],
        }
    )
    answer = reply(status="302 Found", headers={"Location": location})
    with serve(always(answer)) as s, pytest.raises(error):
        get(s, gate=gate)
    assert len(s.heads) == 1


def test_name_that_changes_its_answer_between_redirects_is_refused():
    gate = open_gate({"news.example": [["127.0.0.1"], ["10.0.0.1"]]})
    answer = reply(status="302 Found", headers={"Location": "/again"})
    with serve(always(answer)) as s, pytest.raises(errors.RefusedAddress):
        get(s, gate=gate)
    assert len(s.heads) == 1


def test_fourth_redirect_is_one_too_many():
    answer = reply(status="302 Found", headers={"Location": "/again"})
    with serve(always(answer)) as s, pytest.raises(errors.TooManyRedirects):
        get(s)
    assert len(s.heads) == 4


def test_body_of_a_redirect_is_not_read():
    def handler(connection, head):
        if head.startswith("GET /new"):
            connection.sendall(reply(b"new"))
            return
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /new\r\n\r\n")
        for _ in range(10_000):
            connection.sendall(b"x" * 65536)

    with serve(handler) as s:
        assert get(s).content == b"new"


def test_cookies_are_neither_kept_nor_sent():
    answer = reply(status="302 Found", headers={"Location": "/again", "Set-Cookie": "id=1"})
    with serve(always(answer)) as s, pytest.raises(errors.TooManyRedirects):
        get(s)
    assert not any("cookie" in head.lower() for head in s.heads)


def test_proxies_and_netrc_of_the_environment_are_ignored(monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("default login me password secret")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serve(always(reply(b"direct"))) as s:
        assert get(s).content == b"direct"
    assert "Authorization" not in s.heads[0]


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    ],
)
def test_body_over_the_limit_is_refused_whatever_its_stated_length(head):
    with serve(always(head + b"x" * 100_001)) as s, pytest.raises(errors.TooLarge):
        get(s)


def test_body_of_exactly_the_limit_is_taken():
    with serve(always(reply(b"x" * 100_000))) as s:
        assert get(s).size == 100_000


def test_endless_chunked_body_is_cut_off():
    def handler(connection, head):
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"400\r\n" + b"x" * 0x400 + b"\r\n")

    with serve(handler) as s, pytest.raises(errors.TooLarge):
        get(s)


def test_compressed_bomb_counts_by_what_it_unpacks_to():
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    answer = reply(bomb, headers={"Content-Encoding": "gzip"})
    with serve(always(answer)) as s, pytest.raises(errors.TooLarge):
        get(s)


def drip_head(connection, head):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        connection.sendall(b"a")
        time.sleep(0.05)


def drip_body(connection, head):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        connection.sendall(b"a")
        time.sleep(0.05)


def drip_open_ended_body(connection, head):
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"a")
        time.sleep(0.05)


def say_nothing(connection, head):
    connection.recv(1)


@pytest.mark.parametrize("handler", [drip_head, drip_body, drip_open_ended_body, say_nothing])
def test_whole_answer_has_a_time_limit_that_slow_bytes_do_not_extend(handler):
    started = time.monotonic()
    with serve(handler) as s:
        with pytest.raises(errors.TooSlow, match=r"not complete after 0\.5 s"):
            get(s, limits=Limits(connect_seconds=0.4, total_seconds=0.5))
        took = time.monotonic() - started

    assert 0.4 < took < 2


def test_time_limit_covers_all_redirects_together():
    def handler(connection, head):
        time.sleep(0.3)
        connection.sendall(reply(status="302 Found", headers={"Location": "/again"}))

    with serve(handler) as s, pytest.raises(errors.TooSlow):
        get(s, limits=Limits(total_seconds=0.7))
    assert len(s.heads) <= 3


def test_silent_tls_handshake_counts_as_connecting():
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    with listener, pytest.raises(errors.TooSlow, match=r"no connection within 0\.2 s"):
        fetch(
            f"https://news.example:{port}/",
            allow_ports={port},
            gate=open_gate(),
            limits=Limits(connect_seconds=0.2, total_seconds=5),
        )


def test_closed_port_is_a_failed_connection():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(errors.ConnectionFailed):
        fetch(f"http://news.example:{port}/", allow_ports={port}, gate=open_gate())


def test_body_that_breaks_off_is_a_failed_connection():
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"
    with serve(always(answer)) as s, pytest.raises(errors.ConnectionFailed):
        get(s)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        reply(b"not gzip at all", headers={"Content-Encoding": "gzip"}),
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    ],
)
def test_answer_that_is_not_http_is_named(answer):
    with serve(always(answer)) as s, pytest.raises(errors.BadAnswer):
        get(s)


def test_message_is_one_printable_line():
    with pytest.raises(errors.BadAddress) as caught:
        fetch("http://news.example/\x1b[2J\nINFO signed in")
    assert str(caught.value).isprintable()


def test_no_thread_is_left_when_a_fetch_ends():
    with serve(always(reply(b"x"))) as s:
        get(s)
        names = {thread.name for thread in threading.enumerate()}
    assert not any("Timer" in name for name in names)
