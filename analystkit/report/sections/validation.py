"""How right the tone is: what coding by hand says of it."""

from __future__ import annotations

from analystkit.measure import Validation
from analystkit.report.content import Number, Section, Table
from analystkit.report.wording import interval, percent, records, signed


def validation_section(validation: Validation) -> Section:
    """Return how right the tone is."""
    scores = [
        [
            Number(row["label"]),
            Number(percent(row["precision"])),
            Number(interval(row["precision_low"], row["precision_high"])),
            Number(percent(row["recall"])),
            Number(interval(row["recall_low"], row["recall_high"])),
        ]
        for row in records(validation.scores)
    ]
    shares = [
        [
            Number(row["label"]),
            Number(percent(row["predicted"])),
            Number(percent(row["corrected"])),
            Number(interval(row["low"], row["high"])),
        ]
        for row in records(validation.shares)
    ]
    confusion = validation.confusion.pivot_table("n", index="label", columns="coded", aggfunc="sum")
    crossed = [
        [Number(label), *(Number(f"{confusion.loc[label, coded]:,}") for coded in confusion.columns)]
        for label in confusion.index
    ]
    agreement = [
        [
            Number(f"{row['first']}, {row['second']}"),
            Number(f"{row['n']:,}"),
            Number(percent(row["share"])),
            Number(signed(row["kappa"])),
        ]
        for row in records(validation.agreement)
    ]
    agreement += [
        [
            Number(f"all coders, {row['level']} alpha"),
            Number(f"{row['n']:,}"),
            Number("–"),
            Number(signed(row["alpha"])),
        ]
        for row in records(validation.alpha)
    ]
    ends = "95 % interval"
    return Section(
        id="validation",
        heading="How right the tone is",
        finding=validation.describe(),
        pictures=[],
        tables=[
            Table(
                f"What {validation.model} calls so and is so (precision), what is so and it finds (recall)",
                ["Label", "Precision", ends, "Recall", ends],
                scores,
            ),
            Table(
                "Shares of the sentences that were sampled from",
                ["Label", f"Says {validation.model}", "Corrected", ends],
                shares,
            ),
            Table(
                f"Units by what {validation.model} says (rows) and coders say (columns)",
                ["Label", *confusion.columns],
                crossed,
            ),
            Table(
                "Agreement: Cohen's kappa of two, Krippendorff's alpha of all",
                ["Who", "Units", "Agree", "Kappa or alpha"],
                agreement,
            ),
        ],
        limits="Coded by hand, without seeing what the model says. It holds for the sentences that the sample was drawn"
        " from, not for others. Coders may agree and still all be wrong.",
    )
