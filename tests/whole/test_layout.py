"""The shape of the project: which way imports run, what may import what, what the checkout holds."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.checkout import ROOT

PACKAGES = ("loaders", "dashboard")

TOP_LEVEL = {
    *("pyproject.toml", "constraints.txt", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"),
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


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every name that a file imports, also inside functions."""
    return tuple(imported(parsed(path)))


def imported(tree: ast.AST) -> Iterator[str]:
    """The names that a piece of code imports: `a.b` and `a.b.c` for `from a.b import c`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
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


# The floors: a module imports from its own folder and from earlier lines only. So topics know neither the
# drawing nor HTML, and the loaders never the dashboard. A name stands for a module or for a whole folder.
FLOORS = """
loaders
loaders.errors loaders.vocabulary loaders.memory
loaders.columns loaders.csv_text
loaders.values
loaders.numerals
loaders.model
loaders.report loaders.text
loaders.knowledge loaders.added_minerals
loaders.names
loaders.units
loaders.answers
loaders.files
loaders.formats loaders.quality loaders.documents
loaders.spreadsheets loaders.articles
loaders.store
loaders.read
loaders.intake loaders.bundle
dashboard
dashboard.boundaries
dashboard.analysis
dashboard.snapshot
dashboard.words
dashboard.charts
dashboard.intake
dashboard.topics
dashboard.briefs
dashboard.drawing dashboard.markup
dashboard.exports
dashboard.ui
dashboard.views dashboard.app dashboard.cli
dashboard.__main__
"""
FLOOR = {name: number for number, line in enumerate(FLOORS.split("\n")) for name in line.split()}


def room(module: str) -> str:
    """The name in FLOORS that a module belongs to: `loaders.files` of `loaders.files.table`."""
    return ".".join(module.split(".")[:2])


def arrows() -> Iterator[tuple[str, str]]:
    """Each import of ours by ours, between different rooms: the importer and what it imports."""
    known = modules()
    for name, path in known.items():
        for text in imports(path):
            if text in known and room(text) != room(name) and text not in PACKAGES:
                yield name, text


def test_every_module_stands_on_a_floor() -> None:
    assert {room(name) for name in modules()} == set(FLOOR)


@pytest.mark.slow
def test_a_module_imports_from_earlier_lines_only() -> None:
    against = sorted({f"{a} imports {b}" for a, b in arrows() if FLOOR[room(b)] >= FLOOR[room(a)]})
    assert against == []


ONLY = [
    ("pint", r"loaders\.units\.registry"),
    ("plotly", r"dashboard\.drawing\.screen"),
    ("PIL", r"dashboard\.drawing\.letters"),
    ("typst", r"dashboard\.exports\.typesetting"),
    ("streamlit", r"dashboard\.(app|views\..+|ui\..+|cli\.serve)"),
    ("argparse", r"dashboard\.(cli\..+|boundaries\.build)|loaders\.bundle"),
    ("openpyxl", r"loaders\.(files\.workbooks|spreadsheets\.template)"),
    ("xlrd", r"loaders\.files\.old_workbooks"),
    ("chardet", r"loaders\.files\.alphabets"),
    ("pptx", r"dashboard\.exports\.slides\.(presentation|frames)"),
    ("docx", r"dashboard\.exports\.(word|briefs\.word_pages)|loaders\.articles\.word"),
    ("xlsxwriter", r"dashboard\.exports\.(xlsx|reader_sheet|table_sheet|native\.numbers)"),
    ("periodictable", r"loaders\.units\.elements"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("package", "where"), ONLY)
def test_a_library_is_imported_in_its_place_only(package: str, where: str) -> None:
    assert {name for name in importers(package) if not re.fullmatch(where, name)} == set()


@pytest.mark.slow
def test_imports_run_in_no_circle() -> None:
    known = modules()
    graph = {name: {text for text in imports(path) if text in known} - {name} for name, path in known.items()}
    # A package stands for its own modules when one of these is imported by name from it.
    for name, needed in graph.items():
        graph[name] = {text for text in needed if not any(other.startswith(f"{text}.") for other in needed)}
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("loaders.errors") < order.index("loaders.read") < order.index("dashboard.cli")


# Imports inside a function, each with its reason. None of them gets round a circle.
LATE = {
    "loaders.files.opening: loaders.files.workbooks": "openpyxl takes 15 MB; few files are workbooks",
    "loaders.files.opening: loaders.files.parquet": "pyarrow's reader takes 15 MB; few files are Parquet",
    "dashboard.cli.main: dashboard.cli.serve": "Streamlit takes as long to import as all the rest",
    "dashboard.cli.main: dashboard.cli.command_list": "the statistics, for which the server does not wait",
    "dashboard.cli.command_list: dashboard.cli.export": "the topics, which no list needs",
    "dashboard.cli.command_list: dashboard.cli.brief": "the topics, which no list needs",
    "dashboard.cli.serve: dashboard.ui.session": "in a thread; the server does not wait for the pages",
    "dashboard.cli.serve: loaders.store": "in the same thread",
    "dashboard.analysis.precision: loaders.articles.qualifiers": "as for dashboard.cli.article",
    "loaders.units.elements: periodictable": "3 MB and 20 ms; most tables need no element",
    "dashboard.cli.spreadsheets: loaders.spreadsheets.template": "openpyxl, for one command alone",
    "dashboard.cli.article: loaders.articles.seeds": "its readers take as long as the other commands need",
    **{
        f"dashboard.exports.{kind}: {needed}": "drawing, Typst and formats load as long as a short command"
        for kind, needed in (
            ("svg", "dashboard.drawing.paper"),
            ("png", "dashboard.drawing.paper"),
            ("png", "dashboard.exports.pixels"),
            ("pdf", "dashboard.drawing.letters"),
            ("pdf", "dashboard.drawing.paper"),
            ("pdf", "dashboard.exports.typesetting"),
            ("xlsx", "xlsxwriter"),
            ("xlsx", "dashboard.exports.reader_sheet"),
            ("xlsx", "dashboard.exports.table_sheet"),
            ("html", "dashboard.drawing.paper"),
            ("html", "dashboard.drawing.screen"),
            ("pptx", "dashboard.exports.slides.presentation"),
            ("docx", "dashboard.exports.word"),
            ("bundle", "dashboard.exports.bundle_archive"),
            ("briefs.briefing_pdf", "dashboard.exports.briefs.briefing"),
            ("briefs.briefing_pdf", "dashboard.exports.typesetting"),
            ("briefs.briefing_word", "dashboard.exports.briefs.word_pages"),
            ("briefs.deck", "dashboard.exports.briefs.deck_slides"),
        )
    },
    "loaders.files.alphabets: chardet": "few files are in such an encoding",
    "loaders.articles: loaders.articles.files": "statistics need the words for “about” alone",
    "loaders.articles: loaders.articles.reading": "as above",
    "loaders.articles.files: loaders.articles.word": "few articles are Word files",
    "loaders.articles.files: loaders.articles.pdf": "few articles are PDF files",
}


def late(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports inside its functions."""
    for function in functions(path):
        yield from imported(function)


