"""How good and how fast the library is, measured on real data and side by side with named peers.

`python -m benchmarks quality`, `speed` and `whole`; figures and how they were made stand in `results.md`.
"""
