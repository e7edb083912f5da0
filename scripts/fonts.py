"""Makes assets/fonts/*.ttf from the published font packages.

    pip install fonttools brotli numpy
    python scripts/fonts.py PACKAGES OUT

PACKAGES is a folder in which these stand unpacked (any depth; files are found by name):
  npm @fontsource-variable/newsreader 5.3.0   newsreader-{latin,latin-ext,vietnamese}-opsz-{normal,italic}.woff2
  npm inter-ui 4.1.1                          InterVariable.woff2
  Debian fonts-jetbrains-mono 2.242           JetBrainsMono-Regular.otf or .ttf

Newsreader is published only in pieces. They come from one master (same axes, same outlines, same glyph names), so they are
put together again here: outlines and variations are united, kerning is read out of every piece as one table of pairs, completed
(a pair whose two letters never met in one piece takes the value of the letter's unaccented twin) and written back as classes.
"""
import sys
import unicodedata
from pathlib import Path

import numpy as np
from fontTools import subset
from fontTools.otlLib.builder import ClassDefBuilder, buildCoverage
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables as ot
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.hvar import add_HVAR
from fontTools.varLib.instancer import instantiateVariableFont
from fontTools.varLib.varStore import OnlineVarStoreBuilder

STROKED = dict(zip("ŁłĐđĦħŦŧŊŋȷ", "LlDdHhTtNnj"))
NOTHING = (0, ())  # a kerning value: units at the default, then (region, delta) pairs


def find(root, name):
    found = sorted(Path(root).rglob(name))
    if not found:
        raise SystemExit(f"{name} is not under {root}")
    return found[0]


# ---------------------------------------------------------------- kerning, as plain numbers

def regions(font):
    """Each region of the font's variation store as ((axis, start, peak, end), …)."""
    axes = [a.axisTag for a in font["fvar"].axes]
    return [
        tuple((t, a.StartCoord, a.PeakCoord, a.EndCoord) for t, a in zip(axes, r.VarRegionAxis) if a.PeakCoord)
        for r in font["GDEF"].table.VarStore.VarRegionList.Region
    ]


def number(font, record, where):
    if record is None:
        return NOTHING
    deltas = ()
    device = getattr(record, "XAdvDevice", None)
    if device is not None:
        data = font["GDEF"].table.VarStore.VarData[device.StartSize]
        row = data.Item[device.EndSize]
        deltas = tuple(sorted((where[i], d) for i, d in zip(data.VarRegionIndex, row) if d))
    units = getattr(record, "XAdvance", 0) or 0
    # Less than a seven-hundredth of an em is not seen, and costs a class.
    return (units, deltas) if max(abs(n) for n in (units, *(d for _, d in deltas))) > 2 else NOTHING


def kerning(font, ids):
    """Glyph names, and a matrix of value numbers (see `ids`) first × second."""
    order = font.getGlyphOrder()
    at = {g: i for i, g in enumerate(order)}
    where = regions(font)
    matrix = np.zeros((len(order), len(order)), dtype=np.int32)
    done = np.zeros(matrix.shape, dtype=bool)
    for table in (s.ExtSubTable for s in kern_lookup(font).SubTable):
        if table.Format == 1:
            for first, pairs in zip(table.Coverage.glyphs, table.PairSet):
                for pair in pairs.PairValueRecord:
                    i, j = at[first], at[pair.SecondGlyph]
                    if not done[i, j]:
                        matrix[i, j] = ids.setdefault(number(font, pair.Value1, where), len(ids))
                        done[i, j] = True
        else:
            seconds = np.array([table.ClassDef2.classDefs.get(g, 0) for g in order])
            values = [
                np.array([ids.setdefault(number(font, r.Value1, where), len(ids)) for r in c.Class2Record])
                for c in table.Class1Record
            ]
            for first in table.Coverage.glyphs:
                i = at[first]
                row = values[table.ClassDef1.classDefs.get(first, 0)][seconds]
                matrix[i] = np.where(done[i], matrix[i], row)
                done[i] = True
    return order, matrix


def kern_lookup(font):
    table = font["GPOS"].table
    return next(l for l in table.LookupList.Lookup if l.LookupType == 9)


