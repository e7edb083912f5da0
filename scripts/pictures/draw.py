"""A sheet to draw on: shapes by Skia, text shaped by HarfBuzz with the fonts of the program. Drawn double, then halved."""
import math
from functools import lru_cache
from pathlib import Path

import numpy as np
import skia
import uharfbuzz as hb
from PIL import Image

from palette import INK, PAPER

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
FILES = {"sans": "Inter.ttf", "serif": "Newsreader.ttf", "italic": "Newsreader-Italic.ttf", "mono": "JetBrainsMono.ttf"}
TWICE = 2


@lru_cache(None)
def face(name):
    return hb.Face((FONTS / FILES[name]).read_bytes())


@lru_cache(None)
def font(name, weight, size):
    out = hb.Font(face(name))
    if name != "mono":
        # Seen at half its size, a picture's text wants the cut made for smaller type.
        out.set_variations({"wght": weight, "opsz": max(14, min(72, size * 0.6))} if name != "sans" else {"wght": weight})
    return out


def color(value, alpha=1.0):
    r, g, b = (int(value[i : i + 2], 16) for i in (1, 3, 5))
    return skia.Color(r, g, b, round(alpha * 255))


class Shape:
    """A path, put together with the pen's own words; every call returns the shape."""

    def __init__(self):
        self.path = skia.Path()

    def move(self, x, y):
        self.path.moveTo(x, y)
        return self

    def line(self, *points):
        for x, y in points:
            self.path.lineTo(x, y)
        return self

    def quad(self, *numbers):
        self.path.quadTo(*numbers)
        return self

    def cubic(self, *numbers):
        self.path.cubicTo(*numbers)
        return self

    def close(self):
        self.path.close()
        return self


def polygon(points, closed=True):
    shape = Shape().move(*points[0]).line(*points[1:])
    return shape.close() if closed else shape


def smooth(points, closed=False):
    """A curve through the points (Catmull–Rom)."""
    n = len(points)
    at = (lambda i: points[i % n]) if closed else (lambda i: points[max(0, min(n - 1, i))])
    shape = Shape().move(*points[0])
    for i in range(n if closed else n - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (at(i + k) for k in (-1, 0, 1, 2))
        shape.cubic(x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2)
    return shape.close() if closed else shape


class Sheet:
    colours = 80  # in the finished file

    def __init__(self, ground=PAPER, width=1280, height=720):
        self.width, self.height = width, height
        self.surface = skia.Surface(width * TWICE, height * TWICE)
        self.canvas = self.surface.getCanvas()
        self.canvas.clear(color(ground))
        self.canvas.scale(TWICE, TWICE)

    # ---- shapes

    def paint(self, fill, alpha=1.0, width=None, dash=None, cap="round"):
        paint = skia.Paint(AntiAlias=True, Color=color(fill, alpha))
        if width:
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(width)
            paint.setStrokeCap({"round": skia.Paint.kRound_Cap, "flat": skia.Paint.kButt_Cap}[cap])
            paint.setStrokeJoin(skia.Paint.kRound_Join)
            if dash:
                paint.setPathEffect(skia.DashPathEffect.Make(list(map(float, dash)), 0.0))
        return paint

    def fill(self, shape, colour, alpha=1.0):
        self.canvas.drawPath(getattr(shape, "path", shape), self.paint(colour, alpha))

    def stroke(self, shape, colour, width, alpha=1.0, dash=None, cap="round"):
        self.canvas.drawPath(getattr(shape, "path", shape), self.paint(colour, alpha, width, dash, cap))

    def line(self, x0, y0, x1, y1, colour, width, alpha=1.0, dash=None, cap="round"):
        self.canvas.drawLine(x0, y0, x1, y1, self.paint(colour, alpha, width, dash, cap))

    def box(self, x, y, w, h, colour, radius=0, alpha=1.0, width=None, dash=None):
        self.canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, w, h), radius, radius, self.paint(colour, alpha, width, dash))

    def disc(self, x, y, r, colour, alpha=1.0, width=None, dash=None):
        self.canvas.drawCircle(x, y, r, self.paint(colour, alpha, width, dash))

    def arc(self, x, y, r, start, sweep, colour, width, alpha=1.0, cap="flat"):
        """Angles in degrees, clockwise from twelve o'clock."""
        paint = self.paint(colour, alpha, width, cap=cap)
        self.canvas.drawArc(skia.Rect.MakeLTRB(x - r, y - r, x + r, y + r), start - 90, sweep, False, paint)

    def hatch(self, shape, colour, step=14, width=3, alpha=1.0):
        self.canvas.save()
        self.canvas.clipPath(getattr(shape, "path", shape), doAntiAlias=True)
        for k in range(-self.height, self.width, step):
            self.line(k, self.height, k + self.height, 0, colour, width, alpha, cap="flat")
        self.canvas.restore()

    def inside(self, shape):
        return Clip(self.canvas, shape)

    def turned(self, degrees, x, y):
        return Turn(self.canvas, degrees, x, y)

    # ---- text

    def text(self, x, y, words, size, family="sans", weight=500, colour=INK, anchor="start", tracking=0.0, halo=None, alpha=1.0):
        """Sets `words` with the baseline at `y`; returns their width. `tracking` is in ems."""
        path, width = outline(words, size, family, weight, tracking)
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        placed = skia.Path()
        path.transform(skia.Matrix.Translate(left, y), placed)
        if halo:
            self.stroke(placed, halo, size * 0.26, 0.9)
        self.fill(placed, colour, alpha)
        return width

    def caps(self, x, y, words, size, **style):
        style = {"weight": 600, "tracking": 0.12, **style}
        return self.text(x, y, words.upper(), size, **style)

    # ---- out

    def save(self, path):
        pixels = self.surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
        image = Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
        image = image.resize((self.width, self.height), Image.Resampling.BOX)
        flat = few(image, self.colours)
        path.parent.mkdir(parents=True, exist_ok=True)
        flat.save(path, optimize=True)
        return path.stat().st_size


