"""The guide's pictures: line drawings on the page's own paper."""
import skia

from draw import Shape, Sheet, around, measure, polygon
from palette import ACCENT, GROUND, INK, PAPER, RULE, SOFT, WHITE, mix

SIDE = "#F3F1EC"
SELECT = "#E7E2D8"
NOTE, NOTE_EDGE = "#F4EEDF", "#D9C79A"
GREY = mix(RULE, SOFT, 0.22)  # text drawn as lines


def words(s, x, y, widths, gap=30, height=11, colour=GREY):
    for k, width in enumerate(widths):
        s.box(x, y + k * gap, width, height, colour, height / 2)


def ribbon(s, x, y, w, h, colour=ACCENT):
    s.fill(polygon([(x, y), (x + w, y), (x + w, y + h), (x + w / 2, y + h - w * 0.42), (x, y + h)]), colour)


def glass(s, x, y, r, angle=135, reach=1.0, fill=WHITE):
    ax, ay = around(x, y, r, angle)
    bx, by = around(x, y, r + r * 1.25 * reach, angle)
    s.line(ax, ay, bx, by, INK, r * 0.26)
    s.disc(x, y, r, fill)
    s.disc(x, y, r, INK, width=r * 0.14)


def cover():
    s = Sheet(GROUND)
    top, bottom, mid = 118, 614, 640
    for side in (-1, 1):
        at = lambda a, b: (mid + side * a, b)
        page = Shape().move(*at(0, top + 26)).cubic(*at(90, top - 22), *at(260, top - 26), *at(424, top + 4))
        page.line(at(424, bottom)).cubic(*at(260, bottom - 30), *at(90, bottom - 26), *at(0, bottom + 22)).close()
        under = Shape().move(*at(0, top + 40)).line(at(446, top + 26), at(446, bottom + 20), at(0, bottom + 44)).close()
        s.fill(under, SELECT)
        s.stroke(under, INK, 5)
        s.fill(page, WHITE)
        s.stroke(page, INK, 5)
    s.stroke(polygon([(mid, top + 26), (mid, bottom + 22)], closed=False), INK, 4)
    # Left: a headline of two lines and text; right: a picture and text.
    s.box(268, 188, 312, 30, INK, 4)
    s.box(268, 234, 226, 30, INK, 4)
    words(s, 268, 300, (312, 306, 312, 290, 312, 300, 196), 36, 12)
    s.box(702, 188, 150, 170, SIDE, 4)
    s.box(702, 188, 150, 170, GREY, 4, width=3)
    s.fill(polygon([(704, 340), (752, 274), (788, 314), (812, 290), (850, 332), (850, 356), (704, 356)]), GREY)
    words(s, 702, 388, (312, 304, 312, 236), 36, 12)
    words(s, 702, 544, (120,), 36, 12)
    ribbon(s, 902, 84, 88, 236)
    return s


def badge(s, x, y, figure, label):
    """A numbered label: figure in an accent disc, words beside it, on paper so that it reads over anything."""


    width = measure(label, 31, "sans", 600)
    s.box(x - 27, y - 27, width + 84, 54, GROUND, 27)
    s.box(x - 27, y - 27, width + 84, 54, ACCENT, 27, width=3)
    s.disc(x, y, 20, ACCENT)
    s.text(x, y + 9.5, figure, 27, weight=700, colour=WHITE, anchor="middle")
    s.text(x + 38, y + 11, label, 31, weight=600)


