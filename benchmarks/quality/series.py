"""Two published series with one change of level each, as every text book has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import analystkit as ak
from benchmarks.figures import Figure

#: Flow of the Nile at Aswan, 1871 to 1970 (Cobb 1978).
NILE: Final = [
    *(1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140),
    *(995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140),
    *(1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840),
    *(874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969),
    *(831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821),
    *(768, 845, 864, 862, 698, 845, 744, 796, 1040, 759),
    *(781, 865, 845, 944, 984, 897, 822, 1010, 771, 676),
    *(649, 846, 812, 742, 801, 1040, 860, 874, 848, 890),
    *(744, 749, 838, 1050, 918, 986, 797, 923, 975, 815),
    *(1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740),
]
#: Disasters in British coal mines, 1851 to 22 March 1962 (Jarrett 1979).
COAL: Final = [
    int(digit)
    for digit in "4541043406334026335453144155342522342132211113001011003103220111010100021000110233112111124200014"
    "000100000100101"
]


def series() -> Iterator[Figure]:
    """Where the level of each series changed, and from what to what."""
    nile = ak.find_change_points(NILE)
    yield Figure("series", "Nile: changes", len(nile) - 1, len(NILE), floor=1, at_most=1)
    last = 1871 + int(nile["end"][0]) - 1
    yield Figure("series", "Nile: last year before the change", last, len(NILE), floor=1898, at_most=1898)
    years = [str(year) for year in range(1851, 1851 + len(COAL))]
    seen = ak.covered_shares(years, until="1962-03-22")
    coal = ak.find_change_points(COAL, seen, model="poisson")
    last = int(years[int(coal["end"][0]) - 1])
    yield Figure("series", "coal: changes", len(coal) - 1, len(COAL), floor=1, at_most=1)
    yield Figure("series", "coal: last year before the change", last, len(COAL), floor=1891, at_most=1891)
    for name, rate, printed in zip(("before", "after"), coal["level"], (3.10, 0.91), strict=True):
        yield Figure(
            "series",
            f"coal: disasters a year {name}",
            round(rate, 2),
            len(COAL),
            floor=printed,
            at_most=printed,
        )
