import datetime
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from newsroom.net import errors
from newsroom.net.client import Gate, fetch
from tests.net.servers import always, open_gate, reply, serve

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def certificate(tmp_path):
    """A certificate for news.example that signs itself; the file holds its key too."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.example")])
    now = datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "news.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + built.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.asked_names = []
    context.sni_callback = lambda _socket, name, _context: context.asked_names.append(name)
    return context


def trusting(certificate, names) -> Gate:
    gate = open_gate(names)
    return Gate(resolve=gate.resolve, refuse=gate.refuse, ca_file=certificate)


def test_server_is_asked_for_and_checked_against_the_name_not_the_address(certificate, tls):
    gate = trusting(certificate, {"news.example": [["127.0.0.1"]]})
    with serve(always(reply(b"safe")), tls=tls) as s:
        answer = fetch(f"https://news.example:{s.port}/", allow_ports={s.port}, gate=gate)

    assert answer.content == b"safe"
    assert tls.asked_names == ["news.example"]
    assert f"Host: news.example:{s.port}\r\n" in s.heads[0]


def test_certificate_of_another_name_is_refused(certificate, tls):
    gate = trusting(certificate, {"other.example": [["127.0.0.1"]]})
    with serve(always(reply(b"safe")), tls=tls) as s, pytest.raises(errors.BadCertificate):
        fetch(f"https://other.example:{s.port}/", allow_ports={s.port}, gate=gate)
    assert s.heads == []


def test_unknown_issuer_is_refused(tls):
    gate = open_gate()
    with serve(always(reply(b"safe")), tls=tls) as s, pytest.raises(errors.BadCertificate):
        fetch(f"https://news.example:{s.port}/", allow_ports={s.port}, gate=gate)
    assert s.heads == []