def window():
    s = Sheet(GROUND)
    x, y, w, h = 164, 78, 952, 564
    split, bar = x + 292, y + 66
    frame = Shape()


    frame.path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), 16, 16)
    s.box(x + 10, y + 12, w, h, RULE, 16)
    s.fill(frame, WHITE)
    with s.inside(frame):
        s.box(x, y, split - x, h, SIDE)
        s.line(split, y, split, y + h, GREY, 3, cap="flat")
        s.line(split, bar, x + w, bar, GREY, 3, cap="flat")
        # Headlines.
        s.box(x + 28, y + 28, 150, 24, INK, 4)
        s.box(x + 28, y + 72, 236, 40, WHITE, 9)
        s.box(x + 28, y + 72, 236, 40, GREY, 9, width=2.5)
        for k, width in enumerate((36, 64, 82)):
            left = x + 28 + (0, 56, 140)[k]
            s.box(left, y + 132, width, 10, INK if k == 0 else GREY, 5)
        s.box(x + 28, y + 150, 36, 5, ACCENT, 2)
        for k in range(4):
            top = y + 172 + k * 78
            if k == 0:
                s.box(x, top, split - x - 2, 78, SELECT)
                s.box(x, top, 6, 78, ACCENT)
            s.box(x + 28, top + 13, 70, 52, mix(RULE, SOFT, 0.12), 6)
            s.box(x + 114, top + 18, 150, 13, INK if k < 2 else SOFT, 6)
            s.box(x + 114, top + 42, (118, 132, 96, 126)[k], 13, INK if k < 2 else SOFT, 6)
        # The bar: back, forward; text size, bookmark, theme, open.
        cy = y + 34
        for left, colour in ((split + 34, INK), (split + 74, GREY)):
            d = -8 if colour == INK else 8
            s.stroke(polygon([(left - d / 1.6, cy - 11), (left + d, cy), (left - d / 1.6, cy + 11)], closed=False), colour, 4.5)
        right = x + w
        s.text(right - 236, cy + 10, "Aa", 29, weight=500, colour=SOFT)
        ribbon(s, right - 174, cy - 15, 20, 31)
        s.disc(right - 120, cy, 12, SOFT, width=3.5)
        s.fill(Shape().move(right - 120, cy - 12).cubic(right - 104, cy - 12, right - 104, cy + 12, right - 120, cy + 12).close(), SOFT)
        s.box(right - 84, cy - 10, 24, 21, SOFT, 3, width=3.5)
        s.line(right - 84, cy - 12, right - 72, cy - 12, SOFT, 5)
        # The story.
        sx = split + 96
        s.box(sx, bar + 46, 96, 11, ACCENT, 5)
        s.box(sx, bar + 78, 336, 28, INK, 4)
        s.box(sx, bar + 118, 250, 28, INK, 4)
        words(s, sx, bar + 178, (468, 460, 468, 220), 28, 11)
        s.box(sx - 28, bar + 306, 7, 78, ACCENT, 2)
        s.box(sx, bar + 312, 380, 22, mix(ACCENT, WHITE, 0.25), 5)
        s.box(sx, bar + 350, 240, 22, mix(ACCENT, WHITE, 0.25), 5)
        words(s, sx, bar + 418, (468, 452, 468, 462, 180), 28, 11)
    s.stroke(frame, INK, 5)
    badge(s, split + 164, y + 34, "1", "Top bar")
    badge(s, x + 58, y + 522, "2", "Headlines")
    badge(s, x + w - 178, bar + 56, "3", "Story")
    return s


def finding():
    s = Sheet(GROUND)
    x, w = 222, 700
    for k in range(4):
        y = 104 + k * 132
        if k == 1:
            s.box(x - 24, y - 14, w + 48, 128, SELECT, 12)
            s.box(x - 24, y - 14, 10, 128, ACCENT, 4)
        s.box(x + 20, y, 132, 100, WHITE, 9)
        s.box(x + 20, y, 132, 100, INK if k == 1 else GREY, 9, width=4.5)
        s.box(x + 182, y + 12, (440, 470, 410, 452)[k], 24, INK if k == 1 else GREY, 6)
        s.box(x + 182, y + 52, (300, 352, 330, 260)[k], 24, INK if k == 1 else GREY, 6)
        if k == 1:
            s.disc(x + 195, y + 97, 11, ACCENT)
    glass(s, 926, 196, 112, 140, 1.05, SELECT)
    lens = Shape()
    lens.path.addCircle(926, 196, 104)
    with s.inside(lens):
        s.box(846, 146, 300, 44, INK, 8)
        s.box(846, 216, 104, 44, INK, 8)
    s.disc(992, 238, 21, ACCENT)
    return s


