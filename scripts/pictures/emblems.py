"""Flat drawings for the stories a map or a chart cannot tell."""
import math

import numpy as np
import skia

from draw import Shape, Sheet, around, polygon, smooth
from palette import ACCENT, GREEN, INK, LAVENDER, MIST, ROSE, SEA, mix


# ---------------------------------------------------------------- mexico-corruption-case

def shield(x, y, w, h):
    s = Shape().move(x, y - h * 0.5)
    s.cubic(x + w * 0.14, y - h * 0.43, x + w * 0.32, y - h * 0.405, x + w * 0.5, y - h * 0.40)
    s.cubic(x + w * 0.52, y + h * 0.06, x + w * 0.36, y + h * 0.36, x, y + h * 0.5)
    s.cubic(x - w * 0.36, y + h * 0.36, x - w * 0.52, y + h * 0.06, x - w * 0.5, y - h * 0.40)
    s.cubic(x - w * 0.32, y - h * 0.405, x - w * 0.14, y - h * 0.43, x, y - h * 0.5)
    return s.close()


def star(x, y, r, points=5, inner=0.42):
    return polygon([around(x, y, r if k % 2 == 0 else r * inner, k * 180 / points) for k in range(points * 2)])


def mexico_corruption_case():
    g = GREEN
    s = Sheet(g.sea)
    s.fill(shield(436, 368, 352, 452), mix(g.sea, g.deep, 0.3), 0.55)
    s.fill(shield(430, 356, 352, 452), g.deep)
    s.stroke(shield(430, 356, 304, 396), g.land, 5)
    s.fill(star(430, 338, 104), g.land)
    s.stroke(shield(850, 356, 352, 452), ACCENT, 9, dash=(24, 21))
    s.stroke(star(850, 338, 100), ACCENT, 5, 0.55, dash=(13, 13))
    return s


# ---------------------------------------------------------------- census-order

def census_order():
    g = LAVENDER
    s = Sheet(g.sea)
    a, b, c, d = (176, 140), (716, 140), (716, 580), (176, 580)
    t1, t2, l1, r1, r2, u1 = (372, 140), (566, 140), (176, 342), (716, 286), (716, 448), (330, 580)
    t1p = [(352, 196), (380, 226), (340, 262)]  # from t1 to p
    p = (330, 312)
    pq = [(372, 296), (392, 262), (436, 268)]
    q = (470, 292)
    t2s = [(548, 190), (590, 212), (574, 252)]  # from t2 to e
    e = (600, 300)
    qe = [(508, 270), (548, 318)]
    er1 = [(640, 270), (668, 300)]
    ew = [(584, 340), (612, 372), (580, 398)]
    w = (556, 432)
    wr2 = [(608, 424), (636, 468), (676, 440)]
    pv = [(310, 352), (350, 380), (336, 420)]
    v = (368, 452)
    vw = [(410, 470), (446, 430), (502, 458)]
    vu1 = [(346, 492), (368, 528)]
    lp = [(226, 330), (268, 352)]  # from l1 to p
    back = lambda points: points[::-1]
    districts = [
        [a, t1, *t1p, p, *back(lp), l1],
        [t1, t2, *t2s, e, *back(qe), q, *back(pq), p, *back(t1p)],
        [t2, b, r1, *back(er1), e, *back(t2s)],
        [l1, *lp, p, *pv, v, *vu1, u1, d],
        [p, *pq, q, *qe, e, *ew, w, *back(vw), v, *back(pv)],
        [e, *er1, r1, r2, *back(wr2), w, *back(ew)],
        [v, *vw, w, *wr2, r2, c, u1, *back(vu1)],
    ]
    tints = [g.land, mix(g.sea, g.deep, 0.22), g.land, mix(g.sea, g.deep, 0.34), None, g.other, g.land]
    s.box(176, 140, 540, 440, g.deep, alpha=0.18)
    for points, tint in zip(districts, tints):
        if tint:
            s.fill(polygon(points), tint)
    for points, tint in zip(districts, tints):
        s.stroke(polygon(points), g.deep, 4.5)
    s.fill(polygon(districts[4]), mix(g.sea, g.deep, 0.55))
    lifted = [(x + 16, y - 26) for x, y in districts[4]]
    s.fill(polygon(lifted), ACCENT)
    s.stroke(polygon(lifted), "#FFFFFF", 5)
    # The form.
    x, y, width, height = 790, 140, 314, 440
    s.box(x + 10, y + 12, width, height, g.deep, 8, 0.16)
    s.box(x, y, width, height, "#FFFFFF", 8)
    s.box(x + 38, y + 44, 150, 20, g.deep, 4)
    for k in range(3):
        top = y + 116 + k * 104
        s.box(x + 38, top, 62, 62, g.deep, 8, width=6)
        s.stroke(polygon([(x + 50, top + 30), (x + 66, top + 48), (x + 102, top - 4)], closed=False), ACCENT, 10)
        s.box(x + 128, top + 10, 148, 12, mix(g.sea, g.deep, 0.4), 6)
        s.box(x + 128, top + 40, 104, 12, mix(g.sea, g.deep, 0.2), 6)
    return s


