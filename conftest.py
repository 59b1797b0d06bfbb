"""Modules whose examples cannot run here, because what they need is not installed."""

from __future__ import annotations

from importlib.util import find_spec

_NEEDS = {
    "onnxruntime": [
        "analystkit/annotate/actors/encoder.py",
        "analystkit/annotate/actors/accurate.py",
        "analystkit/annotate/tone/accurate.py",
    ],
    "torch": [
        "analystkit/resources/make_encoder.py",
        "analystkit/resources/make_tone_encoder.py",
        "analystkit/resources/train_encoder.py",
    ],
}
collect_ignore = [path for package, paths in _NEEDS.items() if find_spec(package) is None for path in paths]
