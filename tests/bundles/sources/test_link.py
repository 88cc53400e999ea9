"""The link to the mirror, tried on a real nginx over a line that is throttled, cut, corrupted or led astray."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from guide.bundles.sources import link as module
from guide.bundles.sources.link import Link, Route
from guide.bundles.sources.mirror import ask_mirror
from guide.errors import (
    CaptivePortalError,
    GuideError,
    MirrorCertificateError,
    MirrorCutError,
    MirrorError,
    MirrorProxyError,
    MirrorSlowError,
    MirrorStoppedError,
    NoAccessError,
)
from guide.records import Found, Words, silent
from tests.bundles.sources.server import Server, bad_line, free_port, http_proxy, nginx
from tests.makers import make_service
from tests.publisher import Publisher, at

pytestmark = pytest.mark.slow
LARGE = tuple(
    make_service(f"Service {n}", description=Words(random.Random(n).randbytes(200).hex())) for n in range(300)
)


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path)
    made.mirror = tmp_path / "mirror"
    made.release(2, LARGE)
    return made


@pytest.fixture
def server(publisher: Publisher, tmp_path: Path) -> Iterator[Server]:
    assert publisher.mirror is not None
    with nginx(publisher.mirror, tmp_path / "nginx") as running:
        yield running


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def ask(publisher: Publisher, server: Server, address: str = "", *, proxy: str = "none", **options: object) -> Found:
    link = Link(Route(address or server.address(), proxy, server.certificate), **options)  # type: ignore[arg-type]
    try:
        return ask_mirror(publisher.settings, at(), link, silent)
    finally:
        link.close()


def inbox(publisher: Publisher) -> list[Path]:
    return sorted((publisher.settings.data / "inbox").glob("*.part"))


def test_a_real_server_by_https_with_a_certificate_of_its_own(publisher: Publisher, server: Server) -> None:
    found = ask(publisher, server)
    assert (found.edition, found.verdict) == (2, "newer")
    said = "\n".join(server.asked)
    assert '"guide"' in said
    assert "GET /metadata/timestamp.json" in said
    assert "?" not in said, "nothing but the file's name is told"


def test_a_cut_at_any_byte_is_gone_on_with(publisher: Publisher, server: Server) -> None:
    """Each connection ends after a number of bytes that grows: in the middle of TLS, of headers, of data."""

    def cut(connection: int, sent: int, piece: bytes) -> bytes | None:
        return piece if sent + len(piece) <= 2500 + 1500 * connection else None

    failures = 0
    with bad_line(server.port, cut) as port:
        for _ in range(60):
            try:
                found = ask(publisher, server, server.address(port=port))
                break
            except (MirrorCutError, MirrorError):
                failures += 1
    assert found.wanted
    assert failures > 0
    assert any('" 206 ' in line for line in server.asked), "it went on where it was cut"


def test_bytes_changed_on_the_line_are_noticed_by_tls_and_nothing_is_lost(publisher: Publisher, server: Server) -> None:
    def spoil(connection: int, sent: int, piece: bytes) -> bytes:
        return piece if sent < 20_000 or connection % 2 else bytes(b ^ 1 for b in piece)

    codes: set[str] = set()
    with bad_line(server.port, spoil) as port:
        for _ in range(6):
            try:
                found = ask(publisher, server, server.address(port=port))
                break
            except MirrorError as error:
                codes.add(error.code)
    assert found.wanted
    assert codes <= {"mirror-cut", "mirror"}


def test_a_server_that_falls_silent_is_slow_and_what_came_is_kept(
    publisher: Publisher, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "READ", 0.4)

    def silent_after(connection: int, sent: int, piece: bytes) -> bytes | None:
        return piece if sent < 20_000 else None

    with bad_line(server.port, silent_after, hold=True) as port, pytest.raises(MirrorSlowError):
        ask(publisher, server, server.address(port=port))
    assert ask(publisher, server).wanted


def test_a_trickle_is_as_good_as_nothing(publisher: Publisher, server: Server) -> None:
    seconds = count(0, 40)
    with pytest.raises(MirrorSlowError):
        ask(publisher, server, clock=lambda: float(next(seconds)))


def test_a_file_that_changed_on_the_server_meanwhile_is_fetched_anew(publisher: Publisher, server: Server) -> None:
    assert publisher.mirror is not None

    def cut(connection: int, sent: int, piece: bytes) -> bytes | None:
        return piece if sent < 20_000 else None

    with bad_line(server.port, cut) as port, pytest.raises(MirrorError):
        ask(publisher, server, server.address(port=port))
    (part,) = inbox(publisher)
    part.with_name(part.name + ".etag").write_text('"of another file"')
    assert part.stat().st_size > 0
    assert ask(publisher, server).wanted


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("portal/", CaptivePortalError),
        ("away/", CaptivePortalError),
        ("sign-in/", CaptivePortalError),
        ("round/", MirrorError),
        ("broken/", MirrorError),
    ],
)
def test_a_network_that_wants_a_sign_in_is_told_from_a_server_that_is_gone(
    publisher: Publisher, server: Server, place: str, error: type[GuideError]
) -> None:
    with pytest.raises(error) as told:
        ask(publisher, server, server.address(place))
    assert type(told.value) is error


def test_a_server_that_moved_to_another_https_address_is_followed(publisher: Publisher, server: Server) -> None:
    assert ask(publisher, server, server.address("moved/")).wanted


def test_nobody_there(publisher: Publisher, server: Server) -> None:
    with pytest.raises(MirrorError) as told:
        ask(publisher, server, server.address(port=free_port()))
    assert type(told.value) is MirrorError
    with pytest.raises(MirrorError):
        ask(publisher, server, "https://nobody.invalid/")


def test_a_certificate_nobody_vouches_for_is_refused(publisher: Publisher, server: Server, tmp_path: Path) -> None:
    link = Link(Route(server.address(), "none"))
    with pytest.raises(MirrorCertificateError) as told:
        ask_mirror(publisher.settings, at(), link, silent)
    link.close()
    assert told.value.facts["reason"] == "certificate"
    with pytest.raises(NoAccessError):
        Link(Route(server.address(), "none", str(tmp_path / "none.pem")))


def test_a_certificate_whose_date_does_not_fit_this_pc_s_says_so(publisher: Publisher, tmp_path: Path) -> None:
    assert publisher.mirror is not None
    with nginx(publisher.mirror, tmp_path / "late", expired=True) as server:
        with pytest.raises(MirrorCertificateError) as told:
            ask(publisher, server)
        assert told.value.facts["reason"] == "date"


def test_through_a_proxy_that_is_set_here_or_in_the_system(
    publisher: Publisher, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with http_proxy() as (port, asked):
        assert ask(publisher, server, proxy=f"127.0.0.1:{port}").wanted
        assert asked[0] == f"CONNECT 127.0.0.1:{server.port} HTTP/1.0"
        asked.clear()
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        assert ask(publisher, server, proxy="").wanted
        assert asked
        asked.clear()
        assert ask(publisher, server, proxy="none").wanted
        assert not asked


@pytest.mark.parametrize("answer", ["407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"])
def test_a_proxy_that_says_no(publisher: Publisher, server: Server, answer: str) -> None:
    said = f"HTTP/1.1 {answer}\r\n\r\n".encode()
    with http_proxy(said) as (port, _), pytest.raises(MirrorProxyError):
        ask(publisher, server, proxy=f"http://127.0.0.1:{port}")


def test_a_proxy_that_is_not_there(publisher: Publisher, server: Server) -> None:
    with pytest.raises(MirrorProxyError):
        ask(publisher, server, proxy=f"http://127.0.0.1:{free_port()}")


def test_stopped_by_staff_or_by_their_leaving(publisher: Publisher, server: Server) -> None:
    answers = iter([True] * 8)
    with pytest.raises(MirrorStoppedError):
        ask(publisher, server, keep_on=lambda: next(answers, False))
    assert ask(publisher, server).wanted