# ---------------------------------------------------------------- iran-war-powers

def iran_war_powers():
    g = SEA
    s = Sheet(g.sea)
    tone = mix(g.sea, g.deep, 0.34)
    x, light = 640, g.land
    body = mix(g.sea, g.land, 0.55)
    # The building, from the ground up.
    def tier(y, w, h, fill=body):
        s.box(x - w / 2, y, w, h, fill)
        s.box(x - w / 2, y, w, h, tone, width=5)
    tier(610, 1000, 200)
    tier(566, 620, 44)
    tier(440, 476, 126)
    for k in range(-5, 6):
        s.line(x + k * 40, 452, x + k * 40, 554, tone, 8, cap="flat")
    tier(416, 520, 24)
    dome = Shape().move(x - 214, 416).cubic(x - 214, 250, x - 112, 182, x - 54, 164).line((x + 54, 164)).cubic(x + 112, 182, x + 214, 250, x + 214, 416).close()
    s.fill(dome, body)
    s.stroke(dome, tone, 5)
    for k in (-0.66, -0.33, 0, 0.33, 0.66):
        rib = Shape().move(x + k * 214, 414).cubic(x + k * 214, 262, x + k * 110, 190, x + k * 54, 166)
        s.stroke(rib, tone, 4)
    tier(112, 92, 52)
    for k in (-1, 0, 1):
        s.line(x + k * 24, 118, x + k * 24, 158, tone, 6, cap="flat")
    cap = Shape().move(x - 46, 112).quad(x - 40, 74, x, 66).quad(x + 40, 74, x + 46, 112).close()
    s.fill(cap, body)
    s.stroke(cap, tone, 5)
    s.line(x, 66, x, 30, tone, 9)
    # The scales.
    dark = g.deep
    s.line(x, 246, x, 622, dark, 17, cap="flat")
    s.fill(Shape().move(x - 108, 650).quad(x - 96, 612, x - 20, 604).line((x + 20, 604)).quad(x + 96, 612, x + 108, 650).close(), dark)
    left, right = (x - 290, 296), (x + 290, 296)
    s.stroke(smooth([left, (x - 150, 276), (x, 292), (x + 150, 276), right]), dark, 15)
    s.disc(x, 262, 27, dark)
    s.disc(x, 262, 10, g.land)
    for cx, cy in (left, right):
        s.disc(cx, cy, 13, dark)
        s.line(cx, cy, cx - 118, 486, dark, 4.5)
        s.line(cx, cy, cx + 118, 486, dark, 4.5)
        s.fill(Shape().move(cx - 136, 486).line((cx + 136, 486)).quad(cx + 96, 548, cx, 548).quad(cx - 96, 548, cx - 136, 486).close(), dark)
    # A gavel on the left pan, a folded paper on the right one.
    cx, cy = left[0], 486
    with s.turned(-24, cx, cy - 60):
        s.box(cx - 12, cy - 68, 150, 19, ACCENT, 9)
        s.box(cx - 48, cy - 116, 60, 112, ACCENT, 9)
        s.box(cx - 55, cy - 103, 74, 12, g.land, 4)
        s.box(cx - 55, cy - 29, 74, 12, g.land, 4)
    cx = right[0]
    s.fill(polygon([(cx - 62, cy - 132), (cx + 30, cy - 132), (cx + 62, cy - 100), (cx + 62, cy - 2), (cx - 62, cy - 2)]), "#FFFFFF")
    s.stroke(polygon([(cx - 62, cy - 132), (cx + 30, cy - 132), (cx + 62, cy - 100), (cx + 62, cy - 2), (cx - 62, cy - 2)]), dark, 4.5)
    s.fill(polygon([(cx + 30, cy - 132), (cx + 62, cy - 100), (cx + 30, cy - 100)]), g.other)
    s.stroke(polygon([(cx + 30, cy - 132), (cx + 62, cy - 100), (cx + 30, cy - 100)]), dark, 4.5)
    for k in range(3):
        s.line(cx - 38, cy - 76 + k * 24, cx + (38 if k < 2 else 6), cy - 76 + k * 24, mix(g.sea, dark, 0.5), 7)
    return s


