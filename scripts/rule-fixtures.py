"""Writes tests/packs/rules: for each rule of `offprint check` a pack that breaks it and its nearest sound neighbour.

    python3 scripts/rule-fixtures.py

Each rule has a folder with `pass`, `fail` (a folder, or `.offprint` where a folder could not be kept everywhere or would be
large) and `expect.txt`: a line `expect: pack.ron:3:5` for each place where `fail` has the problem, and `also: P041` for an
error or warning that comes along. In the texts below `¦` marks such a place; it is
taken out when the file is written. Rules that are not named here have their fixtures from elsewhere and are left alone.
"""
import base64
import hashlib
import io
import shutil
import stat
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests/packs/rules"

MANIFEST = """Pack(
    format: 1,
    id: "org.example.village",
    edition: "2025-09-01",
    title: "Village News",
    language: "en",
    published: "2025-09-01",
    publisher: Publisher(name: "The parish office"),
    rights: "CC0 1.0",
    sections: [
        Section(id: "village", title: "The village", stories: [
            Story(
                id: "bridge",
                headline: "New footbridge opens on Saturday",
                summary: "The crossing by the mill is ready.",
            ),
        ]),
    ],
)
"""
BODY = "stories/bridge.md"
PICTURE = "images/bridge.png"
ALT = "A wooden footbridge over a stream."
SECOND = """            Story(
                id: "ferry",
                headline: "The ferry rests in winter",
                summary: "It starts again in March.",
            ),
"""
END_OF_STORY = "            ),\n        ]),\n"
END_OF_SECTION = "        ]),\n    ],\n"


def manifest(*changes):
    """The manifest with something in the place of something else."""
    text = MANIFEST
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def story(fields):
    """The manifest with further lines in its story."""
    return manifest((END_OF_STORY, "".join(f"                {line}\n" for line in fields) + END_OF_STORY))


def second(text=SECOND):
    """The manifest with a second story."""
    return manifest((END_OF_STORY, "            ),\n" + text + "        ]),\n"))


def section(text):
    """The manifest with a second section."""
    return manifest((END_OF_SECTION, "        ]),\n" + f"        {text}\n" + "    ],\n"))


def thumbnail(image):
    return story([f"thumbnail: {image},"])


def pictured(name=PICTURE, alt=ALT):
    return thumbnail(f'Image(file: "{name}", alt: "{alt}")')


def png(width, height, extra=b""):
    """A picture of one grey, a bit a pixel."""
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    row = bytes(1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    middle = b"".join(chunk(name, content) for name, content in extra) if extra else b""
    return b"\x89PNG\r\n\x1a\n" + head + middle + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/"
    "wAALCAAQABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AAP/Z"
)


def located(jpeg):
    """The same picture, with a latitude in its Exif data."""
    tiff = b"MM\0\x2a" + struct.pack(">I", 8)
    tiff += struct.pack(">HHHIII", 1, 0x8825, 4, 1, 26, 0)
    tiff += struct.pack(">HHHIII", 1, 0x0002, 5, 3, 44, 0)
    tiff += struct.pack(">IIIIII", 51, 1, 30, 1, 0, 1)
    exif = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def body(text):
    return {"pack.ron": MANIFEST, BODY: text}


GOOD_PICTURE = png(1280, 720)
ONE_PICTURE = {"pack.ron": pictured(), PICTURE: GOOD_PICTURE}
TALK = "> “We have waited nine years.”\n> — Ana Lee, harbour master\n"
LONG = "The quay opens at ten and closes at nine, and whoever comes later takes the old one. " * 3
# So large and so easy to pack that the container refuses them too.
BOMBS = ["P022"]
# As much as may come of next to nothing.
HEAVY = [(b"prVt", bytes(1_000_000))]


class Zip(dict):
    """Files that go into one file; a value may be (mode, content)."""


