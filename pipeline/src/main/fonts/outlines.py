"""Writes the glyph outlines of a font as text, one glyph a line, so that no node needs a font engine.

    pip install fonttools==4.60.1
    python outlines.py Roboto-Regular.ttf ../resources/sightmill/fonts/roboto.outlines

Line form: code point, advance, then SVG-like commands M L Q C Z with integer font units, y upwards.
"""

import sys

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

CHARACTERS = [chr(c) for c in range(0x20, 0x7F)] + list("°±²³×÷–—−√≤≥π")


class OutlinePen(BasePen):
    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.commands = []

    def _add(self, name, *points):
        self.commands.append(" ".join([name] + [f"{round(x)} {round(y)}" for x, y in points]))

    def _moveTo(self, p):
        self._add("M", p)

    def _lineTo(self, p):
        self._add("L", p)

    def _qCurveToOne(self, p1, p2):
        self._add("Q", p1, p2)

    def _curveToOne(self, p1, p2, p3):
        self._add("C", p1, p2, p3)

    def _closePath(self):
        self._add("Z")


def main(font_path, outline_path):
    font = TTFont(font_path)
    glyphs, names, advances = font.getGlyphSet(), font.getBestCmap(), font["hmtx"]
    with open(outline_path, "w", encoding="ascii", newline="\n") as out:
        out.write(f"# {font['name'].getDebugName(4)}, Apache License 2.0, see LICENSE-roboto.txt\n")
        out.write(f"unitsPerEm {font['head'].unitsPerEm}\n")
        for character in CHARACTERS:
            name = names.get(ord(character))
            if name is None:
                continue
            pen = OutlinePen(glyphs)
            glyphs[name].draw(pen)
            out.write(" ".join([str(ord(character)), str(advances[name][0])] + pen.commands) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