# ---------------------------------------------------------------- pakistan-photograph

def pakistan_photograph():
    g = MIST
    s = Sheet(g.sea)
    x, y, w, h = 310, 92, 660, 420
    s.line(640, 34, x + 90, y + 6, g.deep, 4)
    s.line(640, 34, x + w - 90, y + 6, g.deep, 4)
    s.box(x + 14, y + 18, w, h, g.deep, 4, 0.2)
    s.box(x, y, w, h, g.deep, 4)
    s.box(x + 26, y + 26, w - 52, h - 52, "#FFFFFF")
    px, py, pw, ph = x + 60, y + 60, w - 120, h - 120
    window = polygon([(px, py), (px + pw, py), (px + pw, py + ph), (px, py + ph)])
    s.fill(window, mix(g.sea, g.deep, 0.24))
    with s.inside(window):
        ground = py + ph
        for x0, x1, top in ((px + 70, px + 290, py + 28), (px + 180, px + 430, py + 52), (px + 300, px + 520, py + 100)):
            trail = Shape().move(x0, ground).cubic(x0 + 12, ground - 150, x0 + 90, top + 40, x1, top)
            s.stroke(trail, g.land, 11)
            s.disc(x1, top, 11, g.land)
        far = smooth([(px - 20, ground - 70), (px + 80, ground - 118), (px + 170, ground - 80), (px + 290, ground - 140), (px + 400, ground - 84), (px + 500, ground - 116), (px + 600, ground - 70)])
        far.line((px + 600, ground + 20), (px - 20, ground + 20)).close()
        s.fill(far, mix(g.sea, g.deep, 0.52))
        near = smooth([(px - 20, ground - 20), (px + 110, ground - 58), (px + 230, ground - 24), (px + 360, ground - 66), (px + 480, ground - 28), (px + 600, ground - 52)])
        near.line((px + 600, ground + 20), (px - 20, ground + 20)).close()
        s.fill(near, g.deep)
    s.box(528, 546, 236, 108, g.deep, 8, 0.2)
    s.box(522, 538, 236, 108, g.land, 8)
    s.box(522, 538, 236, 108, mix(g.other, g.deep, 0.35), 8, width=3)
    s.text(640, 624, "?", 92, "serif", 760, ACCENT, "middle")
    return s


# ---------------------------------------------------------------- trade-truce-rumours