# What a rule’s `pass` and `fail` hold, and the files that `fail` is told for as a whole.
RULES = {
    "P001": (body("Words.\n"), {BODY: "Words.\n"}, ["pack.ron"]),
    "P002": (
        {"pack.ron": MANIFEST},
        {"pack.ron": manifest(('title: "Village News",\n    language', 'title: "Village News"\n    ¦language'))},
    ),
    "P003": ({"pack.ron": MANIFEST}, {"pack.ron": manifest(("format: 1", "format: 2"))}, ["pack.ron"]),
    "P004": (
        {"pack.ron": MANIFEST},
        {"pack.ron": MANIFEST[: MANIFEST.index("            Story(")] + "        ]),\n    ],\n)\n"},
        ["pack.ron"],
    ),
    "P010": (
        {"pack.ron": story(['tags: ["Roads"],'])},
        {"pack.ron": story(['¦tag: ["Roads"],'])},
    ),
    "P011": ({"pack.ron": second()}, {"pack.ron": second(SECOND.replace('id: "ferry"', '¦id: "bridge"'))}),
    "P012": ({"pack.ron": second()}, {"pack.ron": second(SECOND.replace('id: "ferry"', '¦id: "The Ferry"'))}),
    "P013": (
        {"pack.ron": story(['published: "2025-09-01",'])},
        {"pack.ron": story(['¦published: "1 September",'])},
    ),
    "P014": (
        {"pack.ron": second(SECOND.replace("            ),", '                related: ["bridge"],\n            ),'))},
        {"pack.ron": second(SECOND.replace("            ),", '                ¦related: ["mill"],\n            ),'))},
    ),
    "P015": (
        {"pack.ron": section('Section(id: "sea", title: "The sea", stories: [\n' + SECOND + "        ]),")},
        {"pack.ron": section('¦Section(id: "sea", title: "The sea", stories: []),')},
    ),
    "P016": (
        {"pack.ron": second()},
        {"pack.ron": second(SECOND.replace("Story(", "¦Story(").replace('                headline: "The ferry rests in winter",\n', ""))},
    ),
    "P017": ({"pack.ron": MANIFEST}, {"pack.ron": manifest(("Pack(", "¦Pack("), ('    language: "en",\n', ""))}),
    "P018": (
        {"pack.ron": manifest(('language: "en"', 'language: "en-GB"'))},
        {"pack.ron": manifest(('language: "en"', '¦language: "English, British"'))},
    ),
    "P019": (
        {"pack.ron": section('Section(id: "sea", title: "The sea", stories: [\n' + SECOND + "        ]),")},
        {"pack.ron": section('Section(¦id: "village", title: "The sea", stories: [\n' + SECOND + "        ]),")},
    ),
    "P020": (
        {"pack.ron": story(['body: "texts/bridge.md",']), "texts/bridge.md": "Words.\n"},
        {"pack.ron": story(['¦body: "texts/bridge.md",'])},
    ),
    "P021": (body("Words.\n\nA café.\n"), body("Words.\n\nA café.\n".encode("latin-1")), [f"{BODY}:3:6"]),
    "P022": (body("Words.\n"), Zip(body("Words. \n" * (1 << 20) + "\n")), [BODY]),
    "P023": (body("The quay is `<b>open</b>`.\n"), body("The quay is ¦<b>open</b>.\n")),
    "P024": (
        {"pack.ron": second(), BODY: "Take [the ferry](story:ferry).\n"},
        body("Take ¦[the ferry](story:ferry).\n"),
    ),
    "P025": (
        body("See [the plan](https://example.org/plan.pdf).\n"),
        body("See ¦[the plan](plan.pdf).\n"),
    ),
    "P026": (body("Words.\n"), body("\n\n"), [BODY]),
    "P027": (body("Words.\n\n## Where it is\n\nBy the mill.\n"), body("Words.\n\n¦# Where it is\n\nBy the mill.\n")),
    "P028": (body("## The town\n\n### The harbour\n\nWords.\n"), body("## The town\n\n¦#### The harbour\n\nWords.\n")),
    "P029": (body("## The town\n\nWords.\n"), body("¦##\n\nWords.\n")),
    "P030": (ONE_PICTURE, {"pack.ron": thumbnail(f'Image(¦file: "{PICTURE}", alt: "{ALT}")')}),
    "P031": (
        ONE_PICTURE,
        {"pack.ron": thumbnail(f'Image(¦file: "{PICTURE}", alt: "{ALT}")'), PICTURE: GOOD_PICTURE[:-20]},
    ),
    "P032": (
        ONE_PICTURE,
        {"pack.ron": thumbnail(f'Image(¦file: "{PICTURE}", alt: "{ALT}")'), PICTURE: png(12_000, 9_000)},
    ),
    "P033": (ONE_PICTURE, {"pack.ron": story([f'¦thumbnail: Image(file: "{PICTURE}"),']), PICTURE: GOOD_PICTURE}),
    "P034": (
        ONE_PICTURE,
        {"pack.ron": thumbnail(f'Image(¦file: "images/bridge.jpg", alt: "{ALT}")'), "images/bridge.jpg": GOOD_PICTURE},
    ),
    "P035": (ONE_PICTURE, {"pack.ron": pictured(), PICTURE: png(3_000, 2_000)}, [PICTURE]),
    "P036": (ONE_PICTURE, {"pack.ron": pictured(), PICTURE: png(200, 150)}, [PICTURE]),
    "P037": (
        ONE_PICTURE,
        {"pack.ron": pictured(), PICTURE: png(1280, 720, [(b"acTL", struct.pack(">II", 2, 0))])},
        [PICTURE],
    ),
    "P038": (
        {**body(f"![{ALT}](images/bridge.jpg)\n"), "images/bridge.jpg": JPEG},
        {**body(f"![{ALT}](images/bridge.jpg)\n"), "images/bridge.jpg": located(JPEG)},
        ["images/bridge.jpg"],
    ),
    "P039": (ONE_PICTURE, {"pack.ron": thumbnail(f'Image(file: "{PICTURE}", ¦alt: "bridge.png")'), PICTURE: GOOD_PICTURE}),
    "P040": (
        {"pack.ron": story(['body: "bridge.md",']), "bridge.md": "Words.\n"},
        {"pack.ron": story(['¦body: "../bridge.md",'])},
    ),
    "P042": (Zip(body("Words.\n")), Zip({"pack.ron": MANIFEST, BODY: (stat.S_IFLNK | 0o777, "../../secret.md")}), [BODY]),
    "P043": (body("Words.\n"), {**body("Words.\n"), "stories/mill.md": "Words.\n"}, ["stories/mill.md"]),
    "P044": (
        Zip({**ONE_PICTURE, BODY: f"![{ALT}](images/plan.png)\n", "images/plan.png": GOOD_PICTURE}),
        Zip({**ONE_PICTURE, BODY: f"![{ALT}](images/Bridge.png)\n", "images/Bridge.png": GOOD_PICTURE}),
        [PICTURE],
    ),
    "P046": (
        ONE_PICTURE,
        Zip(
            {
                **ONE_PICTURE,
                BODY: "\n".join(f"![{ALT}](images/plan-{n}.png)\n" for n in range(51)),
                **{f"images/plan-{n}.png": png(1280, 720, HEAVY) for n in range(51)},
            }
        ),
        ["pack.ron"],
    ),
    "P047": (body("The café is open.\n"), body("The caf¦e\u0301 is open.\n")),
    "P048": (body("Words.\n"), Zip(body("Words " * 50_001 + "\n")), [BODY]),
    "P049": (
        {"pack.ron": MANIFEST},
        {"pack.ron": manifest(("Story(", "¦Story("), ('                summary: "The crossing by the mill is ready.",\n', ""))},
    ),
    "P050": (
        {"pack.ron": MANIFEST},
        {"pack.ron": manifest(('id: "org.example.village"', '¦id: "village-news"'))},
    ),
    "P051": (
        {"pack.ron": MANIFEST},
        {"pack.ron": manifest(('edition: "2025-09-01"', '¦edition: "1-9-2025"'))},
    ),
    "P052": ({"pack.ron": MANIFEST}, {"pack.ron": manifest(("Pack(", "¦Pack("), ('    rights: "CC0 1.0",\n', ""))}),
    "P053": (
        {"pack.ron": MANIFEST},
        {"pack.ron": manifest(('summary: "The crossing by the mill is ready."', '¦summary: "New footbridge opens on Saturday."'))},
    ),
    "P054": (
        {"pack.ron": story(['byline: ["Ana Lee"],'])},
        {"pack.ron": story(['¦byline: ["By Ana Lee"],'])},
    ),
    "P055": (
        {"pack.ron": story(['published: "2025-09-01T08:00:00+01:00",'])},
        {"pack.ron": story(['¦published: "2025-10-01",'])},
    ),
    "P056": (
        {"pack.ron": story(['published: "2025-08-30",', 'updated: "2025-08-31",'])},
        {"pack.ron": story(['published: "2025-08-31",', '¦updated: "2025-08-30",'])},
    ),
    "P057": (
        {"pack.ron": second(SECOND.replace("            ),", '                related: ["bridge"],\n            ),'))},
        {
            "pack.ron": second(SECOND.replace("            ),", '                ¦related: ["ferry"],\n            ),')),
            "stories/ferry.md": "Of ¦[the ferry](story:ferry), more in March.\n",
        },
    ),
    "P058": (
        {"pack.ron": second()},
        {"pack.ron": second(SECOND.replace('headline: "The ferry rests in winter"', '¦headline: "New footbridge opens on SATURDAY"'))},
    ),
    "P059": (
        {"pack.ron": MANIFEST},
        {"pack.ron": manifest(("headline: \"New footbridge opens on Saturday\"", f'¦headline: "New {"and sturdy " * 14}footbridge"'))},
    ),
    "P060": (body(TALK), body("Words.\n\n¦" + TALK.replace("—", "–"))),
    "P061": (
        body("She had waited nine years for it.\n\n> [!PULLQUOTE]\n> She … waited nine years\n"),
        body("She had waited nine years for it.\n\n¦> [!PULLQUOTE]\n> Ten years\n"),
    ),
    "P062": (body("> [!NOTE]\n> Mind the step.\n"), body("¦> [!WARNING]\n> Mind the step.\n")),
    "P063": (body("Words.\n\n> [!UPDATE]\n> It is open.\n"), body("Words.\n\n¦> [!UPDATE]\n")),
    "P064": (
        body("| Part | Cost |\n| :-- | --: |\n| Stone | 1 |\n| Wood \\| iron | 2 |\n"),
        body("| Part | Cost |\n| :-- | --: |\n| Stone | 1 |\n¦| Wood | iron | 2 |\n"),
    ),
    "P065": (
        body("See [the plan](https://example.org/plan).\n"),
        body("The plan is ¦[here](https://example.org/plan).\n"),
    ),
    "P066": (
        body("See [the plan][1] and [the map][2].\n\n[1]: https://example.org/plan\n[2]: https://example.org/map\n"),
        body("See [the plan][1] and [the map][1].\n\n[1]: https://example.org/plan\n¦[1]: https://example.org/map\n"),
    ),
    "P067": (body("The quay is open.\n"), body("The quay is ¦\u202enepo\u202c.\n")),
    "P068": (body("The café is open.\n"), body("The caf¦Ã© is open.\n")),
    "P069": (
        {"pack.ron": MANIFEST, BODY: LONG + "\n"},
        {"pack.ron": manifest(('language: "en"', '¦language: "ar"')), BODY: LONG + "\n"},
    ),
}


