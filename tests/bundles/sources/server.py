"""A real web server (nginx) on this machine's own address, with a certificate of its own, and a line that can fail."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

CONF = """
daemon off; master_process off; error_log {work}/error.log; pid {work}/pid;
events {{ worker_connections 64; }}
http {{
  access_log {work}/access.log; types {{ text/html html; application/json json; }}
  default_type application/octet-stream;
  client_body_temp_path {work}/t1; proxy_temp_path {work}/t2; fastcgi_temp_path {work}/t3;
  uwsgi_temp_path {work}/t4; scgi_temp_path {work}/t5;
  ssl_certificate {work}/cert.pem; ssl_certificate_key {work}/key.pem; ssl_session_tickets off;
  server {{ listen 127.0.0.1:{port} ssl; root {root};
    location /portal/ {{ default_type text/html; return 200 "<html>Please sign in</html>"; }}
    location /away/ {{ return 302 http://127.0.0.1:{port}/login; }}
    location /sign-in/ {{ return 511; }}
    location /moved/ {{ rewrite ^/moved/(.*)$ /$1 redirect; }}
    location /round/ {{ return 302 https://$host:{port}/round/; }}
    location /broken/ {{ return 503; }}
  }}
}}
"""


@dataclass
class Server:
    """A running nginx: its port, the certificate to trust, and what it was asked for."""

    work: Path
    port: int

    @property
    def certificate(self) -> str:
        return str(self.work / "cert.pem")

    @property
    def asked(self) -> list[str]:
        """Return the requests so far, as nginx wrote them down."""
        return (self.work / "access.log").read_text().splitlines()

    def address(self, path: str = "", port: int = 0) -> str:
        return f"https://127.0.0.1:{port or self.port}/{path}"


@contextmanager
def nginx(root: Path, work: Path, *, expired: bool = False) -> Iterator[Server]:
    """Serve ``root``; skips, saying so, where nginx is not installed."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed here (apt-get install nginx-light)")
    work.mkdir()
    make_certificate(work, expired=expired)
    port = free_port()
    (work / "nginx.conf").write_text(CONF.format(work=work, root=root, port=port))
    running = subprocess.Popen([program, "-p", str(work), "-c", str(work / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if running.poll() is not None:
                pytest.skip(f"nginx does not start here: {(work / 'error.log').read_text()[-300:]}")
            time.sleep(0.02)
        yield Server(work, port)
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(10)


def make_certificate(work: Path, *, expired: bool) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    # The system's own clock judges certificates, so this one cannot be a test's.
    start = datetime.now().astimezone() - timedelta(days=400)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=300 if expired else 4000))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    (work / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.open(work / "key.pem", os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


Bend = Callable[[int, int, bytes], bytes | None]


@contextmanager
def bad_line(port: int, bend: Bend, *, hold: bool = False) -> Iterator[int]:
    """Stand between guide and server; ``bend`` gets connection, bytes so far and a piece, and returns what goes on.

    None ends the connection there; with ``hold`` it falls silent instead.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    over = threading.Event()

    def carry(number: int, guide: socket.socket) -> None:
        with guide, socket.create_connection(("127.0.0.1", port)) as server:
            upward = threading.Thread(target=pump, args=(guide, server), daemon=True)
            upward.start()
            sent = 0
            with suppress(OSError):
                while piece := server.recv(1024):
                    bent = bend(number, sent, piece)
                    if bent is None:
                        if hold:
                            over.wait()
                        break
                    guide.sendall(bent)
                    sent += len(piece)
            for end in (guide, server):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            upward.join()

    def accept() -> None:
        number = 0
        while not over.is_set():
            with suppress(TimeoutError):
                guide, _ = listening.accept()
                threading.Thread(target=carry, args=(number, guide), daemon=True).start()
                number += 1

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        over.set()
        accepting.join()
        listening.close()


def pump(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError, ssl.SSLError):
        while piece := one.recv(1024):
            other.sendall(piece)


@contextmanager
def http_proxy(answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Iterator[tuple[int, list[str]]]:
    """A proxy that answers CONNECT with ``answer`` and, when that is yes, carries on; gives its port and what was asked."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    over, asked = threading.Event(), []

    def serve(guide: socket.socket) -> None:
        with guide:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += guide.recv(1)
            asked.append(head.decode().splitlines()[0])
            guide.sendall(answer)
            if b" 200 " not in answer:
                return
            host, _, port = head.split(b" ")[1].decode().partition(":")
            with socket.create_connection((host, int(port))) as server:
                upward = threading.Thread(target=pump, args=(guide, server), daemon=True)
                upward.start()
                pump(server, guide)
                with suppress(OSError):
                    guide.shutdown(socket.SHUT_RDWR)
                upward.join()

    def accept() -> None:
        while not over.is_set():
            with suppress(TimeoutError):
                guide, _ = listening.accept()
                threading.Thread(target=serve, args=(guide,), daemon=True).start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield int(listening.getsockname()[1]), asked
    finally:
        over.set()
        accepting.join()
        listening.close()
