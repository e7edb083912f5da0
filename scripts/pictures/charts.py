"""Small charts: one number or two, said by a shape, with the words beside it."""
from draw import Shape, Sheet, polygon
from palette import ACCENT, GREEN, INK, LAVENDER, MIST, ROSE, SEA, mix


def bar(x, y, w, h, radius=6):
    return polygon([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])


def mexico_seizures():
    g = SEA
    s = Sheet(g.sea)
    soft = mix(INK, g.deep, 0.6)
    left, unit = 176, 9.3
    s.text(left, 132, "Fentanyl seizures, year before = 100", 38, weight=650)
    for x in (0, 50, 100):
        if x:
            s.line(left + x * unit, 184, left + x * unit, 538, g.deep, 1.6, 0.35)
        s.text(left + x * unit, 574, str(x), 25, weight=500, colour=soft, anchor="middle" if x else "start")
    top = 236
    s.text(left, top - 16, "Year before", 28, weight=600)
    s.fill(bar(left, top, 100 * unit, 96), mix(g.sea, g.deep, 0.42))
    s.text(left + 100 * unit - 24, top + 66, "100", 52, "serif", 640, g.land, "end")
    top = 418
    s.text(left, top - 16, "Latest, as reported", 28, weight=600)
    s.fill(bar(left, top, 46 * unit, 96), ACCENT)
    s.hatch(bar(left + 46 * unit, top, 8 * unit, 96), ACCENT, 13, 5)
    s.text(left + 54 * unit + 24, top + 66, "about 50", 52, "serif", 640, ACCENT)
    s.text(left, 634, "About half, as reported; no exact figure was given.", 25, weight=450, colour=soft)
    return s


def mexico_tariff_threat():
    g = LAVENDER
    s = Sheet(g.sea)
    x, y, r, w = 640, 306, 196, 66
    s.disc(x, y, r, g.land, width=w)
    s.arc(x, y, r, 0, 0.30 * 360, ACCENT, w)
    for k in range(0, 100, 10):
        s.arc(x, y, r, k * 3.6 - 0.35, 0.7, g.sea, w)
    s.text(x, y + 38, "30\u202f%", 112, "serif", 640, anchor="middle", tracking=-0.01)
    s.text(x, 606, "duty threatened on Mexican goods", 30, weight=550, anchor="middle")
    s.text(x, 644, "from 1 August", 30, weight=450, colour=mix(INK, g.deep, 0.6), anchor="middle")
    return s


def mexico_canada_talks():
    g = GREEN
    s = Sheet(g.sea)
    soft = mix(INK, g.deep, 0.6)
    base, unit = 532, 10.6
    for k in (10, 20, 30, 40):
        s.line(250, base - k * unit, 1030, base - k * unit, g.deep, 1.6, 0.3)
        s.text(232, base - k * unit + 9, f"{k}\u202f%" if k == 40 else str(k), 25, weight=450, colour=soft, anchor="end")
    for x, value, name, note in ((455, 30, "Mexico", "suspended for 90 days"), (825, 35, "Canada", "raised")):
        shape = bar(x - 110, base - value * unit, 220, value * unit)
        if name == "Mexico":
            s.fill(shape, g.land)
            s.hatch(shape, ACCENT, 24, 6)
            s.stroke(shape, ACCENT, 4)
        else:
            s.fill(shape, ACCENT)
            s.stroke(shape, ACCENT, 4)
        halo = g.land if name == "Mexico" else None
        if halo:
            s.box(x - 88, base - value * unit + 28, 176, 84, g.land, 10)
        s.text(x, base - value * unit + 90, f"{value}\u202f%", 66, "serif", 640, ACCENT if halo else g.land, "middle")
        s.text(x, base + 50, name, 34, weight=650, anchor="middle")
        s.text(x, base + 88, note, 27, weight=450, colour=soft, anchor="middle")
    s.line(250, base, 1030, base, INK, 3, cap="flat")
    return s


def harvard_enrolment():
    g = ROSE
    s = Sheet(g.sea)
    pitch, side, left, top = 54, 46, 214, 94
    for k in range(100):
        row, column = divmod(k, 10)
        colour = ACCENT if k < 31 else mix(g.land, g.other, 0.35)
        s.box(left + column * pitch, top + row * pitch, side, side, colour, 5)
    x = 806
    s.text(x - 6, 182, "31\u202f%", 128, "serif", 640, ACCENT, tracking=-0.02)
    s.text(x, 244, "the foreign share", 32, weight=550)
    s.text(x, 284, "Mr. Trump cited", 32, weight=550)
    return s


def kremlin_drones():
    g = MIST
    s = Sheet(g.sea)
    columns, pitch, left, top = 30, 31.6, 181, 104
    for k in range(355):
        row, column = divmod(k, columns)
        x, y = left + column * pitch, top + row * pitch
        s.fill(polygon([(x - 11, y), (x + 10, y - 10), (x + 4.5, y), (x + 10, y + 10)]), ACCENT)
    s.text(left - 12, 596, "355", 128, "serif", 640, tracking=-0.02)
    s.text(left + 220, 556, "drones,", 34, weight=550)
    s.text(left + 220, 596, "one night", 34, weight=550)
    return s


PICTURES = {
    "mexico-seizures": mexico_seizures,
    "mexico-tariff-threat": mexico_tariff_threat,
    "mexico-canada-talks": mexico_canada_talks,
    "harvard-enrolment": harvard_enrolment,
    "kremlin-drones": kremlin_drones,
}