def plain(content):
    """Content without its marks, and where they were."""
    if isinstance(content, bytes):
        return content, []
    places = []
    while "¦" in content:
        before, after = content.split("¦", 1)
        places.append((before.count("\n") + 1, len(before.rsplit("\n", 1)[-1]) + 1))
        content = before + after
    return content.encode("utf-8"), places


def write(target, files):
    """Writes a pack, and returns the places that are marked in it."""
    shutil.rmtree(target, ignore_errors=True)
    target.with_suffix(".offprint").unlink(missing_ok=True)
    expected = []
    contents = {}
    for name, content in files.items():
        mode, content = content if isinstance(content, tuple) else (stat.S_IFREG | 0o644, content)
        data, places = plain(content)
        contents[name] = (mode, data)
        expected += [f"{name}:{line}:{column}" for line, column in places]
    if isinstance(files, Zip):
        with zipfile.ZipFile(target.with_suffix(".offprint"), "w") as archive:
            mimetype = zipfile.ZipInfo("mimetype")
            archive.writestr(mimetype, "application/vnd.offprint.pack+zip")
            for name, (mode, data) in sorted(contents.items(), key=lambda it: (it[0] != "pack.ron", it[0])):
                entry = zipfile.ZipInfo(name)
                entry.external_attr = mode << 16
                entry.create_system = 3
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, data, compresslevel=9)
    else:
        for name, (_, data) in contents.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return expected