def trade_truce_rumours():
    g = ROSE
    s = Sheet(g.sea)
    x = 466
    for dx in (26, 0):
        handle = Shape().move(x - 88 + dx, 236).cubic(x - 88 + dx, 60, x + 88 + dx, 60, x + 88 + dx, 236)
        s.stroke(handle, mix(g.deep, g.sea, 0.35) if dx else g.deep, 13)
    body = polygon([(x - 196, 214), (x + 196, 214), (x + 226, 634), (x - 226, 634)])
    s.fill(body, g.land)
    s.fill(polygon([(x + 128, 214), (x + 196, 214), (x + 226, 634), (x + 152, 634)]), g.other)
    s.stroke(body, g.deep, 6)
    s.stroke(polygon([(x + 128, 214), (x + 152, 634)], closed=False), g.deep, 4)
    front = Shape().move(x - 88, 236).cubic(x - 88, 60, x + 88, 60, x + 88, 236)
    s.stroke(front, g.deep, 13)
    for dx in (-88, 88):
        s.disc(x + dx, 240, 15, g.deep)
    # A large tag hangs from the handle; the glass is over it.
    tx, ty = x + 262, 236
    s.stroke(Shape().move(x + 88, 240).cubic(x + 130, 300, x + 190, 180, tx, ty + 12), g.deep, 5)
    with s.turned(-9, tx, ty):
        tag = polygon([(tx - 40, ty - 34), (tx + 40, ty - 34), (tx + 128, ty + 48), (tx + 128, ty + 372), (tx - 128, ty + 372), (tx - 128, ty + 48)])
        s.fill(tag, "#FFFFFF")
        s.stroke(tag, g.deep, 6)
        s.disc(tx, ty + 12, 17, g.sea)
        s.disc(tx, ty + 12, 17, g.deep, width=6)
        s.box(tx - 88, ty + 326, 120, 14, mix(g.sea, g.deep, 0.3), 7)
    lens = (tx + 36, 418)
    ax, ay = around(*lens, 118, 128)
    bx, by = around(*lens, 312, 128)
    s.line(ax, ay, bx, by, INK, 34)
    s.line(*around(*lens, 176, 128), bx, by, g.deep, 38)
    s.disc(*lens, 116, g.land)
    s.disc(*lens, 116, g.deep, width=20)
    s.text(lens[0], lens[1] + 64, "?", 190, "serif", 720, ACCENT, "middle")
    return s


# ---------------------------------------------------------------- flip-gordon

def flip_gordon():
    g = MIST
    s = Sheet(g.sea)
    x, y = 640, 356
    for top, colour in ((208, g.land), (376, g.land), (544, g.land)):
        s.line(-20, top + 6, 1300, top + 6, g.deep, 26, 0.22, cap="flat")
        s.line(-20, top, 1300, top, g.deep, 26, cap="flat")
        s.line(-20, top - 4, 1300, top - 4, colour, 13, cap="flat")
    half = [(0, -290), (92, -278), (168, -226), (206, -140), (210, -40), (194, 60), (166, 150), (128, 226), (84, 276), (0, 296)]
    head = smooth([(x + a, y + b) for a, b in half] + [(x - a, y + b) for a, b in reversed(half[1:-1])], closed=True)
    s.stroke(head, "#FFFFFF", 22)
    s.fill(head, ACCENT)
    cream = g.land
    with s.inside(head):
        for side in (-1, 1):
            at = lambda *ps: [(x + side * a, y + b) for a, b in ps]
            # A flame from the brow to the temple, a blade along the jaw.
            s.fill(polygon(at((26, -300), (64, -196), (92, -232), (112, -160), (150, -196), (150, -128), (232, -150), (232, -300))), cream)
            s.fill(polygon(at((232, 40), (150, 66), (186, 106), (118, 124), (150, 168), (84, 178), (104, 232), (60, 320), (232, 320))), cream)
    for side in (-1, 1):
        at = lambda *ps: [(x + side * a, y + b) for a, b in ps]
        # The eye: cream patch, dark opening.
        patch = smooth(at((22, -34), (56, -92), (128, -112), (182, -74), (168, -8), (112, 26), (50, 12)), closed=True)
        s.fill(patch, cream)
        eye = smooth(at((50, -34), (84, -70), (132, -74), (152, -48), (126, -14), (82, -8)), closed=True)
        s.fill(eye, INK)
    # Nose and mouth.
    s.fill(polygon([(x, y - 10), (x + 30, y + 74), (x, y + 92), (x - 30, y + 74)]), cream)
    s.fill(polygon([(x, y - 300), (x + 20, y - 170), (x, y - 66), (x - 20, y - 170)]), cream)
    mouth = smooth([(x - 86, y + 150), (x - 44, y + 122), (x, y + 130), (x + 44, y + 122), (x + 86, y + 150), (x + 50, y + 188), (x, y + 196), (x - 50, y + 188)], closed=True)
    s.fill(mouth, cream)
    inner = smooth([(x - 56, y + 152), (x - 26, y + 144), (x, y + 148), (x + 26, y + 144), (x + 56, y + 152), (x + 28, y + 168), (x, y + 172), (x - 28, y + 168)], closed=True)
    s.fill(inner, INK)
    return s


