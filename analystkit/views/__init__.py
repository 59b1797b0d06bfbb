"""What is looked at: choices on a collection, the panels that ask them, and views kept in a file. Without display."""

from __future__ import annotations

from analystkit.views.saved import View, read_view

__all__ = ["View", "read_view"]