def main():
    for code, (sound, broken, *whole) in RULES.items():
        folder = FOLDER / code
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / "pass", sound)
        expected = write(folder / "fail", broken) + (whole[0] if whole else [])
        assert expected, code
        also = ["also: P041\n"] if code in BOMBS else []
        (folder / "expect.txt").write_text("".join([f"expect: {place}\n" for place in expected] + also), encoding="utf-8")
    containers()


def parts(files):
    """The list of parts as `offprint build` writes it."""
    lines = [
        f'        Part(name: "{name}", bytes: {len(data)}, sha256: "{hashlib.sha256(data).hexdigest()}"),\n'
        for name, data in files.items()
    ]
    return ("Parts(\n    format: 1,\n    parts: [\n" + "".join(lines) + "    ],\n)\n").encode()


def archive(entries):
    """A single file of (name, content)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.create_system = 3
            made.writestr(entry, data)
    return out.getvalue()


def containers():
    """What can be wrong with a single file as such."""
    media_type = ("mimetype", b"application/vnd.offprint.pack+zip")
    files = {"pack.ron": MANIFEST.encode(), BODY: b"Words.\n"}
    listed = ("META/parts.ron", parts(files))
    sound = archive([media_type, *files.items(), listed])
    bare = archive([media_type, *files.items()])
    directory = sound.index(b"PK\x01\x02")
    gone = {**files, "images/gone.png": b"gone"}
    broken = {
        "P041": (sound[71:], ["pack.ron"], []),
        "P070": (archive([*files.items(), listed]), ["fail.offprint"], []),
        "P071": (sound[:directory], ["fail.offprint"], []),
        "P072": (archive([media_type, *files.items(), (BODY, b"Other words.\n")]), [BODY], []),
        # The name in the local header is another.
        "P073": (bare.replace(BODY.encode(), BODY.replace("b", "f").encode(), 1), [BODY], ["P041"]),
        "P074": (sound + bytes(64), ["fail.offprint"], []),
        "P076": (archive([media_type, *{**files, BODY: b"Others.\n"}.items(), listed]), [BODY], []),
        "P077": (archive([media_type, *files.items(), ("META/parts.ron", parts(gone))]), ["images/gone.png"], []),
        "P078": (archive([media_type, *files.items(), ("README.md", b"More.\n"), listed]), ["README.md"], []),
        "P079": (archive([media_type, *files.items(), ("META/parts.ron", b"Parts(format: 2, parts: [])\n")]), ["META/parts.ron"], []),
    }
    for code, (data, places, also) in broken.items():
        folder = FOLDER / code
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pass.offprint").write_bytes(sound)
        (folder / "fail.offprint").write_bytes(data)
        lines = [f"expect: {place}\n" for place in places] + [f"also: {other}\n" for other in also]
        (folder / "expect.txt").write_text("".join(lines), encoding="utf-8")


main()