def keys():
    s = Sheet(GROUND)
    size, gap = 196, 36
    wide = 300
    left = (1280 - (2 * size + wide + 2 * gap)) / 2

    def cap(x, y, w, label, family="sans", scale=78, accent=False):
        s.box(x, y + 16, w, size, INK, 26)
        s.box(x, y, w, size, ACCENT if accent else WHITE, 26)
        s.box(x, y, w, size, INK, 26, width=6)
        colour = WHITE if accent else INK
        if label in ("↑", "↓"):
            d = -1 if label == "↑" else 1
            cx, cy = x + w / 2, y + size / 2
            s.line(cx, cy - 40 * d, cx, cy + 40 * d, colour, 12)
            s.stroke(polygon([(cx - 32, cy + 8 * d), (cx, cy + 42 * d), (cx + 32, cy + 8 * d)], closed=False), colour, 12)
        else:
            s.text(x + w / 2, y + size / 2 + scale * 0.35, label, scale, family, 600, colour, "middle")

    for row, labels in enumerate((("↑", "↓", "Enter"), ("Space", "b", "/"))):
        x, y = left, 126 + row * (size + 54)
        for label in labels:
            w = wide if len(label) > 1 else size
            cap(x, y, w, label, scale=66 if len(label) > 1 else 92, accent=label == "b")
            x += w + gap
    return s


def sheet_of_paper(s, x, y, w, h, fold=0.28, fill=WHITE, edge=INK, width=5):
    f = w * fold
    s.fill(polygon([(x, y), (x + w - f, y), (x + w, y + f), (x + w, y + h), (x, y + h)]), fill)
    s.stroke(polygon([(x, y), (x + w - f, y), (x + w, y + f), (x + w, y + h), (x, y + h)]), edge, width)
    s.stroke(polygon([(x + w - f, y), (x + w - f, y + f), (x + w, y + f)], closed=False), edge, width)


def folder(s, x, y, w, h, fill=SIDE, edge=INK, width=4.5):
    s.box(x, y + h * 0.06, w * 0.46, h * 0.4, fill, 6)
    s.box(x, y + h * 0.06, w * 0.46, h * 0.4, edge, 6, width=width)
    s.box(x, y + h * 0.22, w, h * 0.72, fill, 6)
    s.box(x, y + h * 0.22, w, h * 0.72, edge, 6, width=width)


def entry(s, x, y, name, kind, colour=INK, size=29, weight=400):
    if kind == "folder":
        folder(s, x, y - 32, 46, 42)
    else:
        sheet_of_paper(s, x + 6, y - 33, 32, 42, edge=colour, width=4)
    s.text(x + 64, y, name, size, "mono", weight, colour)


def branch(s, x, y0, ys, reach=34):
    """The lines of a tree: down from `y0`, a stub to each of `ys`."""
    s.stroke(polygon([(x, y0), (x, ys[-1])], closed=False), GREY, 3.5)
    for y in ys:
        s.line(x, y, x + reach, y, GREY, 3.5)


