"""The machine and the versions a figure was measured with."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Return the machine, Python and the version of each package ("not installed" where absent)."""
    found = {
        "machine": f"{os.cpu_count()} x {_processor()}, {platform.system()}",
        "Python": platform.python_version(),
    }
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def told(found: dict[str, str]) -> str:
    """Return versions as one line.

    >>> told({"Python": "3.11.7", "nltk": "3.10.4"})
    'Python 3.11.7, nltk 3.10.4'
    """
    return ", ".join(f"{name} {value}" for name, value in found.items())


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.is_file():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