def bare(font, latin):
    """Glyphs the Latin piece does not have → its glyph for the same letter without accents or strokes."""
    known, letters = set(latin.getGlyphOrder()), latin.getBestCmap()
    out = {}
    for code, glyph in font.getBestCmap().items():
        letter = unicodedata.normalize("NFD", chr(code))[0]
        letter = STROKED.get(letter, letter)
        if glyph not in known and ord(letter) != code and ord(letter) in letters:
            out[glyph] = letters[ord(letter)]
    return out


def alike(pairs, names, pieces, units):
    """Which of `pairs` (glyph → bare letter) kern alike as first glyph: judged inside the glyph's own piece."""
    (own_names, own), (latin_names, latin) = pieces
    own_at, latin_at = {g: i for i, g in enumerate(own_names)}, {g: i for i, g in enumerate(latin_names)}
    mine = units[own[np.ix_([own_at[g] for g in names], [own_at[g] for g in names])]]
    bare_ = [latin_at[pairs[g]] for g in names]
    error = np.abs(mine - units[latin[np.ix_(bare_, bare_)]]).mean(axis=1)
    usual = np.abs(mine).mean(axis=1)
    return {g: pairs[g] for g, e, u in zip(names, error, usual) if e <= max(8, 0.3 * u)}


def united_kerning(fonts, order, ids):
    parts = [kerning(f, ids) for f in fonts]
    units = np.array([v[0] for v in ids])
    as_first, as_second = {}, {}
    for font, (names, matrix) in zip(fonts[1:], parts[1:]):
        pairs = bare(font, fonts[0])
        latin_names, latin = parts[0]
        as_first |= alike(pairs, list(pairs), ((names, matrix), (latin_names, latin)), units)
        as_second |= alike(pairs, list(pairs), ((names, matrix.T), (latin_names, latin.T)), units)
    at = {g: i for i, g in enumerate(order)}
    whole = np.full((len(order), len(order)), -1, dtype=np.int32)
    for font, (names, matrix) in zip(fonts, parts):
        # A piece keeps the parts of its composed letters, but not their kerning: only its own characters count.
        own = letters(font)
        kept = [i for i, g in enumerate(names) if g in own]
        to = np.array([at[names[i]] for i in kept])
        block = whole[np.ix_(to, to)]
        whole[np.ix_(to, to)] = np.where(block < 0, matrix[np.ix_(kept, kept)], block)
    for twin, side in ((as_first, whole), (as_second, whole.T)):
        for glyph, like in twin.items():
            row = side[at[glyph]]
            row[:] = np.where(row < 0, side[at[like]], row)
    left = int((whole < 0).sum())
    whole[whole < 0] = 0
    print(f"  kerning: {np.count_nonzero(whole)} pairs, {len(as_first)}/{len(as_second)} twins, {left} pairs not known")
    return whole


def letters(font):
    """The glyphs text can reach: those in cmap and what substitution makes of them."""
    out = set(font.getBestCmap().values())
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            out |= set(getattr(table, "mapping", {}).values())
            out |= {l.LigGlyph for ls in getattr(table, "ligatures", {}).values() for l in ls}
    return out


def write_kerning(font, order, matrix, values, store):
    def record(value):
        out = ot.ValueRecord()
        out.XAdvance, deltas = value
        if deltas:
            out.XAdvDevice = ot.Device()
            point(out.XAdvDevice, store, deltas)
        return out

    rows, columns = centres(matrix), centres(matrix.T)
    table = ot.PairPos()
    table.Format, table.ValueFormat1, table.ValueFormat2 = 2, 0x44, 0
    table.Coverage = buildCoverage([g for g, c in zip(order, rows) if matrix[c].any()], font.getReverseGlyphMap())
    kinds = []
    for own, key in ((rows, "ClassDef1"), (columns, "ClassDef2")):
        # Class 0 is what is in no class: of the second glyphs those that are never kerned, of the first ones the largest class.
        side = matrix if own is rows else matrix.T
        groups = {c: tuple(g for g, k in zip(order, own) if k == c) for c in sorted(set(own)) if side[c].any()}
        builder = ClassDefBuilder(useClass0=own is rows)
        for group in groups.values():
            builder.add(group)
        setattr(table, key, builder.build())
        numbers = {getattr(table, key).classDefs.get(group[0], 0): c for c, group in groups.items()}
        kinds.append([numbers.get(n) for n in range(max(numbers) + 1)])
    table.Class1Count, table.Class2Count = map(len, kinds)
    table.Class1Record = []
    for r in kinds[0]:
        row = ot.Class1Record()
        row.Class2Record = [ot.Class2Record() for _ in kinds[1]]
        for cell, c in zip(row.Class2Record, kinds[1]):
            cell.Value1, cell.Value2 = record(values[0 if c is None else matrix[r, c]]), None
        table.Class1Record.append(row)

    # The pairs that go their own way, in tables small enough for 16-bit offsets.
    tables, size = [], 0
    for i, first in enumerate(order):
        own = np.flatnonzero(matrix[i] != matrix[np.ix_([rows[i]], columns)][0])
        if not len(own):
            continue
        if not tables or size + len(own) > 6000:
            tables.append({})
            size = 0
        size += len(own)
        tables[-1][first] = [(order[j], record(values[matrix[i, j]])) for j in own]
    lookup = kern_lookup(font)
    lookup.LookupType = 2
    lookup.SubTable = [pairs_table(font, t) for t in tables] + [table]
    lookup.SubTableCount = len(lookup.SubTable)
    print(f"  classes: {table.Class1Count} × {table.Class2Count}, single pairs: {sum(len(p) for t in tables for p in t.values())}")


