"""The icons of the program and of packs: SVG, and bitmaps of each size drawn for it. Takes rsvg-convert (librsvg). python icon.py"""
import io
import subprocess
from pathlib import Path

from PIL import Image

import mark

OUT = Path(__file__).resolve().parents[2] / "assets" / "icon"
# Where Linux desktops look for them; the names are those of the desktop entry and of the media type.
HICOLOR, PROGRAM, PACK = OUT / "hicolor", "org.offprint.Offprint", "application-vnd.offprint.pack+zip"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def bitmap(drawing, size):
    command = ["rsvg-convert", "--width", str(size), "--height", str(size)]
    png = subprocess.run(command, input=drawing(size).encode(), stdout=subprocess.PIPE, check=True).stdout
    return Image.open(io.BytesIO(png)).convert("RGBA")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def hicolor():
    for drawing, folder, name in ((mark.program, "apps", PROGRAM), (mark.pack, "mimetypes", PACK)):
        write(HICOLOR / "scalable" / folder / f"{name}.svg", drawing())
        for size in SIZES:
            path = HICOLOR / f"{size}x{size}" / folder / f"{name}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            bitmap(drawing, size).save(path, optimize=True)
    write(HICOLOR / "symbolic" / "apps" / f"{PROGRAM}-symbolic.svg", mark.symbolic())


def windows_and_macos():
    for drawing, name in ((mark.program, "offprint"), (mark.pack, "pack")):
        sizes = (16, 24, 32, 48, 64, 128, 256)
        images = [bitmap(drawing, size) for size in sizes]
        images[-1].save(OUT / f"{name}.ico", sizes=[(size, size) for size in sizes], append_images=images[:-1])
        smaller = [bitmap(drawing, size) for size in (32, 64, 128, 256, 512)]
        bitmap(drawing, 1024).save(OUT / f"{name}.icns", append_images=smaller)


def wizard():
    """What stands beside the first words of the installer for Windows, at twice its size for sharp screens."""
    picture = Image.new("RGB", (328, 628), mark.SHADE)
    icon = bitmap(mark.program, 192)
    picture.paste(icon, ((328 - 192) // 2, 118), icon)
    picture.quantize(64, dither=Image.Dither.NONE).save(OUT.parents[1] / "packaging" / "windows" / "wizard.bmp")


def main():
    hicolor()
    windows_and_macos()
    wizard()
    write(OUT / "offprint.svg", mark.program())
    for size in (256, 512):
        bitmap(mark.program, size).save(OUT / f"offprint-{size}.png", optimize=True)


main()
