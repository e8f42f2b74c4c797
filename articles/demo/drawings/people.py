"""People who do not exist: busts in a few flat shapes."""

from __future__ import annotations

import math

from articles.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Point
from articles.demo.drawings.palettes import Color, mix

_SKINS: tuple[Color, ...] = (
    (86, 54, 42),
    (120, 76, 54),
    (156, 104, 74),
    (194, 140, 104),
    (222, 174, 138),
    (238, 200, 172),
)
_HAIR: tuple[Color, ...] = (
    (28, 24, 28),
    (52, 36, 32),
    (104, 66, 42),
    (170, 120, 70),
    (190, 188, 190),
)


def portrait(canvas: Canvas) -> None:
    """A bust before a plain ground with a large disc."""
    colors, rng = canvas.palette, canvas.rng
    ground = rng.choice([colors.sky, colors.far, mix(colors.sun, colors.horizon, 0.4)])
    canvas.sky(mix(ground, colors.light, 0.3), mix(ground, colors.dark, 0.1))
    x, y = WIDTH / 2, 470.0
    canvas.circle(
        x + rng.uniform(-60, 60), 520, 430, color=mix(colors.sun, ground, rng.uniform(0.2, 0.5))
    )
    skin, hair = rng.choice(_SKINS), rng.choice(_HAIR)
    style = rng.choice(["long", "short", "bun", "curls", "scarf", "bob"])
    coat = rng.choice([colors.accent, colors.near, colors.mid, colors.dark])
    _hair_behind(canvas, x, y, style=style, hair=coat if style == "scarf" else hair)
    _shoulders(canvas, x, y, coat=coat, skin=skin)
    _head(canvas, x, y, skin=skin)
    _features(canvas, x, y, skin=skin, hair=hair)
    _hair_before(canvas, x, y, style=style, hair=hair)
    if rng.random() < 0.4:
        _glasses(canvas, x, y)


def _oval(
    x: float, y: float, across: float, down: float, *, start: float = 0, end: float = 1
) -> list[Point]:
    """Return an arc from `start` to `end` of a turn, clockwise from the right."""
    steps = 60
    return [
        (
            x + across * math.cos((start + (end - start) * i / steps) * math.tau),
            y + down * math.sin((start + (end - start) * i / steps) * math.tau),
        )
        for i in range(steps + 1)
    ]


def _shoulders(canvas: Canvas, x: float, y: float, *, coat: Color, skin: Color) -> None:
    colors, rng = canvas.palette, canvas.rng
    neck = [(x - 72, y + 110), (x + 72, y + 110), (x + 84, y + 340), (x - 84, y + 340)]
    canvas.polygon(neck, mix(skin, (60, 20, 30), 0.22))
    wide = rng.uniform(400, 450)
    body: list[Point] = [(x - wide - 40, HEIGHT)]
    body += [(px, py) for px, py in _oval(x - wide + 190, y + 470, 190, 200, start=0.5, end=0.72)]
    body += [(x - 96, y + 238), (x, y + 322), (x + 96, y + 238)]
    body += [(px, py) for px, py in _oval(x + wide - 190, y + 470, 190, 200, start=0.78, end=1.0)]
    body.append((x + wide + 40, HEIGHT))
    canvas.polygon(body, coat)
    canvas.stipple(body, mix(coat, (10, 8, 20), 0.6), angle=20, amount=0.7)
    collar = rng.choice(["shirt", "round", "lapels"])
    if collar == "round":
        canvas.line(
            _oval(x, y + 232, 112, 96, start=0.02, end=0.48), mix(coat, colors.light, 0.5), width=20
        )
        return
    tone = colors.light if collar == "shirt" else mix(coat, colors.dark, 0.4)
    for side in (-1, 1):
        flap = [
            (x + side * 92, y + 226),
            (x + side * 150, y + 300),
            (x + side * 72, y + 420),
            (x, y + 326),
        ]
        canvas.polygon(flap, tone)
        canvas.stipple(flap, mix(tone, colors.dark, 0.5), angle=60, amount=0.5)


