"""Pictures of answers: an answer and axes in, the axes out. Nothing is computed here that the answer lacks."""

from __future__ import annotations

from analystkit.plot.co_mention import plot_co_mentions
from analystkit.plot.describe import describe_plot
from analystkit.plot.export import save_png, save_svg
from analystkit.plot.heatmap import plot_heatmap
from analystkit.plot.ranking import plot_comparison, plot_ranking, plot_tone
from analystkit.plot.robustness import plot_robustness
from analystkit.plot.style import house_style
from analystkit.plot.timeline import plot_timeline
from analystkit.plot.tones import plot_tone_lists, plot_tone_shares
from analystkit.plot.words import plot_bursts, plot_dispersion, plot_keyness

__all__ = [
    "describe_plot",
    "house_style",
    "plot_bursts",
    "plot_co_mentions",
    "plot_comparison",
    "plot_dispersion",
    "plot_heatmap",
    "plot_keyness",
    "plot_ranking",
    "plot_robustness",
    "plot_timeline",
    "plot_tone",
    "plot_tone_lists",
    "plot_tone_shares",
    "save_png",
    "save_svg",
]
