"""The picture of the template that `offprint new` starts a pack with."""
from draw import Sheet, polygon
from palette import ACCENT, GREEN, INK, SOFT, WHITE, mix


def placeholder():
    """A print pinned to a wall: hills and a sun, and nothing that could be taken for news."""
    s = Sheet(GREEN.sea)
    s.colours = 48
    x, y, w, h = 330, 120, 620, 480
    s.box(x + 10, y + 14, w, h, mix(GREEN.sea, GREEN.deep, 0.35), 6)
    s.box(x, y, w, h, WHITE, 6)
    inner = (x + 34, y + 34, w - 68, h - 120)
    left, top, wide, high = inner
    s.box(*inner, GREEN.land)
    s.disc(left + wide * 0.68, top + high * 0.36, 46, GREEN.strong)
    s.fill(polygon([(left, top + high), (left, top + 240), (left + 170, top + 130), (left + 330, top + 270), (left + 400, top + high)]), GREEN.other)
    s.fill(polygon([(left + 150, top + high), (left + 400, top + 170), (left + wide, top + 300), (left + wide, top + high)]), GREEN.deep)
    s.box(left, top + high + 34, 260, 12, mix(WHITE, SOFT, 0.5), 6)
    s.disc(640, y + 6, 13, ACCENT)
    s.disc(640, y + 6, 13, INK, width=3)
    return s


PICTURES = {"placeholder": placeholder}
