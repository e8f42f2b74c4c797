"""A drawing surface with soft edges: shapes, gradients, stipple, glow and grain.

Coordinates are in pixels of the finished picture, 1600 by 1067, from the top left.
Everything is drawn at twice that size and reduced at the end, as Pillow's own lines
have hard edges.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw

from articles.demo.drawings.palettes import Color, Palette

WIDTH, HEIGHT = 1600, 1067
QUALITY = 82
_SCALE = 2
_GRAIN = 9

Point = tuple[float, float]


class Canvas:
    """One picture in the making; `rng` is the only source of chance."""

    def __init__(self, palette: Palette, *, rng: random.Random) -> None:
        self.palette = palette
        self.rng = rng
        self.image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), palette.horizon)
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def sky(self, top: Color, bottom: Color, *, until: float = HEIGHT) -> None:
        """Fill the picture from its top down to `until` with a vertical gradient."""
        self._gradient_box((0, 0, WIDTH, until), top, bottom, mask=None)

    def shaded(self, points: Sequence[Point], *, top: Color, bottom: Color) -> None:
        """Fill a polygon with a vertical gradient over its own height."""
        box = _bounds(points)
        if box[2] <= box[0] or box[3] <= box[1]:
            return
        mask = self._mask(points, box)
        self._gradient_box(box, top, bottom, mask=mask)

    def polygon(self, points: Sequence[Point], color: Color, *, alpha: int = 255) -> None:
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=(*color, alpha))

    def rect(
        self, x: float, y: float, width: float, height: float, *, color: Color, alpha: int = 255
    ) -> None:
        """Fill a rectangle given by its top left corner and its size."""
        if width > 0 and height > 0:
            corners = (x, y, x + width, y + height)
            self._draw.rectangle([v * _SCALE for v in corners], fill=(*color, alpha))

    def rounded(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        color: Color,
        radius: float | None = None,
        alpha: int = 255,
    ) -> None:
        """Fill a rectangle with round corners; without `radius` its short ends are half circles."""
        corners = [v * _SCALE for v in (x, y, x + width, y + height)]
        bend = min(width, height) / 2 if radius is None else radius
        self._draw.rounded_rectangle(corners, bend * _SCALE, fill=(*color, alpha))

    def ellipse(
        self, x: float, y: float, across: float, down: float, *, color: Color, alpha: int = 255
    ) -> None:
        """Fill an ellipse given by its center and its two radii."""
        corners = (x - across, y - down, x + across, y + down)
        self._draw.ellipse([v * _SCALE for v in corners], fill=(*color, alpha))

    def circle(self, x: float, y: float, radius: float, *, color: Color, alpha: int = 255) -> None:
        self.ellipse(x, y, radius, radius, color=color, alpha=alpha)

    def line(
        self, points: Sequence[Point], color: Color, *, width: float = 2, alpha: int = 255
    ) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        thick = max(1, round(width * _SCALE))
        self._draw.line(scaled, fill=(*color, alpha), width=thick, joint="curve")

    def glow(self, x: float, y: float, radius: float, *, color: Color, strength: float) -> None:
        """Lighten around a point; `strength` from 0 to 1 is the effect at its center."""
        size = round(radius * 2 * _SCALE)
        # The built-in gradient is 0 in the middle and reaches 255 before the corners.
        falloff = Image.radial_gradient("L").point(
            [round(strength * 255 * max(0.0, 1 - v / 181) ** 2.2) for v in range(256)]
        )
        mask = falloff.resize((size, size), Image.Resampling.BILINEAR)
        place = (round((x - radius) * _SCALE), round((y - radius) * _SCALE))
        self.image.paste(color, (*place, place[0] + size, place[1] + size), mask)

    def stipple(
        self,
        points: Sequence[Point],
        color: Color,
        *,
        angle: float = 90,
        amount: float = 0.6,
    ) -> None:
        """Shade a polygon with grains that get denser in the direction of `angle`.

        Degrees, clockwise from the right: 0 darkens the right side, 90 the lower one.
        `amount` is the share of grains at the dark edge.
        """
        box = _bounds(points)
        size = _size(box)
        if min(size) < 2 * _SCALE:
            return
        # Grains are as large as pixels of the finished picture, so they are made at its size.
        small = (size[0] // _SCALE, size[1] // _SCALE)
        wanted = [round(v * amount * (v / 255) ** 0.6) for v in range(256)]
        dots = ImageChops.subtract(_ramp(small, angle).point(wanted), _noise().crop((0, 0, *small)))
        outline = Image.new("L", small, 0)
        left, top = _place(box)[:2]
        shape = [(x - left / _SCALE, y - top / _SCALE) for x, y in points]
        ImageDraw.Draw(outline).polygon(shape, fill=255)
        grains = ImageChops.darker(dots.point([0] + [255] * 255), outline)
        self.image.paste(color, _place(box), grains.resize(size, Image.Resampling.NEAREST))

    def finish(self) -> bytes:
        """Reduce, lay grain over everything and return a JPEG."""
        image = self.image.reduce(_SCALE)
        image = ImageChops.add(image, _grain(), 1, -_GRAIN // 2)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=QUALITY)
        return out.getvalue()

    def _mask(self, points: Sequence[Point], box: tuple[float, ...]) -> Image.Image:
        mask = Image.new("L", _size(box), 0)
        left, top = _place(box)[:2]
        shifted = [(x * _SCALE - left, y * _SCALE - top) for x, y in points]
        ImageDraw.Draw(mask).polygon(shifted, fill=255)
        return mask

    def _gradient_box(
        self, box: tuple[float, ...], top: Color, bottom: Color, *, mask: Image.Image | None
    ) -> None:
        ramp = _column(_size(box)[1])
        column = Image.merge(
            "RGB",
            [
                ramp.point([round(a + (b - a) * value / 255) for value in range(256)])
                for a, b in zip(top, bottom, strict=True)
            ],
        )
        band = column.resize(_size(box), Image.Resampling.NEAREST)
        self.image.paste(band, _place(box), mask)


def _bounds(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Return the polygon's box, cut to the picture."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (
        max(0.0, min(xs)),
        max(0.0, min(ys)),
        min(float(WIDTH), max(xs)),
        min(float(HEIGHT), max(ys)),
    )


def _place(box: tuple[float, ...]) -> tuple[int, int, int, int]:
    left, top = math.floor(box[0] * _SCALE), math.floor(box[1] * _SCALE)
    width, height = _size(box)
    return left, top, left + width, top + height


def _size(box: tuple[float, ...]) -> tuple[int, int]:
    return (
        max(0, math.ceil(box[2] * _SCALE) - math.floor(box[0] * _SCALE)),
        max(0, math.ceil(box[3] * _SCALE) - math.floor(box[1] * _SCALE)),
    )


def _ramp(size: tuple[int, int], angle: float) -> Image.Image:
    """Return an L image that grows from 0 to 255 in the direction of `angle`."""
    turned = Image.linear_gradient("L").rotate(90 - angle, Image.Resampling.BILINEAR, fillcolor=128)
    # A turned square shows its corners; the middle of it is pure gradient.
    inner = turned.crop((38, 38, 218, 218)) if angle % 90 else turned
    return inner.resize(size, Image.Resampling.BILINEAR)


@lru_cache(maxsize=256)
def _column(height: int) -> Image.Image:
    """Return an L image, one pixel wide, that grows from 0 at its top to 255."""
    return Image.linear_gradient("L").resize((1, height), Image.Resampling.BILINEAR)


@lru_cache(maxsize=1)
def _noise() -> Image.Image:
    """Return the grains of `stipple`: one value for every pixel of the finished picture."""
    values = random.Random(11).randbytes(WIDTH * HEIGHT)  # noqa: S311  # grain, not a secret
    return Image.frombytes("L", (WIDTH, HEIGHT), values)


@lru_cache(maxsize=1)
def _grain() -> Image.Image:
    values = random.Random(12).randbytes(WIDTH * HEIGHT)  # noqa: S311  # grain, not a secret
    layer = Image.frombytes("L", (WIDTH, HEIGHT), values).point(
        [v * _GRAIN // 255 for v in range(256)]
    )
    return Image.merge("RGB", (layer, layer, layer))