def centres(matrix, limit=150):
    """For each row the row that stands for its class: rows that differ in fewer than `limit` pairs are cheaper as one class."""
    out = np.zeros(len(matrix), dtype=int)
    unique, first, number, count = np.unique(matrix, axis=0, return_index=True, return_inverse=True, return_counts=True)
    chosen = []
    for k in np.lexsort((first, -count)):
        cost = [np.count_nonzero(matrix[c] != unique[k]) * count[k] for c in chosen]
        if cost and min(cost) < limit:
            out[number.ravel() == k] = chosen[int(np.argmin(cost))]
        else:
            chosen.append(int(first[k]))
            out[number.ravel() == k] = first[k]
    return out


def pairs_table(font, pairs):
    table = ot.PairPos()
    table.Format, table.ValueFormat1, table.ValueFormat2 = 1, 0x44, 0
    table.Coverage = buildCoverage(pairs, font.getReverseGlyphMap())
    table.PairSet = []
    for first in table.Coverage.glyphs:
        pair_set = ot.PairSet()
        pair_set.PairValueRecord = []
        for second, value in sorted(pairs[first], key=lambda p: font.getGlyphID(p[0])):
            pair = ot.PairValueRecord()
            pair.SecondGlyph, pair.Value1, pair.Value2 = second, value, None
            pair_set.PairValueRecord.append(pair)
        pair_set.PairValueCount = len(pair_set.PairValueRecord)
        table.PairSet.append(pair_set)
    table.PairSetCount = len(table.PairSet)
    return table


# ---------------------------------------------------------------- the other tables

def unite_marks(font, others, store):
    """The pieces share marks, classes and lookups; only the letters under the marks differ."""
    mine = next(l for l in font["GPOS"].table.LookupList.Lookup if l.LookupType == 4).SubTable[0]
    bases = dict(zip(mine.BaseCoverage.glyphs, mine.BaseArray.BaseRecord))
    for other in others:
        move_variations(other, store)
        theirs = next(l for l in other["GPOS"].table.LookupList.Lookup if l.LookupType == 4).SubTable[0]
        assert theirs.MarkCoverage.glyphs == mine.MarkCoverage.glyphs
        for glyph, record in zip(theirs.BaseCoverage.glyphs, theirs.BaseArray.BaseRecord):
            bases.setdefault(glyph, record)
    coverage = buildCoverage(bases, font.getReverseGlyphMap())
    mine.BaseCoverage = coverage
    mine.BaseArray.BaseRecord = [bases[g] for g in coverage.glyphs]
    mine.BaseArray.BaseCount = len(bases)


def move_variations(font, store):
    """Takes what the anchors of the mark lookups refer to over into the new variation store."""
    where = regions(font)

    def move(device):
        if device is not None:
            data = font["GDEF"].table.VarStore.VarData[device.StartSize]
            row = dict(zip((where[i] for i in data.VarRegionIndex), data.Item[device.EndSize]))
            point(device, store, sorted(row.items()))

    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable if lookup.LookupType in (4, 6) else ():
            anchors = [m.MarkAnchor for m in (table.MarkArray if lookup.LookupType == 4 else table.Mark1Array).MarkRecord]
            if lookup.LookupType == 4:
                anchors += [a for r in table.BaseArray.BaseRecord for a in r.BaseAnchor]
            else:
                anchors += [a for r in table.Mark2Array.Mark2Record for a in r.Mark2Anchor]
            for anchor in {id(a): a for a in anchors if a is not None and a.Format == 3}.values():
                move(anchor.XDeviceTable)
                move(anchor.YDeviceTable)