@pytest.mark.slow
def test_imports_stand_at_the_top_but_for_those_with_a_reason() -> None:
    known = modules()
    found = {(name, text) for name, path in known.items() for text in late(path)}
    # A package stands for its own modules when one of these is imported by name from it.
    meant = {(a, b if b in known else b.split(".")[0]) for a, b in found}
    meant = {(a, b) for a, b in meant if b in known or b not in PACKAGES}
    meant = {(a, b) for a, b in meant if not any(a == c and d.startswith(f"{b}.") for c, d in meant)}
    found_late = {f"{a}: {b}" for a, b in meant if a != b}
    assert found_late == set(LATE)


# What a list of modules asks of each of its modules, so that all bear the same names; `main` is a program's.
SAME_FOR_ALL = {
    *("NAME", "PUBLISHER", "DATASET", "BESIDE", "LABEL", "SUFFIX", "MIME", "PARAMETERS", "COMMANDS", "PAGE"),
    *("declines", "read", "export", "show", "view", "main"),
}


def defined(path: Path) -> set[str]:
    """The public names that a module defines itself: functions, classes and constants."""
    found = set()
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {
                part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)
            }
    return {name for name in found if not name.startswith("_")}


def test_a_public_name_stands_in_one_module_only() -> None:
    where: dict[str, set[str]] = {}
    for module, path in modules().items():
        for name in defined(path) - SAME_FOR_ALL:
            where.setdefault(name, set()).add(module)
    assert {name: sorted(found) for name, found in sorted(where.items()) if len(found) > 1} == {}


