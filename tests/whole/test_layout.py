"""The shape of the project: which way imports run, what may import what, what the checkout holds."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.checkout import ROOT

PACKAGES = ("loaders", "dashboard")

TOP_LEVEL = {
    *("pyproject.toml", "constraints.txt", "README.md", "CHANGELOG.md", "LICENSE"),
    *("dashboard", "loaders", "data", "seeds", "tests"),
    *(".ci", ".github", ".gitattributes", ".gitignore"),
}

TEXTS = {".py", ".toml", ".csv", ".md", ".txt", ".cfg", ".json", ".html", ".js", ".css", ""}
OF_A_MACHINE = re.compile(r"(?<![\w.])(?:/work|/root|/home|/Users|/tmp)/\w|[A-Za-z]:\\Users\\|\.\./shared")


def modules() -> dict[str, Path]:
    """Name of each module -> its file."""
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return {name_of(path): path for path in paths}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every name that a file imports, also inside functions: `a.b` and `a.b.c` for `from a.b import c`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(package: str) -> set[str]:
    """The modules of ours that import a package."""
    return {
        name
        for name, path in modules().items()
        if any(text.split(".")[0] == package for text in imports(path))
    }


def test_there_are_modules() -> None:
    assert {"loaders.model", "dashboard.cli"} <= set(modules())


def test_loaders_never_import_the_dashboard() -> None:
    assert {name for name in importers("dashboard") if name.startswith("loaders")} == set()


ONLY = [
    ("pint", r"loaders\.units\.registry"),
    ("plotly", r"dashboard\.drawing\..+"),
    ("streamlit", r"dashboard\.(app|views\..+|ui\..+|cli\.serve)"),
]


@pytest.mark.parametrize(("package", "where"), ONLY)
def test_a_library_is_imported_in_its_place_only(package: str, where: str) -> None:
    assert {name for name in importers(package) if not re.fullmatch(where, name)} == set()


def test_imports_run_in_no_circle() -> None:
    known = modules()
    graph = {name: {text for text in imports(path) if text in known} - {name} for name, path in known.items()}
    # A package stands for its own modules when one of these is imported by name from it.
    for name, needed in graph.items():
        graph[name] = {text for text in needed if not any(other.startswith(f"{text}.") for other in needed)}
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("loaders.errors") < order.index("loaders.read") < order.index("dashboard.cli")


def project() -> dict[str, object]:
    loaded = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(loaded["project"])


def names(requirements: object) -> set[str]:
    assert isinstance(requirements, list)
    return {re.split(r"[^\w.-]", text)[0].lower() for text in requirements}


def test_every_library_that_is_imported_is_declared() -> None:
    used = {text.split(".")[0] for path in modules().values() for text in imports(path)}
    outside = used - set(sys.stdlib_module_names) - set(PACKAGES)
    assert outside <= names(project()["dependencies"])


def test_versions_are_pinned_and_nothing_else_stands_in_the_list() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    extras = project()["optional-dependencies"]
    assert isinstance(extras, dict)
    declared = names(project()["dependencies"]) | names(extras["test"])
    assert declared <= {line.split("==")[0].lower() for line in pins}


def tracked() -> list[str]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so nobody knows which files belong to it")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name]


def test_the_top_level_holds_what_it_should() -> None:
    assert {name.split("/")[0] for name in tracked()} <= TOP_LEVEL


def text_files() -> Iterator[Path]:
    for name in sorted(TOP_LEVEL):
        top = ROOT / name
        inside = [path for path in top.rglob("*") if path.is_file()] if top.is_dir() else [top]
        yield from (p for p in inside if p.suffix in TEXTS and "__pycache__" not in p.parts and p.exists())


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in text_files()
        if path not in (Path(__file__), ROOT / ".ci" / "run")
        for hit in OF_A_MACHINE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
