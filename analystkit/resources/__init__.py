"""Lists that the stages use, each with its source, licence and recipe in `README.md` beside them."""

from __future__ import annotations

from importlib.resources import files


def resource_text(name: str) -> str:
    """Return the text of a shipped list."""
    return (files(__name__) / name).read_text(encoding="utf-8")


def resource_bytes(name: str) -> bytes:
    """Return the bytes of a shipped model."""
    return (files(__name__) / name).read_bytes()
