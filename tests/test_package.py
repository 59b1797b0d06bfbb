"""The house: which names are public, which way imports point, what an import costs, what conda gets."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

import analystkit as ak

ROOT = Path(__file__).parent.parent
#: Each room may use those before it, and itself. `resources` holds files for all.
ORDER = (
    "errors",
    "schema",
    "resources",
    "clean",
    "read",
    "annotate",
    "engine",
    "codes",
    "collection",
    "loading",
    "measure",
    "plot",
    "views",
    "widgets report",
    "cli",
)
PLACE = {name: i for i, names in enumerate(ORDER) for name in names.split()}
#: The scripts in `resources` make and check its lists by hand and may use all.
MODULES = sorted(path for path in (ROOT / "analystkit").rglob("*.py") if path.parent.name != "resources")


def room(dotted: str) -> str:
    """Return the room of a module of the package; "" for the front door itself."""
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports(path: Path) -> set[str]:
    """Return the modules of the package that a file imports, lazily or not; imports for types do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(node)
        for test in ast.walk(tree)
        if isinstance(test, ast.If) and "TYPE_CHECKING" in ast.unparse(test.test)
        for node in ast.walk(test)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "analystkit":
            found |= {
                f"{node.module}.{name.name}" if node.module == "analystkit" else node.module
                for name in node.names
            }
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.split(".")[0] == "analystkit"}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    own = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    if room(own) in {"", "__main__"}:
        return
    for other in imports(path):
        name = room(other)
        if name == "__version__":
            continue
        assert name in PLACE, f"{own} imports {other}, which has no place in the house"
        assert name == room(own) or PLACE[name] < PLACE[room(own)], f"{own} may not import {other}"


def test_public_names_are_listed_sorted_and_there() -> None:
    assert ak.__all__ == sorted(ak.__all__)
    for name in ak.__all__:
        assert getattr(ak, name).__doc__, f"{name} has no docstring"
    with pytest.raises(AttributeError, match="module 'analystkit' has no attribute 'lod'"):
        ak.lod  # noqa: B018


def test_importing_the_library_loads_neither_widgets_nor_pictures() -> None:
    heavy = ("ipywidgets", "matplotlib", "nltk", "trafilatura")
    code = f"import sys, analystkit; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_conda_gets_what_pip_gets() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [Requirement(text) for text in (*project["dependencies"], *extras["accurate"], *extras["lab"])]
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    conda = {}
    for text in listed:
        if isinstance(text, str) and text != "pip":
            name, _, version = re.match(r"([\w-]+)(>=|=)?(.*)", text).groups()  # type: ignore[union-attr]
            conda[name] = version
    names = {"matplotlib": "matplotlib-base"}
    expected = {
        names.get(one.name, one.name).lower(): str(one.specifier).removeprefix(">=") for one in wanted
    }
    python = conda.pop("python")
    assert conda == expected
    assert re.fullmatch(r"3\.1[1-9]", python), "Binder reads only python=X.Y"


def test_the_version_is_said_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == ak.__version__
    assert f"## {ak.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_readme_names_only_what_exists_and_each_public_name() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"\bak\.([a-z_]+)\b", readme))
    assert told <= set(ak.__all__)
    functions = {name for name in ak.__all__ if name[0].islower()}
    assert functions - told == set(), "public functions that the README does not show"


def test_every_shipped_list_has_its_source_and_licence_told() -> None:
    told = (ROOT / "analystkit" / "resources" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "analystkit" / "resources").iterdir():
        if path.suffix in {".csv", ".txt", ".json"}:
            assert f"`{path.name}`" in told, f"{path.name} is not in resources/README.md"