def point(device, store, deltas):
    """Makes `device` refer to these (region, delta) pairs in `store`."""
    store.setSupports([{t: (a, b, c) for t, a, b, c in region} for region, _ in deltas])
    index = store.storeDeltas([d for _, d in deltas])
    device.DeltaFormat, device.StartSize, device.EndSize = 0x8000, index >> 16, index & 0xFFFF


def by_feature(font, tag):
    table = font["GSUB"].table
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == tag:
            found = record.Feature.LookupListIndex
            if tag == "rvrn":
                found = [i for v in table.FeatureVariations.FeatureVariationRecord
                         for s in v.FeatureTableSubstitution.SubstitutionRecord for i in s.Feature.LookupListIndex]
            return [table.LookupList.Lookup[i] for i in found]
    return []


def unite_substitutions(font, latin, others):
    """`font` holds the extended piece's GSUB (it alone has language forms); the rest is added to it."""
    for other in others:
        for tag in ("pnum", "tnum", "rvrn"):
            for mine, theirs in zip(by_feature(font, tag), by_feature(other, tag)):
                mine.SubTable[0].mapping.update(theirs.SubTable[0].mapping)
    table = font["GSUB"].table
    table.LookupList.Lookup += by_feature(latin, "liga")
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    record = ot.FeatureRecord()
    record.FeatureTag, record.Feature = "liga", ot.Feature()
    record.Feature.FeatureParams, record.Feature.LookupCount = None, 1
    record.Feature.LookupListIndex = [table.LookupList.LookupCount - 1]
    table.FeatureList.FeatureRecord.insert(0, record)
    for script in table.ScriptList.ScriptRecord:
        for system in [script.Script.DefaultLangSys] + [l.LangSys for l in script.Script.LangSysRecord]:
            system.FeatureIndex = [0] + [i + 1 for i in system.FeatureIndex]
    for variation in table.FeatureVariations.FeatureVariationRecord:
        for substitution in variation.FeatureTableSubstitution.SubstitutionRecord:
            substitution.FeatureIndex += 1


def rename(font, family, italic=False):
    style = "Italic" if italic else "Regular"
    names = font["name"]
    postscript = f"{family.replace(' ', '')}-{style}"
    version = names.getDebugName(5).split(";")[0].removeprefix("Version ")
    for i, text in {
        1: family, 2: style, 3: f"{version};{postscript}", 4: f"{family} {style}" if italic else family,
        6: postscript, 16: family, 17: style, 25: family.replace(" ", "") + ("Italic" if italic else ""),
    }.items():
        names.removeNames(nameID=i)
        names.setName(text, i, 3, 1, 0x409)
    names.removeNames(platformID=1)
    os2 = font["OS/2"]
    os2.fsSelection = os2.fsSelection & ~0b1100001 | (1 if italic else 1 << 6)
    font["head"].macStyle = 2 if italic else 0
    os2.usWeightClass = 400
    os2.recalcUnicodeRanges(font)
    os2.recalcAvgCharWidth(font)
    # A fixed time stamp: the same packages give the same bytes.
    font.recalcTimestamp = False


# ---------------------------------------------------------------- the families