# ---------------------------------------------------------------- jess-carter

def football(s, x, y, r, light, dark, turn):
    """The old panel ball: twelve pentagons and the seams between them, seen from the front."""
    phi = (1 + math.sqrt(5)) / 2
    corners = np.array([p for a in (-1, 1) for b in (-phi, phi) for p in ((0, a, b), (a, b, 0), (b, 0, a))]) / math.hypot(1, phi)
    ax, ay, az = turn
    rx = np.array([[1, 0, 0], [0, math.cos(ax), -math.sin(ax)], [0, math.sin(ax), math.cos(ax)]])
    ry = np.array([[math.cos(ay), 0, math.sin(ay)], [0, 1, 0], [-math.sin(ay), 0, math.cos(ay)]])
    rz = np.array([[math.cos(az), -math.sin(az), 0], [math.sin(az), math.cos(az), 0], [0, 0, 1]])
    corners = corners @ (rz @ ry @ rx).T
    edge = np.linalg.norm(corners[0] - corners, axis=1)
    edge = np.min(edge[edge > 0.1])
    neighbours = lambda i: [j for j in range(12) if abs(np.linalg.norm(corners[i] - corners[j]) - edge) < 1e-6]
    unit = lambda v: v / np.linalg.norm(v)
    arc = lambda a, b: [unit(a + (b - a) * t) for t in np.linspace(0, 1, 9)]
    flat = lambda points: [(x + r * p[0], y - r * p[1]) for p in points]
    s.disc(x, y, r, light)
    ball = Shape()
    ball.path.addCircle(x, y, r)
    with s.inside(ball):
        for i in range(12):
            own = corners[i]
            for j in neighbours(i):
                if i < j:
                    seam = arc(unit(own * 2 + corners[j]), unit(own + corners[j] * 2))
                    if all(p[2] > -0.05 for p in seam):
                        s.stroke(polygon(flat(seam), closed=False), dark, 6)
            if own[2] > -0.35:
                side = unit(np.cross(own, [0.3, 0.5, 0.8]))
                other = np.cross(own, side)
                ring = sorted((unit(own * 2 + corners[j]) for j in neighbours(i)), key=lambda p: math.atan2(p @ other, p @ side))
                points = [q for a, b in zip(ring, ring[1:] + ring[:1]) for q in arc(a, b)[:-1]]
                if max(p[2] for p in points) > 0:
                    # What is behind the edge is drawn on the edge.
                    points = [p if p[2] >= 0 else np.array([*(p[:2] / np.hypot(*p[:2])), 0]) for p in points]
                    s.fill(polygon(flat(points)), dark)
                    s.stroke(polygon(flat(points)), dark, 5)
    s.disc(x, y, r, dark, width=7)


def jess_carter():
    g = GREEN
    s = Sheet(g.sea)
    shadow = Shape()
    shadow.path.addOval(skia.Rect.MakeLTRB(250, 572, 590, 616))
    s.fill(shadow, g.deep, 0.22)
    football(s, 420, 398, 200, "#FFFFFF", g.deep, (0.5, 0.32, 0.2))
    # The bubble points to the ball, an accent line through it.
    x, y, w, h = 668, 112, 400, 268
    bubble = Shape()
    bubble.path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), 48, 48)
    s.fill(bubble, g.land)
    s.fill(polygon([(x + 44, y + h - 20), (x + 150, y + h - 20), (x + 16, y + h + 84)]), g.land)
    for k, width in enumerate((276, 300, 190)):
        s.box(x + 54, y + 66 + k * 58, width, 22, mix(g.other, g.deep, 0.3), 11)
    with s.inside(bubble):
        s.line(x - 30, y - 24, x + w + 30, y + h + 24, g.land, 50)
    s.line(x - 30, y - 24, x + w + 30, y + h + 24, ACCENT, 22)
    return s


PICTURES = {
    "mexico-corruption-case": mexico_corruption_case,
    "census-order": census_order,
    "iran-war-powers": iran_war_powers,
    "pakistan-photograph": pakistan_photograph,
    "trade-truce-rumours": trade_truce_rumours,
    "flip-gordon": flip_gordon,
    "jess-carter": jess_carter,
}
