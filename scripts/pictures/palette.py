"""The colours of the pictures: one family, a few grounds, one accent."""
from dataclasses import dataclass

ACCENT = "#9C2A1E"
INK = "#1B1B1D"
SOFT = "#5E5B55"
FAINT = "#8D8A83"
RULE = "#E2DED5"
PAPER = "#FBFAF7"
GROUND = "#EDE7DB"  # under the drawings of the guide, so that they keep their edge on any theme
WHITE = "#FFFFFF"


@dataclass(frozen=True)
class Ground:
    """What a picture stands on. `sea` is the ground itself; on maps it is water."""

    sea: str
    land: str  # the country the story is about; on charts and emblems the light shape
    other: str  # its neighbours; the second tint
    strong: str  # a marked region; the third tint
    deep: str  # the dark of the same hue, for sea names and for shapes that carry weight


SEA = Ground("#C9D8DC", "#F1EBDC", "#DCD4BF", "#DFB79F", "#3F5C66")
LAVENDER = Ground("#D7DCE8", "#F3EEE1", "#D9D5CE", "#DDB6A2", "#49526F")
GREEN = Ground("#DDE5D6", "#F6F1E4", "#DDD8C2", "#DFB79F", "#4D6045")
ROSE = Ground("#E6D5CB", "#FAF4E9", "#E3D6BF", "#DFAB93", "#6E4C40")
MIST = Ground("#D3DEE3", "#F2EBDC", "#D9D2C1", "#DEB49C", "#42596A")


def mix(a, b, t):
    """The colour `t` of the way from `a` to `b`."""
    x, y = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (a, b))
    return "#%02X%02X%02X" % tuple(round(p + (q - p) * t) for p, q in zip(x, y))
