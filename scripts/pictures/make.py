"""Draws every picture: python make.py COUNTRIES STATES [NAME…]

COUNTRIES  countries-10m.json of npm world-atlas 2.0.2 (Natural Earth, public domain)
STATES     mexico.geojson, the states of Mexico (Natural Earth) with their names in NAME_1
"""
import sys
from pathlib import Path

import charts
import emblems
import guide
import maps
import template

CONTENT = Path(__file__).resolve().parents[2] / "content"


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    atlas = maps.Atlas(sys.argv[1], sys.argv[2])
    only = set(sys.argv[3:])
    sets = {
        "world-desk": {name: lambda f=f: f(atlas) for name, f in maps.PICTURES.items()} | charts.PICTURES | emblems.PICTURES,
        "guide": guide.PICTURES,
        "template": template.PICTURES,
    }
    total = 0
    for pack, pictures in sets.items():
        for name, draw in pictures.items():
            if not only or name in only or pack in only:
                size = draw().save(CONTENT / pack / "images" / f"{name}.png")
                total += size
                print(f"{size:7} {pack}/{name}.png")
    print(f"{total:7} in all")


main()