class Clip:
    def __init__(self, canvas, shape):
        self.canvas, self.shape = canvas, shape

    def __enter__(self):
        self.canvas.save()
        self.canvas.clipPath(getattr(self.shape, "path", self.shape), doAntiAlias=True)

    def __exit__(self, *_):
        self.canvas.restore()


class Turn(Clip):
    def __init__(self, canvas, degrees, x, y):
        self.canvas, self.degrees, self.x, self.y = canvas, degrees, x, y

    def __enter__(self):
        self.canvas.save()
        self.canvas.rotate(self.degrees, self.x, self.y)


def few(image, colours):
    """The picture in a palette: the large flat colours exactly, the edges between them as near as the rest allows."""
    pixels = np.asarray(image).reshape(-1, 3)
    packed = (pixels.astype(np.uint32) << np.array([16, 8, 0], dtype=np.uint32)).sum(axis=1)
    values, number, counts = np.unique(packed, return_inverse=True, return_counts=True)
    points = np.stack([values >> 16, values >> 8 & 255, values & 255], axis=1).astype(np.float64)
    if len(values) > colours:
        # Flat areas are fixed; the remaining places go, one by one, to the colour worst served so far.
        chosen = list(np.argsort(-counts, kind="stable")[:12])
        weight = np.sqrt(counts)
        distance = np.min([((points - points[i]) ** 2).sum(axis=1) for i in chosen], axis=0)
        while len(chosen) < colours:
            worst = int(np.argmax(distance * weight))
            chosen.append(worst)
            distance = np.minimum(distance, ((points - points[worst]) ** 2).sum(axis=1))
        table = points[chosen]
        for _ in range(4):
            near = nearest(points, table)
            for k in range(12, colours):
                own = near == k
                if own.any():
                    table[k] = np.average(points[own], axis=0, weights=weight[own])
        table = np.round(table)
        index = nearest(points, table)
    else:
        table, index = points, np.arange(len(values))
    out = Image.fromarray(index[number.ravel()].astype(np.uint8).reshape(image.height, image.width), "P")
    out.putpalette(table.astype(np.uint8).ravel().tolist())
    return out


def nearest(points, table):
    return np.argmin(((points[:, None, :] - table[None, :, :]) ** 2).sum(axis=2), axis=1)


class Pen:
    """Takes HarfBuzz outlines into a Skia path."""

    def __init__(self, path, x, y, scale):
        self.path, self.x, self.y, self.scale = path, x, y, scale

    def to(self, *points):
        return [c for px, py in points for c in (self.x + px * self.scale, self.y - py * self.scale)]

    def moveTo(self, p):
        self.path.moveTo(*self.to(p))

    def lineTo(self, p):
        self.path.lineTo(*self.to(p))

    def qCurveTo(self, *points):
        for control, end in zip(points[:-1], [*(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(points[:-2], points[1:-1])), points[-1]]):
            self.path.quadTo(*self.to(control, end))

    def curveTo(self, a, b, c):
        self.path.cubicTo(*self.to(a, b, c))

    def closePath(self):
        self.path.close()

    endPath = closePath


def outline(words, size, family, weight, tracking):
    cut = font(family, weight, size)
    buffer = hb.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    hb.shape(cut, buffer, {"pnum": True, "liga": tracking == 0})
    scale = size / face(family).upem
    path, x = skia.Path(), 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions):
        pen = Pen(path, x + position.x_offset * scale, -position.y_offset * scale, scale)
        cut.draw_glyph_with_pen(info.codepoint, pen)
        x += position.x_advance * scale + tracking * size
    return path, x - tracking * size


def measure(words, size, family="sans", weight=500, tracking=0.0):
    return outline(words, size, family, weight, tracking)[1]


def around(x, y, r, degrees):
    """The point `r` away from (x, y), clockwise from twelve o'clock."""
    a = math.radians(degrees)
    return x + r * math.sin(a), y - r * math.cos(a)
