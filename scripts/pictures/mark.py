"""The program's mark, a folded newspaper with a ribbon, and what is derived from it. Needs nothing but Python."""

ACCENT, PAPER, SHADE, FLAP, INK, GREY = "#9C2A1E", "#FBFAF7", "#F0EADD", "#D9CFBC", "#2B2724", "#A39C8F"


def _sheet(size, title, shapes):
    body = "\n".join(f'  <path d="{path}" fill="{fill}"/>' for path, fill in shapes)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size:g} {size:g}" width="{size:g}" height="{size:g}">\n'
            f"  <title>{title}</title>\n{body}\n</svg>\n")


def _grid(size):
    """Sixteenths of the side, laid on whole pixels: what carries the drawing is sharp at every size."""
    return lambda sixteenths: int(sixteenths * size / 16 + 0.5)


def _edge(size, large):
    """The width of the outline: a sixteenth of a small icon, and `large` 512ths of one that has room."""
    return max(1, size // 16) if size < 48 else round(large * size / 512)


def _lines(size, rows):
    """Lines of print, all of one height: left, top and right in sixteenths, and the colour."""
    g, height = _grid(size), max(1, size // 16)
    return [(_box(g(left), g(top), g(right), g(top) + height), fill) for left, top, right, fill in rows]


def _box(left, top, right, bottom):
    return f"M{left} {top}H{right}V{bottom}H{left}z"


def _ribbon(left, right, bottom):
    middle, notch = (left + right) / 2, (right - left) * 0.375
    return f"M{left} 0H{right}V{bottom}L{middle:g} {bottom - notch:g}L{left} {bottom}z"


def program(size=512):
    """The program's icon for `size` pixels."""
    g = _grid(size)
    e = _edge(size, 22)
    r = size / 16
    left, fold, right, top, flap, foot = g(1), g(4), g(15), g(1), g(5), g(15)
    outline = (f"M{left} {flap + r:g}a{r:g} {r:g} 0 0 1 {r:g}-{r:g}H{fold}V{top + r:g}a{r:g} {r:g} 0 0 1 {r:g}-{r:g}"
               f"H{right - r:g}a{r:g} {r:g} 0 0 1 {r:g} {r:g}V{foot - 2 * r:g}a{2 * r:g} {2 * r:g} 0 0 1-{2 * r:g} {2 * r:g}"
               f"H{left + 2 * r:g}a{2 * r:g} {2 * r:g} 0 0 1-{2 * r:g}-{2 * r:g}z")
    inner = 2 * r - e
    shapes = [
        (outline, INK),
        (f"M{left + e} {flap + e}H{fold}V{foot - 2 * r:g}a{r:g} {inner:g} 0 0 1-{r:g} {inner:g}"
         f"a{inner:g} {inner:g} 0 0 1-{inner:g}-{inner:g}z", FLAP),
    ]
    for begin, fill in ((top + e, PAPER), (g(8), SHADE)):
        shapes.append((f"M{fold + e} {begin}H{right - e}V{foot - 2 * r:g}a{inner:g} {inner:g} 0 0 1-{inner:g} {inner:g}"
                       f"H{fold}c{e * 0.8:g}-{r / 2:g} {e}-{r * 1.25:g} {e}-{r * 2:g}z", fill))
    shapes += _lines(size, ((6, 3, 9, INK), (6, 5, 9, INK), (6, 9, 13, GREY), (6, 11, 11, GREY)))
    shapes.append((_ribbon(g(10), g(13), g(7)), ACCENT))
    return _sheet(size, "Offprint", shapes)


def pack(size=512):
    """The icon of a content pack: a sheet with a folded corner, and the ribbon."""
    g = _grid(size)
    e = _edge(size, 18)
    left, right, top, foot, corner = g(2), g(14), g(0.5 if size >= 48 else 0), g(15.5 if size >= 48 else 16), g(4)
    shapes = [
        (f"M{left} {top}H{right - corner}L{right} {top + corner}V{foot}H{left}z", INK),
        (f"M{left + e} {top + e}H{right - corner - e * 0.5:g}L{right - e} {top + corner + e * 0.5:g}V{foot - e}H{left + e}z", PAPER),
        (f"M{right - corner - e} {top}H{right - corner}L{right} {top + corner}V{top + corner + e}H{right - corner - e}z", INK),
        (f"M{right - corner} {top + 1.5 * e:g}V{top + corner}H{right - 1.5 * e:g}z", FLAP),
    ]
    shapes += _lines(size, ((8, 6, 12, INK), (8, 8, 11, INK), (4, 11, 12, GREY), (4, 13, 10, GREY)))
    shapes.append((_ribbon(g(4), g(7), g(9)), ACCENT))
    return _sheet(size, "Offprint content pack", shapes)


def symbolic():
    """The mark in one colour, for panels and menus, which give it theirs."""
    paper = ("M5 1a1 1 0 0 0-1 1v3H2a1 1 0 0 0-1 1v7a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V2a1 1 0 0 0-1-1h-1v7l-1.5-1.5L10 8V1z"
             "M2 6H4V13a1 1 0 0 1-2 0z")
    lines = _box(6, 3, 9, 4) + _box(6, 5, 9, 6) + _box(6, 10, 13, 11) + _box(6, 12, 11, 13)
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">\n  <title>Offprint</title>\n'
            f'  <path d="{paper}{lines}" fill="#2e3436" fill-rule="evenodd"/>\n</svg>\n')
