"""Would it hold? One finding asked again under every choice that could as well have been made."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from matplotlib.figure import Figure

from analystkit.measure import Finding, Robustness, actor_frequency, robustness, tone_scorers
from analystkit.plot import house_style, plot_robustness, save_svg
from analystkit.plot.robustness import robustness_height
from analystkit.report.builder import Builder
from analystkit.report.content import Number, Section, Table
from analystkit.report.wording import records, signed

#: Of more articles a finding is asked again only when it is given: it takes a minute for some thousands.
ASKED_AGAIN: Final = 2000
_SETTINGS: Final = {
    "text": "Read",
    "count": "Copies",
    "scorer": "Tone by",
    "unit": "Unit",
    "quotes": "Quoted speech",
}


def would_it_hold_section(builder: Builder, finding: Finding | None) -> Iterator[Section]:
    """Yield what becomes of a finding; of a small collection that on the actor named most, if none is given."""
    collection = builder.collection
    if finding is None:
        if len(collection) > ASKED_AGAIN or not len(collection.mentions):
            return
        most = actor_frequency(collection, count=builder.count, most=1).table["actor"]
        if not len(most):
            return
        finding = Finding("tone", most[0])
    panel = robustness(
        collection, finding, scorers=tone_scorers(collection) if finding.measure == "tone" else None
    )
    about = panel.finding.describe()
    rows = [
        [
            Number(str(place)),
            *(Number(row[name]) for name in panel.settings),
            Number(signed(row["estimate"])),
            Number("" if math.isnan(row["low"]) else f"{signed(row['low'])} to {signed(row['high'])}"),
            Number("yes" if row["agrees"] else "no"),
            Number(row["note"]),
        ]
        for place, row in enumerate(records(panel.table), start=1)
    ]
    settings = [_SETTINGS[name] for name in panel.settings]
    yield Section(
        id="would-it-hold",
        heading="Would it hold?",
        finding=f"{about[:1].upper()}{about[1:]}? {panel.describe()}",
        pictures=[_curve(panel)],
        tables=[
            Table(
                "Every variant: the estimate as usual first",
                ["Variant", *settings, "Estimate", "95 % interval", "Agrees", "Note"],
                rows,
                opened=False,
            )
        ],
        limits="One finding is asked again under every combination of choices that could as well have been made: what of"
        " the page is read, copies, word list or model, unit, quoted speech. That it is robust to these does not make it"
        f" true, nor valid. {panel.describe_idle()}",
    )


def _curve(panel: Robustness) -> str:
    with house_style():
        figure = Figure(figsize=(7.6, robustness_height(panel)), layout="constrained")
        axes = plot_robustness(panel, ax=figure.subplots())
        return save_svg(
            axes, prefix="hold-", theme_following=True, alt=f"Specification curve. {panel.describe()}"
        )