def _head(canvas: Canvas, x: float, y: float, *, skin: Color) -> None:
    shade = mix(skin, (70, 24, 34), 0.5)
    for side in (-1, 1):
        canvas.ellipse(x + side * 162, y + 10, 30, 48, color=mix(skin, shade, 0.3))
    face = _oval(x, y - 20, 164, 190, start=0.5, end=1.0)
    face += _oval(x, y - 20, 164, 228, start=0.0, end=0.5)
    canvas.polygon(face, skin)
    canvas.stipple(face, shade, angle=25, amount=0.5)
    cheeks = mix(skin, (226, 90, 80), 0.32)
    for side in (-1, 1):
        canvas.ellipse(x + side * 92, y + 78, 38, 26, color=cheeks, alpha=110)


def _features(canvas: Canvas, x: float, y: float, *, skin: Color, hair: Color) -> None:
    rng = canvas.rng
    ink = mix(skin, (24, 14, 22), 0.85)
    lift = rng.uniform(-6, 6)
    for side in (-1, 1):
        canvas.ellipse(x + side * 66, y + 8, 11, 14, color=ink)
        canvas.circle(x + side * 66 + 4, y + 3, 3.4, color=(255, 255, 255))
        brow = _oval(x + side * 66, y - 14 + lift, 42, 22, start=0.6, end=0.9)
        canvas.line(brow, mix(hair, ink, 0.5), width=9)
    nose = [(x + 4, y + 12), (x + 26, y + 74), (x - 4, y + 82)]
    canvas.line(nose, mix(skin, ink, 0.45), width=6)
    mouth = _oval(x, y + 104, 52, rng.uniform(20, 32), start=0.06, end=0.44)
    canvas.line(mouth, mix((170, 50, 56), skin, 0.25), width=10)


def _hair_behind(canvas: Canvas, x: float, y: float, *, style: str, hair: Color) -> None:
    deep = mix(hair, (10, 8, 16), 0.3)
    if style in ("long", "scarf"):
        shape = _oval(x, y - 20, 214, 234, start=0.5, end=1.0)
        canvas.polygon([*shape, (x + 236, y + 330), (x - 236, y + 330)], deep)
    elif style == "bob":
        shape = _oval(x, y - 20, 208, 226, start=0.5, end=1.0)
        canvas.polygon([*shape, (x + 204, y + 150), (x - 204, y + 150)], deep)
    elif style == "bun":
        canvas.circle(x, y - 236, 82, color=deep)
    elif style == "curls":
        for step in range(15):
            turn = math.pi * (0.86 + step / 14 * 1.28)
            canvas.circle(x + 186 * math.cos(turn), y - 50 + 190 * math.sin(turn), 70, color=deep)


def _hair_before(canvas: Canvas, x: float, y: float, *, style: str, hair: Color) -> None:
    colors, rng = canvas.palette, canvas.rng
    side = rng.choice([-1, 1])
    if style == "scarf":
        tone = rng.choice([colors.accent, colors.light])
        band = _oval(x, y - 30, 202, 218, start=0.47, end=1.03)
        band += list(reversed(_oval(x, y - 6, 160, 150, start=0.47, end=1.03)))
        canvas.polygon(band, tone)
        canvas.stipple(band, mix(tone, colors.dark, 0.6), angle=20, amount=0.6)
        return
    cap = _oval(x, y - 28, 184, 206, start=0.49, end=1.01)
    part = x + side * rng.uniform(30, 90)
    fringe: list[Point] = [(x + 168, y - 40), (x + 128, y - 92), (part, y - 148)]
    fringe += [(part - 40, y - 124), (x - 120, y - 96), (x - 168, y - 36)]
    canvas.polygon([*cap, *fringe], hair)
    canvas.stipple([*cap, *fringe], mix(hair, colors.light, 0.35), angle=-60, amount=0.4)
    if style == "curls":
        for step in range(9):
            turn = math.pi * (1.04 + step / 8 * 0.92)
            canvas.circle(x + 150 * math.cos(turn), y - 40 + 160 * math.sin(turn), 54, color=hair)


def _glasses(canvas: Canvas, x: float, y: float) -> None:
    frame = canvas.palette.dark
    for side in (-1, 1):
        canvas.line(_oval(x + side * 68, y + 8, 50, 44), frame, width=7)
        canvas.line([(x + side * 118, y), (x + side * 162, y - 8)], frame, width=7)
    canvas.line([(x - 18, y + 2), (x + 18, y + 2)], frame, width=7)
