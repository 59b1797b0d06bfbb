"""In what tone: the sentences that name the actors named most."""

from __future__ import annotations

from collections.abc import Iterator

from analystkit.measure import Validation, actor_frequency, tone
from analystkit.plot import plot_tone
from analystkit.report.builder import Builder
from analystkit.report.content import Number, Section, Table
from analystkit.report.sections.actors import N_ACTORS
from analystkit.report.sections.parts import picture
from analystkit.report.wording import records, signed


def tone_sections(builder: Builder, validation: Validation | None) -> Iterator[Section]:
    """Yield in what tone the actors are named, if any are."""
    collection = builder.collection
    names = actor_frequency(collection, count=builder.count, most=N_ACTORS).table["actor"].tolist()
    if not names:
        return
    answer = tone(collection, towards=names, count="articles" if builder.count == "articles" else "stories")
    number = builder.open(answer)
    rows = [
        [
            Number(row["actor"]),
            number(row, f"Tone of sentences naming {row['actor']}"),
            Number(signed(row["mean"])),
            Number(f"{signed(row['low'])} to {signed(row['high'])}" if row["n"] else ""),
            Number(row["sign"]),
        ]
        for row in records(answer.table)
    ]
    settled = records(answer.table[answer.table["sign"].isin(["negative", "positive"])].sort_values("mean"))
    told = "; ".join(f"{row['actor']} {row['sign']} ({signed(row['mean'])})" for row in settled)
    finding = (
        f"Where the sign is settled: {told}." if told else "For no actor is the sign of the tone settled."
    )
    yield Section(
        id="tone",
        heading="In what tone",
        finding=finding,
        pictures=[picture(plot_tone, answer, "tone", "tone")],
        tables=[
            Table(
                "Tone of the sentences that name an actor (VADER's compound, -1 to 1)",
                ["Actor", "Sentences", "Mean", "95 % interval", "Sign"],
                rows,
            )
        ],
        limits="The tone of a sentence is that of its words: a sentence about a war is negative, whoever is named in it,"
        " and quoted speech counts as well as the outlet's own. It is not tone towards the actor."
        f" {validated(validation)}",
    )


def validated(validation: Validation | None) -> str:
    """Say how right VADER's tone of sentences is here, or that nobody knows."""
    if validation is None or validation.model != "VADER" or not validation.n_units:
        return "Not validated on this collection."
    return validation.describe()