def newsreader(packages, style):
    latin, ext, viet = fonts = [
        TTFont(find(packages, f"newsreader-{piece}-opsz-{style}.woff2"), lazy=False)
        for piece in ("latin", "latin-ext", "vietnamese")
    ]
    font = TTFont(find(packages, f"newsreader-latin-opsz-{style}.woff2"), lazy=False)
    font.flavor = None
    for f in fonts + [font]:
        f.ensureDecompiled()
    order = list(font.getGlyphOrder())
    for other in (ext, viet):
        assert [vars(a) for a in other["fvar"].axes] != [] and other["avar"].segments == font["avar"].segments
        assert regions(other) and set(regions(other)) <= set(regions(latin)) | set(regions(ext))
        order += [g for g in other.getGlyphOrder() if g not in set(order)]
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    for other in (ext, viet):
        for glyph in other.getGlyphOrder():
            if glyph in font["hmtx"].metrics:
                continue
            font["glyf"].glyphs[glyph] = other["glyf"].glyphs[glyph]
            font["hmtx"].metrics[glyph] = other["hmtx"].metrics[glyph]
            if glyph in other["gvar"].variations:
                font["gvar"].variations[glyph] = other["gvar"].variations[glyph]
            glyph_class = other["GDEF"].table.GlyphClassDef.classDefs.get(glyph)
            if glyph_class:
                font["GDEF"].table.GlyphClassDef.classDefs[glyph] = glyph_class
    for table in font["cmap"].tables:
        for other in (ext, viet):
            table.cmap.update({c: g for c, g in other.getBestCmap().items() if c not in table.cmap and c <= 0xFFFF})

    ids = {NOTHING: 0}
    matrix = united_kerning(fonts, order, ids)
    store = OnlineVarStoreBuilder([a.axisTag for a in font["fvar"].axes])
    write_kerning(font, order, matrix, list(ids), store)
    move_variations(font, store)
    unite_marks(font, (ext, viet), store)
    font["GDEF"].table.VarStore = store.finish()
    font["GPOS"].table.remap_device_varidxes(font["GDEF"].table.VarStore.optimize())
    font["GSUB"] = TTFont(find(packages, f"newsreader-latin-ext-opsz-{style}.woff2"), lazy=False)["GSUB"]
    unite_substitutions(font, latin, (latin, viet))

    add_spaces(font)
    del font["HVAR"]
    add_HVAR(font)
    rename(font, "Newsreader", style == "italic")
    return font


def add_spaces(font):
    """The fixed spaces and hyphens the published pieces leave out, so that they do not fall to another face."""
    em = font["head"].unitsPerEm
    widths = {0x2002: em // 2, 0x2003: em, 0x2007: font["hmtx"]["zero"][0], 0x2009: em // 5, 0x200A: em // 10, 0x202F: em // 5}
    codes = {0x2010: "hyphen", 0x2011: "hyphen"}
    order = font.getGlyphOrder()
    for code, width in widths.items():
        name = codes[code] = f"uni{code:04X}"
        order.append(name)
        font["glyf"].glyphs[name] = Glyph()
        font["hmtx"].metrics[name] = (width, 0)
        font["gvar"].variations[name] = []
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    for table in font["cmap"].tables:
        table.cmap.update({c: g for c, g in codes.items() if c not in table.cmap})


def pruned(font, codepoints, features):
    options = subset.Options(layout_features=features, name_IDs=["*"], name_languages=[0x409], notdef_outline=True,
                             glyph_names=False, hinting=True, legacy_kern=False, drop_tables=["DSIG", "FFTM"])
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codepoints)
    worker.subset(font)
    return font


TEXT = [*range(0x20, 0x590), *range(0x1E00, 0x2000), *range(0x2000, 0x2150), *range(0x2C60, 0x2C80), *range(0xA720, 0xA800),
        *range(0xFB00, 0xFB07), 0xFEFF, 0xFFFD]
SIGNS = [*range(0x2150, 0x2400), *range(0x25A0, 0x27C0), *range(0x2900, 0x2C00), 0x1F310]


def inter(packages):
    font = TTFont(find(packages, "InterVariable.woff2"))
    font.flavor = None
    keep = ["calt", "ccmp", "locl", "kern", "mark", "mkmk", "tnum", "pnum", "case", "cpsp", "frac", "numr", "dnom", "ordn", "sups",
            "subs", "zero"]
    font = instantiateVariableFont(pruned(font, TEXT + SIGNS, keep), {"opsz": 14})
    rename(font, "Inter")
    return font


def mono(packages):
    name = "JetBrainsMono-Regular.ttf"
    font = TTFont(find(packages, name))
    # `calt` would draw -> and != as one sign; a reader wants code as it was written.
    pruned(font, [*TEXT, *SIGNS, *range(0x2500, 0x25A0)], ["ccmp", "locl", "mark", "mkmk", "zero"])
    rename(font, "JetBrains Mono")
    return font


def main():
    packages, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for file, make in {
        "Newsreader.ttf": lambda: newsreader(packages, "normal"),
        "Newsreader-Italic.ttf": lambda: newsreader(packages, "italic"),
        "Inter.ttf": lambda: inter(packages),
        "JetBrainsMono.ttf": lambda: mono(packages),
    }.items():
        print(file)
        font = make()
        font.save(out / file)
        print(f"  {(out / file).stat().st_size} bytes, {len(font.getBestCmap())} characters")


main()