def test_no_file_is_longer_than_400_lines() -> None:
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules().items()}
    assert {name: count for name, count in lines.items() if count > 400} == {}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    found = ast.walk(parsed(path))
    yield from (node for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_function_has_50_lines() -> None:
    long = {
        f"{name}.{function.name}": lines
        for name, path in modules().items()
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) >= 50
    }
    assert long == {}


LABEL = re.compile(r"\bwithheld\b|\bnot comparable\b", re.IGNORECASE)
OF_PUBLISHERS = {"dashboard.words.notes", "dashboard.ui.data.upload"}
"""Modules that have these words as a publisher or a steward may print them."""


def strings(tree: ast.Module) -> Iterator[str]:
    """What stands between quotation marks in a module, docstrings left out."""
    plain = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in plain:
            yield node.value


def test_the_words_of_states_and_outcomes_stand_in_the_vocabulary_alone() -> None:
    """Whoever changes "withheld" or "not comparable" does so in one place."""
    told = {
        name: found
        for name, path in modules().items()
        if name.startswith("dashboard.") and name not in OF_PUBLISHERS
        and (found := [text for text in strings(parsed(path)) if LABEL.search(text)])
    }  # fmt: skip
    assert told == {}


def test_a_page_keeps_nothing_between_its_runs() -> None:
    """Its script runs anew each time, and what it would keep is made anew with it: `ui` keeps things."""
    pages = {path for name, path in modules().items() if name.startswith("dashboard.views.")}
    assert {path.name for path in pages if "Made(" in path.read_text(encoding="utf-8")} == set()


def test_every_package_has_its_folder_of_tests() -> None:
    packages = {path.parent.relative_to(ROOT) for path in modules().values()}
    tests = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    assert packages - tests == set()


def test_three_files_stand_in_the_hall_of_the_dashboard() -> None:
    hall = {path.name for path in (ROOT / "dashboard").iterdir() if path.is_file()}
    assert hall == {"__init__.py", "__main__.py", "app.py", "snapshot.py", "markup.py"}


def test_no_folder_of_the_dashboard_hides_a_library() -> None:
    """Streamlit puts the folder of app.py on the path of imports, before all libraries."""
    inside = {path.stem for path in (ROOT / "dashboard").iterdir()}
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().splitlines()
    libraries = {line.split("==")[0].replace("-", "_") for line in pinned if "==" in line}
    assert inside & (set(sys.stdlib_module_names) | libraries | {"google", "dateutil"}) == set()


def project() -> dict[str, object]:
    loaded = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(loaded["project"])


def names(requirements: object) -> set[str]:
    assert isinstance(requirements, list)
    return {re.split(r"[^\w.-]", text)[0].lower() for text in requirements}


IMPORTED_AS = {"docx": "python-docx", "PIL": "pillow", "pptx": "python-pptx"}
"""Libraries that are imported under another name than they are installed by."""


@pytest.mark.slow
def test_every_library_that_is_imported_is_declared() -> None:
    used = {text.split(".")[0] for path in modules().values() for text in imports(path)}
    outside = used - set(sys.stdlib_module_names) - set(PACKAGES)
    outside = {IMPORTED_AS.get(name, name) for name in outside}
    assert outside <= names(project()["dependencies"])


def test_versions_are_pinned_and_nothing_else_stands_in_the_list() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    extras = project()["optional-dependencies"]
    assert isinstance(extras, dict)
    declared = names(project()["dependencies"]) | names(extras["test"]) | names(extras["spark"])
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


@pytest.mark.slow
def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in text_files()
        if path not in (Path(__file__), ROOT / ".ci" / "run")
        for hit in OF_A_MACHINE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