def data_folder():
    s = Sheet(GROUND)
    left, right, top, box = 124, 560, 122, 300
    for x, end, name, owner in ((left, left + box, "Packs", "(anybody’s)"), (right, 1150, "Data folder", "(yours)")):
        width = s.text(x, top, name, 33, weight=650)
        s.text(x + width + 11, top, owner, 33, weight=400, colour=SOFT)
        s.line(x, top + 24, end, top + 24, GREY, 3, cap="flat")
    rows = [("offprint/", 0, "folder"), ("bookmarks/", 1, "folder"), ("org.offprint.world-desk.ron", 2, "file"), ("reading/", 1, "folder"),
            ("org.offprint.world-desk.ron", 2, "file"), ("settings.ron", 1, "file"), ("recent.ron", 1, "file")]
    pitch, first, step = 68, 212, 52
    y = lambda k: first + k * pitch
    # The pack.
    middle = y(2) - 11
    s.box(left, middle - 62, box, 124, WHITE, 12)
    s.box(left, middle - 62, box, 124, INK, 12, width=5)
    s.text(left + box / 2, middle + 8, "world-desk.offprint", 23, "mono", anchor="middle")
    # The reader's files.
    branch(s, right + 23, y(0) + 12, [y(k) - 11 for k in (1, 3, 5, 6)], 28)
    branch(s, right + step + 23, y(1) + 12, [y(2) - 11], 28)
    branch(s, right + step + 23, y(3) + 12, [y(4) - 11], 28)
    for k, (name, depth, kind) in enumerate(rows):
        entry(s, right + depth * step, y(k), name, kind, ACCENT if k == 2 else INK, 26)
    # From the bookmark to the pack it remembers.
    s.line(right + 2 * step + 1, middle, left + box + 22, middle, GROUND, 13)
    s.line(right + 2 * step + 1, middle, left + box + 22, middle, ACCENT, 5)
    s.stroke(polygon([(left + box + 42, middle - 18), (left + box + 20, middle), (left + box + 42, middle + 18)], closed=False), ACCENT, 5)
    s.text(left + box + 22, middle + 46, "remembers", 28, "italic", 500, ACCENT)
    return s


def opening():
    s = Sheet(GROUND)
    x, y, w, h = 500, 110, 600, 500
    s.box(x + 10, y + 12, w, h, RULE, 20)
    s.box(x, y, w, h, WHITE, 20)


    frame = Shape()
    frame.path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), 20, 20)
    with s.inside(frame):
        s.box(x, y, w, 70, SIDE)
        s.line(x, y + 70, x + w, y + 70, INK, 5, cap="flat")
    for k in range(3):
        s.disc(x + 44 + k * 40, y + 36, 11, GREY)
    s.stroke(frame, INK, 6)
    # The page, half inside.
    px, py, pw, ph = 318, 216, 336, 340
    s.box(px + 10, py + 12, pw, ph, RULE, 4)
    sheet_of_paper(s, px, py, pw, ph, 0.2, width=6)
    s.box(px + 42, py + 50, 176, 26, INK, 4)
    words(s, px + 42, py + 112, (250, 240, 250, 250, 170), 40, 13)
    ay = py + ph / 2
    s.line(698, ay, 872, ay, ACCENT, 16)
    s.stroke(polygon([(826, ay - 52), (880, ay), (826, ay + 52)], closed=False), ACCENT, 16)
    for k, length in enumerate((92, 132, 92)):
        s.line(288 - length, py + 80 + k * 92, 288, py + 80 + k * 92, GREY, 9)
    return s


def pack_tree():
    s = Sheet(GROUND)
    left, step, pitch, first = 180, 74, 92, 148
    rows = [("village-news/", 0, "folder", ""), ("pack.ron", 1, "file", "who, what, when, in order"), ("stories/", 1, "folder", ""),
            ("new-bridge.md", 2, "file", "the text"), ("images/", 1, "folder", ""), ("bridge.jpg", 2, "file", "the pictures")]
    y = lambda k: first + k * pitch
    branch(s, left + 23, y(0) + 12, [y(k) - 12 for k in (1, 2, 4)], 44)
    branch(s, left + step + 23, y(2) + 12, [y(3) - 12], 44)
    branch(s, left + step + 23, y(4) + 12, [y(5) - 12], 44)
    for k, (name, depth, kind, note) in enumerate(rows):
        main = k == 1
        entry(s, left + depth * step, y(k), name, kind, ACCENT if main else INK, 35)
        if note:
            end = left + depth * step + 64 + len(name) * 21
            s.line(end + 22, y(k) - 12, 746, y(k) - 12, GREY, 3, dash=(1, 9))
            s.text(766, y(k), note, 33, "italic", 500, SOFT)
    return s


