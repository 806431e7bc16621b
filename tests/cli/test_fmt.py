"""`policy fmt`: what it writes, what it says and how it ends."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.cli.running import NOTICE, policy, process

RENT, TRANSPORT = "measures/rent.yaml", "measures/transport.yaml"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A notice with two files to lay out, one of them as other editors save it."""
    shutil.copytree(NOTICE, tmp_path / "notice")
    monkeypatch.chdir(tmp_path)
    change(tmp_path / "notice" / RENT, "assisted(worker)", "assisted( worker )")
    path = tmp_path / "notice" / TRANSPORT
    change(path, "(worker) >= ", "(worker)>=")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    path.chmod(0o640)
    return tmp_path / "notice"


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode("utf-8"))


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_nothing_to_do():
    ran = policy("fmt")
    assert (ran.code, ran.out, ran.err) == (0, "Laid out: files 0, places in them 0. Unchanged: 36.\n", "")


def test_files_are_written(folder):
    before = contents(folder)
    ran = policy("fmt", "notice", "--lang", "zh")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"""\
notice/{RENT}
notice/{TRANSPORT}

已排版 2 个文件，共 3 处；其余 34 个文件不变。
"""
    after = contents(folder)
    assert {path for path in before if before[path] != after[path]} == {folder / RENT, folder / TRANSPORT}
    assert after[folder / RENT] == (NOTICE / RENT).read_bytes()
    other = b"\xef\xbb\xbf" + (NOTICE / TRANSPORT).read_bytes().replace(b"\n", b"\r\n")
    assert after[folder / TRANSPORT] == other
    assert (folder / TRANSPORT).stat().st_mode & 0o777 == 0o640
    assert policy("fmt", "notice", "--check").code == 0


def test_check_and_diff_write_nothing(folder):
    before = contents(folder)
    told = "To be laid out by policy fmt: files 2, places in them 3. Unchanged: 34.\n"
    ran = policy("fmt", "notice", "--check")
    assert (ran.code, ran.out, ran.err) == (1, f"notice/{RENT}\nnotice/{TRANSPORT}\n\n{told}", "")
    for code, options in ((0, ["--diff"]), (1, ["--diff", "--check"])):
        ran = policy("fmt", "notice", *options)
        assert (ran.code, ran.err) == (code, told)
        assert ran.out.startswith(f"--- notice/{RENT}\n+++ notice/{RENT}\n@@ ")
        assert "\n-    when: assisted( worker )\n+    when: assisted(worker)\n" in ran.out
    assert contents(folder) == before


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
def test_the_diff_is_a_patch(folder):
    last = folder / RENT
    last.write_bytes(last.read_bytes().rstrip(b"\n").replace(b"[worker, rent_month]", b"[worker, rent_month+1]"))
    _code, out, _err = process("fmt", folder, "--diff")
    assert b"No newline at end of file" in out
    shutil.copytree(folder, folder.parent / "patched" / "notice")
    subprocess.run(["patch", "-p0", "--binary"], input=out, check=True, capture_output=True, cwd="patched")
    policy("fmt", "notice")
    assert list(contents(folder.parent / "patched" / "notice").values()) == list(contents(folder).values())


def test_a_file_with_a_mistake_is_left_alone_and_the_others_are_not(folder):
    change(folder / RENT, "say: 该月在执行期内", "say: [")
    broken = (folder / RENT).read_bytes()
    ran = policy("fmt", "notice")
    assert ran.code == 3
    assert ran.out.startswith(f"notice/{TRANSPORT}\n\n")
    assert ran.out.endswith("Unchanged: 34.\nFiles with errors, left as they are: 1.\n")
    assert f"notice/{RENT}:" in ran.err
    assert (folder / RENT).read_bytes() == broken
    assert policy("fmt", "notice/" + TRANSPORT, "--check").code == 0


@pytest.mark.parametrize(("path", "files"), [("notice/measures", 13), (f"notice/{RENT}", 1), (".", 36)])
def test_parts_of_a_notice(folder, path, files):
    ran = policy("fmt", path, path, "--check")
    assert ran.code == 1
    changed = 1 if files == 1 else 2
    assert ran.out.endswith(f" Unchanged: {files - changed}.\n")


@pytest.mark.parametrize("path", ["elsewhere", "notice/none.yaml", "case.json"])
def test_no_rules_there(folder, path):
    before = contents(folder)
    (folder.parent / "case.json").write_text("{}")
    ran = policy("fmt", "notice", path)
    assert (ran.code, ran.out) == (2, "")
    assert f"there is no file of rules at {path}  [format.none]" in ran.err
    assert contents(folder) == before


def test_a_file_that_cannot_be_written(folder, monkeypatch):
    def refuse(*_args, **_more):
        raise PermissionError

    monkeypatch.setattr("interpreter.rulebook.whole_file.tempfile.mkstemp", refuse)
    before = contents(folder)
    ran = policy("fmt", "notice")
    assert ran.code == 3
    assert "cannot be written: there is no permission to write" in " ".join(ran.err.split())
    assert contents(folder) == before
