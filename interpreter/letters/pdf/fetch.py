"""Fonts fetched from Debian's archive into a folder of our own: nothing is installed, and no rights are needed."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from interpreter.problems import Problem, Text
from interpreter.rulebook.whole_file import write_whole

PACKAGES: Mapping[str, tuple[str, ...]] = {
    "texlive-lang-chinese": (
        "FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolHei-Regular.otf", "FandolHei-Bold.otf",
        "FandolSong-Regular.otf", "FandolSong-Bold.otf",
    ),
    "fonts-noto-cjk": ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"),
    "fonts-hanazono": ("HanaMinA.ttf", "HanaMinB.ttf"),
    "fonts-sil-nuosusil": ("NuosuSIL-Regular.ttf",),
    "fonts-dejavu-core": ("DejaVuSans.ttf",),
}
"""The files taken out of each package. All of them may be embedded in documents (SIL OFL, Fandol's GPL with the font
exception, DejaVu's own licence)."""

_NO_APT = Text("没有 apt-get 和 dpkg-deb", "there is no apt-get with dpkg-deb")
_NOT_DOWNLOADED = Text("apt-get 没有下载到", "apt-get did not download it")
_NOT_UNPACKED = Text("软件包里没有要的文件", "the package has not the files looked for")
_NOT_WRITTEN = Text("系统没有写入", "the system did not write it")


def fetch(into: Path, tell: Callable[[str], None] = lambda _package: None) -> list[Path] | Problem:
    """Puts the files of `PACKAGES` that are not there yet into a folder, and each package's licence; all font files,
    or the first thing that went wrong. `tell` gets the name of each package before it is fetched."""
    for package, names in PACKAGES.items():
        if all((into / name).is_file() for name in names):
            continue
        tell(package)
        reason = _fetched(package, names, into)
        if reason is not None:
            return Problem(
                "letter.fonts_not_fetched", fields={"package": package, "folder": str(into), "reason": reason},
            )
    return [into / name for names in PACKAGES.values() for name in names]


def _fetched(package: str, names: tuple[str, ...], into: Path) -> Text | None:
    """One package's files put in place; else why not."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return _NO_APT
    with tempfile.TemporaryDirectory(prefix="policy-fonts-") as folder:
        archive = _downloaded(package, folder)
        if archive is None:
            return _NOT_DOWNLOADED
        try:
            into.mkdir(parents=True, exist_ok=True)
            found = _unpacked(archive, package, names, into)
        except (OSError, tarfile.TarError):
            return _NOT_WRITTEN
        return None if found >= set(names) else _NOT_UNPACKED


def _downloaded(package: str, folder: str) -> Path | None:
    for lists_first in (False, True):
        if lists_first:
            subprocess.run(["apt-get", "update", "-q"], capture_output=True, check=False)
        subprocess.run(["apt-get", "download", "-q", package], cwd=folder, capture_output=True, check=False)
        archive = next(Path(folder).glob("*.deb"), None)
        if archive is not None:
            return archive
    return None


def _unpacked(archive: Path, package: str, names: tuple[str, ...], into: Path) -> set[str]:
    """The names of the files that were put in place."""
    found: set[str] = set()
    with (
        subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE) as unpacking,
        tarfile.open(fileobj=unpacking.stdout, mode="r|") as files,
    ):
        for member in files:
            name = Path(member.name).name
            kept = name if name in names else ""
            if member.name.endswith(f"/doc/{package}/copyright"):
                kept = f"{package}.copyright"
            content = files.extractfile(member) if kept and member.isfile() else None
            if content is not None:
                write_whole(into / kept, content.read(), prefix=".font-")
                found.add(name)
    return found