def blocks():
    s = Sheet(GROUND)
    x, w = 366, 548
    s.box(x, 92, 400, 38, INK, 5)
    words(s, x, 168, (w, w - 12, 330), 34, 14)
    s.box(x, 290, 10, 92, ACCENT, 3)
    s.box(x + 40, 298, w - 88, 28, mix(ACCENT, GROUND, 0.2), 6)
    s.box(x + 40, 346, 300, 28, mix(ACCENT, GROUND, 0.2), 6)
    s.box(x, 422, w, 112, WHITE)
    s.box(x, 422, w, 38, SELECT)
    for k in range(4):
        s.line(x, 422 + k * 112 / 3, x + w, 422 + k * 112 / 3, INK, 4, cap="flat")
    for k in range(4):
        s.line(x + k * w / 3, 422, x + k * w / 3, 534, INK, 4)
    s.box(x, 566, w, 84, NOTE, 10)
    s.box(x, 566, w, 84, NOTE_EDGE, 10, width=4.5)
    words(s, x + 28, 590, (430, 320), 28, 12, mix(NOTE_EDGE, SOFT, 0.5))
    return s


def trouble():
    s = Sheet(GROUND)
    x, y, w, h = 414, 84, 400, 560
    torn = [(x, y), (x + w - 150, y), (x + w - 132, y + 34), (x + w - 104, y + 30), (x + w - 100, y + 66), (x + w - 66, y + 74),
            (x + w - 58, y + 112), (x + w - 22, y + 116), (x + w, y + 150), (x + w, y + h), (x, y + h)]
    s.fill(polygon([(a + 10, b + 12) for a, b in torn]), RULE)
    s.fill(polygon(torn), WHITE)
    s.stroke(polygon(torn), INK, 6)
    piece = [(x + w - 96, y - 6), (x + w + 44, y + 4), (x + w + 38, y + 128), (x + w + 20, y + 96), (x + w - 16, y + 90), (x + w - 24, y + 54), (x + w - 58, y + 46), (x + w - 64, y + 10)]
    piece = [(a + 40, b - 8) for a, b in piece]
    s.fill(polygon(piece), WHITE)
    s.stroke(polygon(piece), INK, 6)
    s.box(x + 48, y + 64, 170, 34, INK, 5)
    words(s, x + 48, y + 182, (300, 304, 288, 304, 180), 48, 15)
    words(s, x + 48, y + 470, (120,), 48, 15)
    tx, ty, r = 796, 506, 156
    tri = [around(tx, ty, r, k * 120) for k in range(3)]
    s.stroke(polygon(tri), GROUND, 62)
    s.stroke(polygon(tri), ACCENT, 36)
    s.fill(polygon(tri), ACCENT)
    s.line(tx, ty - 66, tx, ty + 16, WHITE, 24)
    s.disc(tx, ty + 62, 15, WHITE)
    return s


def command_line():
    s = Sheet(GROUND)
    x, y, w, h = 232, 110, 816, 500


    frame = Shape()
    frame.path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), 22, 22)
    s.box(x + 10, y + 12, w, h, RULE, 22)
    s.fill(frame, INK)
    with s.inside(frame):
        s.box(x, y, w, 70, "#34343A")
    for k in range(3):
        s.disc(x + 46 + k * 40, y + 36, 11, "#77757A")
    cy = y + 190
    s.stroke(polygon([(x + 84, cy - 52), (x + 146, cy), (x + 84, cy + 52)], closed=False), PAPER, 18)
    s.box(x + 206, cy - 18, 310, 36, PAPER, 8)
    s.box(x + 552, cy - 52, 60, 104, "#C2513F", 4)
    words(s, x + 84, y + 314, (420, 520, 300), 54, 20, "#5F5E64")
    return s


PICTURES = {
    "cover": cover,
    "window": window,
    "finding": finding,
    "keys": keys,
    "data-folder": data_folder,
    "opening": opening,
    "pack-tree": pack_tree,
    "blocks": blocks,
    "trouble": trouble,
    "command-line": command_line,
}
