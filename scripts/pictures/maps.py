"""Locator maps from Natural Earth: the de-facto boundaries it draws, the disputed ones among them dashed."""
import json
import math
from functools import cached_property
from pathlib import Path

import numpy as np
import skia

from draw import Shape, Sheet, measure
from palette import ACCENT, GREEN, INK, LAVENDER, MIST, ROSE, SEA, WHITE, mix

EARTH = 6371.0
# Pairs of countries whose common line is disputed: all of it, or what lies within (west, south, east, north).
DISPUTED = {
    frozenset(["India", "Pakistan"]): (70, 32.4, 80, 40),
    frozenset(["India", "China"]): None,
    frozenset(["Pakistan", "China"]): None,
    frozenset(["Bhutan", "China"]): None,
    frozenset(["Russia", "Ukraine"]): (32, 45, 36.5, 46.6),
    frozenset(["Serbia", "Kosovo"]): None,
    frozenset(["Cyprus", "N. Cyprus"]): None,
    frozenset(["Israel", "Palestine"]): None,
    frozenset(["Israel", "Syria"]): None,
    frozenset(["Jordan", "Palestine"]): None,
    frozenset(["Morocco", "W. Sahara"]): None,
    frozenset(["Somalia", "Somaliland"]): None,
}
ALWAYS_DISPUTED = {"Siachen Glacier", "Cyprus U.N. Buffer Zone"}


class Atlas:
    """countries-10m.json or countries-50m.json of world-atlas (TopoJSON); the states of Mexico as GeoJSON."""

    def __init__(self, topojson, states):
        topology = json.loads(Path(topojson).read_text("utf-8"))
        scale, shift = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
        self.arcs = [np.cumsum(np.array(a), axis=0) * scale + shift for a in topology["arcs"]]
        self.rings = {}  # country → list of polygons → list of rings → list of arc numbers
        for country in topology["objects"]["countries"]["geometries"]:
            arcs = country.get("arcs", [])
            self.rings.setdefault(country["properties"]["name"], []).extend([arcs] if country["type"] == "Polygon" else arcs)
        self.states_file = states

    def ring(self, numbers):
        parts = [self.arcs[n] if n >= 0 else self.arcs[~n][::-1] for n in numbers]
        points = np.concatenate([p[:-1] for p in parts] + [parts[-1][-1:]])
        # Across the 180th meridian the numbers go on instead of jumping back.
        points[:, 0] = np.unwrap(points[:, 0], period=360)
        return points

    @cached_property
    def owners(self):
        out = {}
        for name, polygons in self.rings.items():
            for polygon in polygons:
                for ring in polygon:
                    for n in ring:
                        out.setdefault(n if n >= 0 else ~n, set()).add(name)
        return out

    @cached_property
    def states(self):
        out = {}
        for feature in json.loads(Path(self.states_file).read_text("utf-8"))["features"]:
            shape = feature["geometry"]
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            out[feature["properties"]["NAME_1"]] = [[np.array(r) for r in p] for p in polygons]
        return out


def azimuthal(lon, lat, scale, x, y):
    """Lambert's azimuthal equal-area projection about (lon, lat), that point at (x, y)."""
    l0, p0 = math.radians(lon), math.radians(lat)

    def project(points):
        l, p = np.radians(points[:, 0]) - l0, np.radians(points[:, 1])
        near = np.maximum(1 + math.sin(p0) * np.sin(p) + math.cos(p0) * np.cos(p) * np.cos(l), 1e-6)
        k = np.sqrt(2 / near) * scale
        return np.stack([x + k * np.cos(p) * np.sin(l), y - k * (math.cos(p0) * np.sin(p) - math.sin(p0) * np.cos(p) * np.cos(l))], 1)

    def far(points):
        l, p = np.radians(points[:, 0]) - l0, np.radians(points[:, 1])
        return math.sin(p0) * np.sin(p) + math.cos(p0) * np.cos(p) * np.cos(l) < math.cos(math.radians(75))

    return project, far


