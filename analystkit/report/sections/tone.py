"""How actors are spoken of, and in what tone the sentences are that name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matplotlib.axes import Axes

from analystkit.collection import counted
from analystkit.measure import Answer, Validation, actor_frequency, tone_lists, tone_shares
from analystkit.measure.validation import towards_model
from analystkit.plot import plot_tone_lists, plot_tone_shares
from analystkit.plot.tones import tones_height
from analystkit.report.builder import Builder
from analystkit.report.content import Number, Section, Table
from analystkit.report.sections.actors import N_ACTORS
from analystkit.report.sections.parts import picture
from analystkit.report.wording import interval, percent, points, records, signed, within


def tone_sections(builder: Builder, validation: Validation | None) -> Iterator[Section]:
    """Yield the tone towards the actors named most and that of the sentences that name them, if any are named."""
    names = actor_frequency(builder.collection, count=builder.count, most=N_ACTORS).table["actor"].tolist()
    if names:
        count = "articles" if builder.count == "articles" else "stories"
        yield _towards(builder, names, count, validation)
        yield _of_sentences(builder, names, count, validation)


def validated(validation: Validation | None, model: str) -> str:
    """Say how right a model of tone is here, or that nobody knows."""
    if validation is None or validation.model != model or not validation.n_units:
        return "Not validated on this collection."
    return validation.describe()


def _towards(builder: Builder, names: list[str], count: str, validation: Validation | None) -> Section:
    collection = builder.collection
    answer = tone_shares(collection, towards=names, count=count)
    settled = records(
        answer.table[answer.table["sign"].isin(["negative", "positive"])].drop_duplicates("actor")
    )
    told = "; ".join(f"{row['actor']} {row['sign']} ({points(row['net'])})" for row in settled)
    n_quoted = int((answer.hits.drop_duplicates(["actor", "unit"])["voice"] == "quoted").sum())
    tables = [_shares_table(builder, answer, "Tone towards the actors named most: sentences and shares")]
    quoted = "no sentence that names them holds quoted speech"
    if n_quoted:
        apart = tone_shares(collection, towards=names, count=count, voice="article")
        left_out = counted(n_quoted, "judgement")
        tables.append(
            _shares_table(builder, apart, f"The same without {left_out} on sentences with quoted speech")
        )
        quoted = "sentences with quoted speech are marked, and left out in the second table"
    return Section(
        id="tone",
        heading="How they are spoken of",
        finding=f"Where the sign is settled, positive less negative sentences in points: {told}."
        if told
        else "For no actor is the sign of the tone towards them settled.",
        pictures=[_picture(plot_tone_shares, answer, "tone shares", "towards")],
        tables=tables,
        limits="A small model judges, sentence by sentence, how the actor is spoken of; its probabilities stand beside each"
        f" sentence, and below 50 % it is unsure. Who speaks is not told: {quoted}. Where the interval holds zero, or"
        " counting copies or each story alike turns the sign, it is not settled."
        f" {validated(validation, towards_model(collection))}",
    )


def _shares_table(builder: Builder, answer: Answer, caption: str) -> Table:
    number = builder.open(answer)
    rows: dict[str, list[Number]] = {}
    for row in records(answer.table):
        if row["actor"] not in rows:
            net = within(points(row["net"]), points(row["net_low"]), points(row["net_high"]))
            rows[row["actor"]] = [Number(row["actor"]), Number(row["sign"]), Number(net)]
        label = f"{row['label']} towards" if row["label"] != "unsure" else "unsure about"
        share = f"{percent(row['share'])} ({interval(row['low'], row['high']).removesuffix(' %')})"
        rows[row["actor"]] += [
            number(row, f"Sentences {label} {row['actor']}"),
            Number(share if row["n"] else percent(row["share"])),
        ]
    share = "Share (95 % interval)"
    heads = ["Actor", "Sign", "Positive less negative (interval)"]
    labels = [head for label in ("Negative", "Neutral", "Positive", "Unsure") for head in (label, share)]
    return Table(caption, [*heads, *labels], list(rows.values()))


def _of_sentences(builder: Builder, names: list[str], count: str, validation: Validation | None) -> Section:
    answer = tone_lists(builder.collection, towards=names, count=count)
    number, rows = builder.open(answer), []
    for actor, own in answer.table.groupby("actor", sort=False):
        lists = records(own)
        cells = [
            Number(str(actor)),
            Number(lists[0]["agreed"]),
            number(lists[0], f"Sentences that name {actor}"),
        ]
        for row in lists:
            cells.append(Number(within(signed(row["mean"]), signed(row["low"]), signed(row["high"]))))
        rows.append([*cells, Number(signed(lists[0]["whole"]))])
    settled = records(
        answer.table[answer.table["agreed"].isin(["negative", "positive"])].drop_duplicates("actor")
    )
    told = "; ".join(f"{row['actor']} {row['agreed']}" for row in settled)
    heads = [f"{name} (95 % interval)" for name in answer.table["list"].unique()]
    return Section(
        id="tone-lists",
        heading="In what tone the sentences are that name them",
        finding=f"Lists and units agree on: {told}."
        if told
        else "For no actor do word lists and units agree on a sign.",
        pictures=[_picture(plot_tone_lists, answer, "tone lists", "lists")],
        tables=[
            Table(
                "Mean tone of the sentences that name an actor, by word list (-1 to 1)",
                ["Actor", "Together", "Sentences", *heads, "Whole articles, VADER"],
                rows,
            )
        ],
        limits="The tone of a sentence is that of its words: a sentence about a war is negative, whoever is named in it,"
        " and quoted speech counts as well as the outlet's own. It is not tone towards the actor."
        f" {validated(validation, 'VADER')}",
    )


def _picture(draw: Callable[..., Axes], answer: Answer, kind: str, prefix: str) -> str:
    return picture(draw, answer, kind, prefix, height=tones_height(answer.table["actor"].nunique()))
