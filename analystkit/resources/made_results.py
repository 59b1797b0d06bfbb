"""More texts with their actors marked, for training: results and reports of sport, where a town is a team, and wires.

Everything is drawn with a fixed seed, so the same files give the same texts.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

from analystkit.resources.made_actors import (
    DAYS,
    FOLDER,
    MONTHS,
    Maker,
    Marked,
    Region,
    in_capitals,
    parse_marked,
    read_themes,
)

_PROSE: Final = """\
{A} beat {B} {s} on {d} to go top of the table.
{A} came from behind to win {s} at {B}, with {P} scoring twice.
{P} scored the winner as {A} beat {B} {s}.
{p} put {A} ahead after {n} minutes, but {Q} equalised for {B}.
{A} coach {P} said his side had been "too soft" against {B}.
{A} will be without captain {P} for the match against {B} in {C}.
{A} midfielder {P} joined {B} on a free transfer from {E}, the {L} club said.
{N} international {P} signed a three-year contract with {A}.
{A}, who lost to {B} last week, meet {E} on {d}.
{B} had {p} sent off and lost {s} at home to {A}.
{A} moved three points clear of {B} with a {s} win over {E}.
In {C}, {P} pitched a six-hitter and {Q} homered twice as {A} defeated {B} {s}.
{A} won for the seventh time in ten games; {B} lost their fourth in a row.
It was {A}'s fifth win over {B} this season.
The {k} beat the {j} {s} behind {n} points from {P}.
{P} of the {k} leads the league with {n} home runs.
{X} beat {Y} {s} in a World Cup qualifier in {C} on {d}.
{X} captain {P} won the toss and put {Y} in to bat.
{P} hit {n} as {X} drew with {Y}.
{X} named {P}, {Q} and {p} in their squad for the test against {Y}.
{P} of {X} beat {N} {Q} 6-4 6-3 in the second round.
Top seed {P} of {X} plays {Q} of {Y} next.
{O} fined {A} after fans threw flares during the match against {B}.
{O} president {P} will visit {C} on {d}.
{o} riders {P} and {Q} finished in the same time.
{m} driver {P} took pole position ahead of {Q} in a {v}.
{A} and {B} drew {s}, while {E} crushed {F} {t}.
{P}, the former {A} and {X} striker, died on {d}, {M} reported.
Essential reading for {A} fans: {Q} will not leave, his agent said in {C}.
The {z} ended a run of defeats when they beat {Y} {s} in {C}.
{z} flanker {P} was cited for foul play.""".splitlines()
_INTROS: Final = """\
Results of {N} first division matches on {d}:
Results from the {N} championship on {d} (home team first):
Leading scores after the second round of the {C} Open on {d} ({N} unless stated):
Standings after games played on {d} (tabulate under won, drawn, lost, goals for, goals against, points):
Result of a {N} league match on {d}:
Close of play scores in {N} county championship matches on {d}:
Summary of a match in {C} on {d}:
Leading results in the stage from {C} to {c} on {d}:
Major league standings on {d} (tabulate under won, lost, winning percentage and games behind):""".splitlines()
_HEADLINES: Final = """\
{A} BEAT {B} {s}.
{A} STAY TOP AFTER DRAW WITH {B}.
{N} FIRST DIVISION RESULTS.
{N} LEAGUE STANDINGS.
{A} SIGN {p} FROM {B}.
{p} LIFTS {A} OVER {B}.
{X} BEAT {Y} IN WORLD CUP QUALIFIER.
{p} OUT OF {C} OPEN.
RESULTS OF {N} GAMES.
{p} AND {q} ADVANCE IN {C}.
{X} {n} FOR FIVE AT LUNCH V {Y}.
{A} FINED BY {O}.
{z} FACE {Y} IN {C}.
{p} WINS STAGE IN {X}.""".splitlines()


def make_results(n: int, seed: int = 1, folder: Path = FOLDER) -> list[Marked]:
    """Return `n` small pages of sport: a headline, a dateline, then results, a table or a report."""
    maker = _Results(folder, random.Random(seed))
    return [maker.text() for _ in range(n)]


def make_wires(n: int, seed: int = 1, folder: Path = FOLDER) -> list[Marked]:
    """Return `n` small articles made from the patterns of `wire.txt`, in the way of `make_texts`."""
    maker = Maker(folder, random.Random(seed))
    maker.themes = read_themes(folder / "wire.txt")
    return [maker.text() for _ in range(n)]


class _Results(Maker):
    """Draws from the names of `Maker` and from the clubs of `teams.txt`."""

    def __init__(self, folder: Path, draw: random.Random) -> None:
        super().__init__(folder, draw)
        self.teams: dict[str, list[str]] = {}
        for line in (folder / "teams.txt").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                name, _, cells = line.partition(": ")
                self.teams[name] = cells.split("|")

    def text(self) -> Marked:
        """Make one page."""
        draw = self.draw
        kind = draw.choice(["table", "results", "cricket", "riders", "tennis", "report", "report", "report"])
        teams = self._league()
        cast = self._cast_of(teams)
        lines: list[str] = []
        if draw.random() < 0.8:
            headline = f"{draw.choice(self.teams['sport'])} - {draw.choice(_HEADLINES)}".format_map(cast)
            lines.append(in_capitals(headline))
            if draw.random() < 0.3:
                lines.append(cast["P"])
            if draw.random() < 0.9:
                lines.append(self._dateline(cast))
        if kind != "report":
            lines.append(draw.choice(_INTROS).format_map(cast))
        lines += {
            "table": self._table,
            "results": self._scores,
            "cricket": self._innings,
            "riders": self._riders,
            "tennis": self._matches,
            "report": self._report,
        }[kind](teams, cast)
        return parse_marked("\n".join(lines))

    def _league(self) -> list[str]:
        draw = self.draw
        kind = draw.choice(["club", "club", "county", "city", "city", "region", "region", "side"])
        if kind == "region":
            region = draw.choice(self.regions)
            names = [self.team(region) for _ in range(12)]
        else:
            names = list(self.teams[kind])
        draw.shuffle(names)
        names = list(dict.fromkeys(names))
        capitals = kind == "city" and draw.random() < 0.5
        return [f"[{name.upper() if capitals else name}|O]" for name in names[: draw.randint(8, 12)]]

    def _cast_of(self, teams: list[str]) -> dict[str, str]:
        draw = self.draw
        region, other = draw.choice(self.regions), draw.choice(self.regions)
        cast = dict(zip("ABEF", teams, strict=False))
        for full, short in ("Pp", "Qq"):
            name, family = self.person(draw.choice([region, other]))
            cast[full], cast[short] = f"[{name}|P]", f"[{family}|P]"
        states = [name.removeprefix("the ") for name in [*region.states, *other.states]]
        nicks = draw.sample(self.teams["nick"], 2)
        return cast | {
            "X": f"[{draw.choice(states[: len(region.states)])}|L]",
            "Y": f"[{draw.choice(states[len(region.states) :])}|L]",
            "N": draw.choice(region.adjectives),
            "C": f"[{draw.choice(region.places)}|L]",
            "c": f"[{draw.choice(region.places)}|L]",
            "L": draw.choice([*region.adjectives, "local"]),
            "O": f"[{draw.choice(self.teams['body'])}|O]",
            "o": f"[{draw.choice(self.teams['cycling'])}|O]",
            "m": f"[{draw.choice(self.teams['motor'])}|O]",
            "v": draw.choice(self.teams["motor"]),
            "z": f"[{draw.choice(self.teams['side'])}|O]",
            "M": f"[{draw.choice(self.words['medium']).removeprefix('the ')}|O]",
            "k": f"[{nicks[0]}|O]",
            "j": f"[{nicks[1]}|O]",
            "d": draw.choice(DAYS),
            "n": str(draw.randint(3, 140)),
            "s": f"{draw.randint(0, 9)}-{draw.randint(0, 9)}",
            "t": f"{draw.randint(4, 9)}-{draw.randint(0, 2)}",
        }

    def _dateline(self, cast: dict[str, str]) -> str:
        draw = self.draw
        date = f"{draw.randint(1986, 2024)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        if draw.random() < 0.3:
            date = f"{draw.choice(MONTHS)} {draw.randint(1, 28)}"
        country = f", {cast['X']}" if draw.random() < 0.3 else ""
        return f"{in_capitals(cast['C'])}{country} {date}"

    def _table(self, teams: list[str], cast: dict[str, str]) -> list[str]:
        draw = self.draw
        if draw.random() < 0.4:
            return [
                f"{team} {draw.randint(40, 90)} {draw.randint(40, 90)} .{draw.randint(300, 650)}"
                f" {draw.choice(['-', '1', '4 1/2', '11'])}"
                for team in teams
            ]
        size = draw.randint(4, 7)
        return [f"{team} {' '.join(str(draw.randint(0, 30)) for _ in range(size))}" for team in teams]

    def _scores(self, teams: list[str], cast: dict[str, str]) -> list[str]:
        draw = self.draw
        form = draw.choice(["plain", "half", "at", "goals", "long", "bare"])
        lines = []
        for home, away in zip(teams[::2], teams[1::2], strict=False):
            a, b = draw.randint(0, 6), draw.randint(0, 6)
            if form == "plain":
                lines.append(f"{home} {a} {away} {b}")
            elif form == "half":
                lines.append(f"{home} {a} {away} {b} (halftime {a // 2}-{b // 2})")
            elif form == "at":
                lines.append(in_capitals(f"{home} AT {away}"))
            elif form == "bare":
                lines.append(f"{home} v {away}")
            elif form == "long":
                lines.append(f"{home} {a + 70} {away} {b + 70} (halftime {a + 30}-{b + 30})")
            else:
                first, second = (self._family() for _ in range(2))
                lines.append(
                    f"{home} {a} ({first} {draw.randint(1, 45)}) {away} {b} ({second} {draw.randint(46, 90)})."
                    f" Attendance: {draw.randint(2, 60)},{draw.randint(100, 999)}"
                )
        if draw.random() < 0.3:
            lines.append(
                "Playing "
                + draw.choice(DAYS)
                + ": "
                + ", ".join(f"{a} v {b}" for a, b in zip(teams[1:4], teams[4:7], strict=False))
            )
        return lines

    def _innings(self, teams: list[str], cast: dict[str, str]) -> list[str]:
        draw = self.draw
        names = [self._family() for _ in range(10)]

        def batsman(name: str) -> str:
            letter = draw.choice("ABCDGHJKMNPRSTW")
            return f"[{letter}. {name[1:]}" if draw.random() < 0.5 else name

        if draw.random() < 0.5:
            return [
                f"At {cast['C']}: {home} {draw.randint(120, 500)} and {draw.randint(10, 200)}-{draw.randint(0, 8)}"
                f" ({batsman(names[n])} {draw.randint(40, 120)},"
                f" {batsman(names[n + 1])} {draw.randint(4, 8)}-{draw.randint(20, 90)}),"
                f" {away} {draw.randint(100, 400)} ({batsman(names[n + 2])} {draw.randint(40, 160)} not out)."
                for n, (home, away) in enumerate(zip(teams[::2], teams[1::2], strict=False))
                if n < 6
            ]
        lines = [f"{cast['X']} innings"]
        for name in names[:8]:
            how = draw.choice(
                [
                    f"c {names[8]} b {names[9]}",
                    f"lbw b {names[9]}",
                    f"b {names[8]}",
                    "not out",
                    "run out",
                    f"c and b {names[9]}",
                ]
            )
            lines.append(f"{batsman(name)} {how} {draw.randint(0, 120)}")
        lines += [
            f"Extras (lb-{draw.randint(1, 9)} w-{draw.randint(1, 9)}) {draw.randint(4, 20)}",
            f"Total {draw.randint(120, 300)}",
        ]
        lines.append(f"Bowling: {names[8]} 10-0-45-2, {batsman(names[9])} 9-1-38-3, {names[0]} 4-0-22-0")
        return lines

    def _riders(self, teams: list[str], cast: dict[str, str]) -> list[str]:
        draw = self.draw
        sponsored = draw.random() < 0.5
        lines = []
        for place in range(1, draw.randint(5, 11)):
            region = draw.choice(self.regions)
            state = region.states[0].removeprefix("the ")
            sponsor = f" [{draw.choice(self.teams['cycling'])}|O]" if sponsored else ""
            time = draw.choice(
                [
                    "same time",
                    f"{draw.randint(2, 59)} seconds behind",
                    f"{draw.randint(9, 59)}.{draw.randint(10, 99)} seconds",
                    f"{draw.randint(1, 9)}:{draw.randint(10, 59)}",
                    str(draw.randint(4, 300)),
                ]
            )
            name = self._full(region) if draw.random() < 0.8 else self._family()
            lines.append(f"{place}. {name} ([{state}|L]){sponsor} {time}")
        return lines

    def _matches(self, teams: list[str], cast: dict[str, str]) -> list[str]:
        draw = self.draw
        lines = []
        for _ in range(draw.randint(3, 8)):
            first, second = (draw.choice(self.regions) for _ in range(2))
            seed = f"{draw.randint(1, 16)} - " if draw.random() < 0.3 else ""
            lines.append(
                f"{seed}{self._full(first)} ([{first.states[0].removeprefix('the ')}|L]) beat {self._full(second)}"
                f" ([{second.states[0].removeprefix('the ')}|L])"
                f" {draw.choice(['6-2 6-3', '7-6 (7-4) 6-1', '15-8 15-10', '4-6 6-4 6-2'])}"
            )
        return lines

    def _report(self, teams: list[str], cast: dict[str, str]) -> list[str]:
        return [line.format_map(cast) for line in self.draw.sample(_PROSE, self.draw.randint(3, 8))]

    def _full(self, region: Region) -> str:
        return f"[{self.person(region)[0]}|P]"

    def _family(self) -> str:
        return f"[{self.person(self.draw.choice(self.regions))[1]}|P]"