def natural_earth(lon, scale, x, y):
    """The Natural Earth projection (Patterson 2008, polynomial by Šavrič and others 2011), `lon` in the middle."""

    def project(points):
        l, p = np.radians(points[:, 0] - lon), np.radians(points[:, 1])
        p2 = p * p
        p4 = p2 * p2
        px = l * (0.870700 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
        py = p * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
        return np.stack([x + px * scale, y - py * scale], 1)

    return project, lambda points: points[:, 1] < -60


def area(points):
    x, y = points[:, 0], points[:, 1]
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


class Map:
    def __init__(self, atlas, ground, projection, graticule=5, turns=(0,), width=1280, height=720):
        """`turns`: the degrees by which land is repeated, on a map of the whole world (−360, 0, 360)."""
        self.atlas, self.ground, self.turns = atlas, ground, turns
        self.project, self.far = projection
        self.sheet = Sheet(ground.sea, width, height)
        self.least = 9.0  # smaller islands, in square pixels, are left out
        self.step = graticule

    def at(self, lon, lat):
        return tuple(self.project(np.array([[lon, lat]], dtype=float))[0])

    def path(self, polygons, least=0.0):
        """`least`: the area in square pixels below which an island is left out."""
        path = skia.Path()
        path.setFillType(skia.PathFillType.kEvenOdd)
        for polygon in polygons:
            if self.far(polygon[0]).all():
                continue
            if least and area(self.project(polygon[0])) < least:
                continue
            for ring in (ring + (turn, 0) for turn in self.turns for ring in polygon):
                points = self.project(ring)
                if (points.max(0) < -200).any() or (points.min(0) > (self.sheet.width + 200, self.sheet.height + 200)).any():
                    continue
                path.addPoly([skia.Point(float(a), float(b)) for a, b in points], True)
        return path

    def country(self, name, least=None):
        return self.path([[self.atlas.ring(r) for r in polygon] for polygon in self.atlas.rings[name]], least or self.least)

    def land(self, subject=(), fills=(), skip=("Antarctica",)):
        """Water lines, graticule, land, borders. `subject`: the light countries; `fills`: country → colour."""
        sheet, ground = self.sheet, self.ground
        shapes = {name: self.country(name) for name in self.atlas.rings if name not in skip}
        self.shapes = shapes = {n: s for n, s in shapes.items() if s.countVerbs()}
        self.graticule(0.42)
        mainland = skia.Path()
        for name in shapes:
            mainland.addPath(self.country(name, 500))
        for width, alpha in ((34, 0.16), (18, 0.2), (7, 0.26)):
            sheet.stroke(mainland, WHITE, width, alpha)
        for name, shape in shapes.items():
            colour = dict(fills).get(name, ground.land if name in subject else ground.other)
            sheet.fill(shape, colour)
            sheet.stroke(shape, colour, 0.8)
        coasts = self.lines(lambda owners: len(owners) == 1)
        sheet.stroke(coasts, mix(ground.sea, ground.deep, 0.42), 1.3)

    def lines(self, wanted, disputed=None):
        """Arcs whose owners are `wanted`; of these only the disputed parts, or only the others, if asked."""
        path = skia.Path()
        for n, owners in self.atlas.owners.items():
            points = self.atlas.arcs[n].copy()
            points[:, 0] = np.unwrap(points[:, 0], period=360)
            if not wanted(owners) or self.far(points).any():
                continue
            if len(owners) == 1 and area(self.project(points)) < self.least and np.allclose(points[0], points[-1]):
                continue
            runs = [points]
            if disputed is not None:
                marks = np.full(len(points), bool(owners & ALWAYS_DISPUTED))
                if frozenset(owners) in DISPUTED:
                    w, s, e, n_ = DISPUTED[frozenset(owners)] or (-180, -90, 180, 90)
                    marks |= (points[:, 0] >= w) & (points[:, 0] <= e) & (points[:, 1] >= s) & (points[:, 1] <= n_)
                runs, start = [], 0
                for i in range(1, len(points) + 1):
                    if i == len(points) or marks[i] != marks[start]:
                        if marks[start] == disputed:
                            runs.append(points[start : i + 1])
                        start = i
            for run in (run + (turn, 0) for turn in self.turns for run in runs):
                if len(run) > 1:
                    path.addPoly([skia.Point(float(a), float(b)) for a, b in self.project(run)], False)
        return path

    def borders(self, width=2.6, colour=WHITE):
        inner = lambda owners: len(owners) == 2
        self.sheet.stroke(self.lines(inner, disputed=False), colour, width, 0.95)
        self.sheet.stroke(self.lines(inner, disputed=True), mix(self.ground.other, self.ground.deep, 0.55), width * 0.8, dash=(2, 7))

    def graticule(self, alpha):
        for lon in np.arange(-180, 180, self.step):
            self.course(np.stack([np.full(171, lon), np.linspace(-85, 85, 171)], 1), alpha)
        for lat in np.arange(-80, 81, self.step):
            self.course(np.stack([np.linspace(-180, 180, 361), np.full(361, lat)], 1), alpha)

    def course(self, points, alpha):
        keep = ~self.far(points)
        for run in np.split(np.arange(len(points)), np.flatnonzero(np.diff(keep.astype(int))) + 1):
            if keep[run[0]] and len(run) > 1:
                path = skia.Path()
                path.addPoly([skia.Point(float(a), float(b)) for a, b in self.project(points[run].astype(float))], False)
                self.sheet.stroke(path, WHITE, 1.2, alpha)

    def region(self, name, colour=None):
        shape = self.path(self.atlas.states[name])
        self.sheet.fill(shape, colour or self.ground.strong)
        self.sheet.stroke(shape, mix(self.ground.strong, ACCENT, 0.45), 1.6)

    # ---- marks and words

    def mark(self, lon, lat):
        """The place that counts."""
        x, y = self.at(lon, lat)
        self.sheet.disc(x, y, 62, ACCENT, 0.13)
        self.sheet.disc(x, y, 40, ACCENT, 0.13)
        self.sheet.disc(x, y, 19, WHITE)
        self.sheet.disc(x, y, 13.5, ACCENT)
        return x, y

    def dot(self, lon, lat, r=8, colour=INK):
        x, y = self.at(lon, lat)
        self.sheet.disc(x, y, r + 3.5, WHITE)
        self.sheet.disc(x, y, r, colour)
        return x, y

    def place(self, lon, lat, name, side="e", gap=22, size=27, weight=600, on=None, dy=0):
        x, y = self.at(lon, lat)
        anchor = {"e": "start", "w": "end", "n": "middle", "s": "middle"}[side]
        x += {"e": gap, "w": -gap, "n": 0, "s": 0}[side]
        y += {"e": size * 0.36, "w": size * 0.36, "n": -gap, "s": gap + size * 0.72}[side] + dy
        self.sheet.text(x, y, name, size, weight=weight, anchor=anchor, halo=on or self.ground.land)

    def area(self, lon, lat, name, size=25, colour=None):
        x, y = self.at(lon, lat)
        self.sheet.caps(x, y + size * 0.36, name, size, anchor="middle", tracking=0.2, colour=colour or mix(self.ground.other, INK, 0.55))

    def water(self, lon, lat, *lines, size=30, turn=0):
        x, y = self.at(lon, lat)
        with self.sheet.turned(turn, x, y):
            for i, words in enumerate(lines):
                self.sheet.text(x, y + i * size * 1.16, words, size, "italic", 500, self.ground.deep, "middle", 0.02, alpha=0.85)

    def figure(self, x, y, big, small, anchor="start", size=92):
        """A figure in a corner: large in the text face, its words below."""
        self.sheet.text(x, y, big, size, "serif", 640, INK, anchor, -0.01)
        self.sheet.text(x, y + 38, small, 27, weight=500, colour=mix(INK, self.ground.deep, 0.55), anchor=anchor)


def local(atlas, ground, lon, lat, kilometres, graticule=5, x=640, y=360):
    return Map(atlas, ground, azimuthal(lon, lat, 1280 * EARTH / kilometres, x, y), graticule)


# ---------------------------------------------------------------- the pictures

PLACES = [
    (-99.133, 19.433), (-77.037, 38.907), (-96.727, 17.073), (-107.394, 24.809), (-75.697, 45.421), (-71.117, 42.377),
    (30.523, 50.450), (37.618, 55.756), (12.453, 41.903), (51.389, 35.689), (75.315, 34.016), (73.048, 33.684),
    (105.854, 21.029), (116.407, 39.904), (7.589, 47.560),
]


def cover(atlas):
    m = Map(atlas, SEA, natural_earth(4.5, 279, 640, 438), 15, (-360, 0, 360))
    m.least = 16
    m.land(subject=set(atlas.rings))
    for lon, lat in PLACES:
        x, y = m.at(lon, lat)
        m.sheet.disc(x, y, 28, ACCENT, 0.15)
    for lon, lat in PLACES:
        x, y = m.at(lon, lat)
        m.sheet.disc(x, y, 12.5, WHITE)
        m.sheet.disc(x, y, 9.5, ACCENT)
    m.sheet.colours = 40
    return m.sheet


def mexico_sovereignty(atlas):
    m = local(atlas, SEA, -102.6, 25.9, 4250)
    m.land(subject=["Mexico"])
    m.borders()
    line = m.lines(lambda owners: owners == {"Mexico", "United States of America"})
    m.sheet.stroke(line, m.ground.land, 19)
    m.sheet.stroke(line, ACCENT, 10)
    m.area(-98.2, 33.9, "United States", 29)
    m.area(-102.4, 24.6, "Mexico", 33)
    for lon, lat, name, side in ((-117.04, 32.53, "Tijuana", "w"), (-106.42, 31.69, "Ciudad Juárez", "e"), (-99.51, 27.48, "Nuevo Laredo", "e")):
        m.dot(lon, lat, 8)
        m.place(lon, lat, name, side, on=m.ground.sea if name == "Tijuana" else m.ground.other)
    m.dot(-99.133, 19.433, 13)
    m.place(-99.133, 19.433, "Mexico City", "w", 28, 32)
    m.water(-112.6, 20.8, "Pacific", "Ocean")
    return m.sheet


def oaxaca_earthquake(atlas):
    m = local(atlas, ROSE, -96.5, 16.8, 1420, 2, x=560, y=386)
    m.land(subject=["Mexico"])
    m.region("Oaxaca")
    m.borders()
    x, y = m.at(-96.5, 16.8)
    for r, alpha in ((266, 0.3), (200, 0.55), (134, 1)):
        m.sheet.disc(x, y, r, ACCENT, alpha, width=5.5)
    m.sheet.disc(x, y, 134, ACCENT, 0.12)
    m.sheet.caps(x, y + 62, "Oaxaca", 29, anchor="middle", colour=ACCENT, tracking=0.16, weight=700)
    m.dot(-96.727, 17.073, 7.5)
    m.place(-96.727, 17.073, "Oaxaca de Juárez", "n", 17, 24, on=m.ground.strong)
    m.dot(-99.133, 19.433, 8)
    m.place(-99.133, 19.433, "Mexico City", "w")
    m.water(-100.3, 15.75, "Pacific", "Ocean")
    m.figure(1040, 144, "M 5.7", "depth 10 km", "end", 100)
    return m.sheet


def chapitos_sanctions(atlas):
    m = local(atlas, MIST, -107.394, 24.809, 1700, 2, x=668, y=330)
    m.land(subject=["Mexico"])
    m.region("Sinaloa")
    m.borders()
    m.mark(-107.394, 24.809)
    m.place(-107.394, 24.809, "Culiacán", "e", 32, 34)
    m.area(-104.3, 27.3, "Mexico", 32)
    m.water(-113.6, 23.6, "Pacific", "Ocean")
    m.figure(176, 596, "$10m × 2", "rewards")
    return m.sheet


def vatican_mediation(atlas):
    m = local(atlas, LAVENDER, 24.6, 48.6, 3950, x=620, y=366)
    m.land(subject=set(atlas.rings))
    m.borders(2.2, mix(LAVENDER.land, LAVENDER.deep, 0.28))
    sx, sy = m.at(12.453, 41.903)
    for lon, lat in ((30.523, 50.450), (37.618, 55.756)):
        ex, ey = m.at(lon, lat)
        bend = ((sx + ex) / 2 - (ey - sy) * -0.12, (sy + ey) / 2 + (ex - sx) * -0.12)
        m.sheet.stroke(Shape().move(sx, sy).quad(*bend, ex, ey), ACCENT, 5.5, dash=(15, 12))
    m.mark(12.453, 41.903)
    m.place(12.453, 41.903, "Vatican City", "s", 34, 32)
    for lon, lat, name in ((30.523, 50.450, "Kyiv"), (37.618, 55.756, "Moscow")):
        m.dot(lon, lat, 12)
        m.place(lon, lat, name, "e", 26, 33)
    return m.sheet


def iran_strikes(atlas):
    m = local(atlas, ROSE, 53.4, 32.75, 2600, x=640, y=350)
    m.land(subject=["Iran"])
    m.borders()
    sites = ((50.996, 34.885, "Fordow", "w"), (51.727, 33.724, "Natanz", "e"), (51.668, 32.654, "Isfahan", "w"))
    for lon, lat, *_ in sites:
        x, y = m.at(lon, lat)
        m.sheet.disc(x, y, 46, ACCENT, 0.15)
    for lon, lat, name, side in sites:
        x, y = m.at(lon, lat)
        m.sheet.disc(x, y, 17, WHITE)
        m.sheet.disc(x, y, 12.5, ACCENT)
        m.place(lon, lat, name, side, 28, 30)
    m.dot(51.389, 35.689, 9)
    m.place(51.389, 35.689, "Tehran", "e", 22, 27)
    m.area(56.9, 31.7, "Iran", 36)
    return m.sheet


def operation_sindoor(atlas):
    m = local(atlas, GREEN, 74.2, 30.5, 2150, x=640, y=378)
    m.land(subject=["India", "Pakistan", "Siachen Glacier"])
    m.borders(3, mix(GREEN.land, GREEN.deep, 0.38))
    m.mark(75.315, 34.016)
    m.place(75.315, 34.016, "Pahalgam", "e", 31, 31)
    m.dot(73.048, 33.684, 9)
    m.place(73.048, 33.684, "Islamabad", "w", 20, 27)
    m.dot(77.209, 28.614, 9)
    m.place(77.209, 28.614, "New Delhi", "e", 22, 28)
    m.area(69.7, 30.2, "Pakistan", 30)
    m.area(74.5, 27.9, "India", 30)
    m.sheet.text(1106, 626, "Boundaries in Kashmir are disputed.", 25, weight=500, colour=GREEN.deep, anchor="end", halo=GREEN.land)
    return m.sheet


def macron_vietnam(atlas):
    m = local(atlas, SEA, 107.0, 16.2, 3300)
    m.land(subject=[], fills={"Vietnam": SEA.strong})
    m.borders()
    m.mark(105.854, 21.029)
    m.place(105.854, 21.029, "Hanoi", "w", 36, 34, on=m.ground.other)
    x, y = m.at(109.75, 13.3)
    m.sheet.caps(x, y, "Vietnam", 29, colour=mix(ACCENT, INK, 0.25), tracking=0.16)
    m.water(114.2, 17.0, "South", "China Sea", size=34)
    return m.sheet


def china_investment(atlas):
    m = local(atlas, LAVENDER, 103.8, 36.2, 6650, 10, x=540, y=366)
    m.least = 120
    m.land(subject=["China"])
    m.borders()
    m.mark(116.407, 39.904)
    m.place(116.407, 39.904, "Beijing", "w", 36, 34)
    m.area(101.0, 34.0, "China", 38)
    m.sheet.text(1100, 484, "nearly", 29, weight=500, anchor="end", colour=mix(INK, LAVENDER.deep, 0.55))
    m.figure(1100, 566, "500", "firms", "end", 104)
    return m.sheet


PICTURES = {
    "cover": cover,
    "mexico-sovereignty": mexico_sovereignty,
    "oaxaca-earthquake": oaxaca_earthquake,
    "chapitos-sanctions": chapitos_sanctions,
    "vatican-mediation": vatican_mediation,
    "iran-strikes": iran_strikes,
    "operation-sindoor": operation_sindoor,
    "macron-vietnam": macron_vietnam,
    "china-investment": china_investment,
}
