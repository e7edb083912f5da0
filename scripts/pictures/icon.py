"""The program's icon: a folded newspaper with a ribbon. Writes the SVG and, from it, the bitmaps. python icon.py"""
from pathlib import Path

import numpy as np
import skia
from PIL import Image

OUT = Path(__file__).resolve().parents[2] / "assets" / "icon"
ACCENT, PAPER, SHADE, FLAP, INK, GREY = "#9C2A1E", "#FBFAF7", "#F0EADD", "#D9CFBC", "#2B2724", "#A39C8F"


def svg(edge):
    """A grid of 32 units is one pixel at 16×16: what carries the drawing lies on it. `edge` is the width of the outline."""
    e = edge
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">
  <title>Offprint</title>
  <path d="M32 192a32 32 0 0 1 32-32h64V64a32 32 0 0 1 32-32h288a32 32 0 0 1 32 32v352a64 64 0 0 1-64 64H96a64 64 0 0 1-64-64z" fill="{INK}"/>
  <path d="M{32 + e} {160 + e}H{128}V416a32 32 0 0 1-32 {64 - e}a{64 - e} {64 - e} 0 0 1-{64 - e}-{64 - e}z" fill="{FLAP}"/>
  <path d="M{128 + e} {32 + e}H{480 - e}V416a{64 - e} {64 - e} 0 0 1-{64 - e} {64 - e}H{128}c{e * 0.8:g}-16 {e}-40 {e}-64z" fill="{PAPER}"/>
  <path d="M{128 + e} 256H{480 - e}V416a{64 - e} {64 - e} 0 0 1-{64 - e} {64 - e}H{128}c{e * 0.8:g}-16 {e}-40 {e}-64z" fill="{SHADE}"/>
  <path d="M192 96h96v32h-96zM192 160h96v32h-96z" fill="{INK}"/>
  <path d="M192 288h224v32H192zM192 352h160v32H192z" fill="{GREY}"/>
  <path d="M320 0h96v224l-48-36-48 36z" fill="{ACCENT}"/>
</svg>
"""


def render(size):
    dom = skia.SVGDOM.MakeFromStream(skia.MemoryStream(svg(32 if size < 48 else 22).encode()))
    big = size * (8 if size < 64 else 4 if size < 256 else 2)
    dom.setContainerSize(skia.Size(big, big))
    surface = skia.Surface(big, big)
    canvas = surface.getCanvas()
    canvas.clear(0)
    canvas.scale(big / 512, big / 512)
    dom.setContainerSize(skia.Size(512, 512))
    dom.render(canvas)
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    return Image.fromarray(np.ascontiguousarray(pixels)).resize((size, size), Image.Resampling.BOX)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "offprint.svg").write_text(svg(22), "utf-8")
    for size in (256, 512):
        render(size).save(OUT / f"offprint-{size}.png", optimize=True)
    sizes = (16, 24, 32, 48, 64, 128, 256)
    images = [render(n) for n in sizes]
    images[-1].save(OUT / "offprint.ico", sizes=[(n, n) for n in sizes], append_images=images[:-1])


main()
