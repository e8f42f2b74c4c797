"""Water: open waves and a working harbor."""

from __future__ import annotations

import math

from articles.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Point
from articles.demo.drawings.land import cloud, ground, ridge, sun
from articles.demo.drawings.palettes import Color, mix


def waves(canvas: Canvas) -> None:
    """Bands of swell below a low sun, with a boat, a lighthouse or a line of buoys."""
    colors, rng = canvas.palette, canvas.rng
    horizon = rng.uniform(400, 470)
    canvas.sky(colors.sky, colors.horizon, until=horizon + 80)
    sun_x = rng.uniform(300, 1300)
    sun(canvas, sun_x, horizon - rng.uniform(20, 150), rng.uniform(85, 125))
    cloud(canvas, rng.uniform(150, 1450), rng.uniform(110, 190), rng.uniform(260, 380))
    canvas.shaded(
        [(0, horizon), (WIDTH, horizon), (WIDTH, horizon + 180), (0, horizon + 180)],
        top=mix(colors.far, colors.horizon, 0.35),
        bottom=colors.far,
    )
    _sparkle(canvas, sun_x, horizon, 200)
    extra = rng.choice([_sailing_boat, _lighthouse, _buoys])
    if extra is _lighthouse:
        _lighthouse(canvas, horizon)
    for band in range(6):
        share = band / 5
        line = _crests(canvas, base=horizon + 70 + 560 * share**1.25, size=10 + 44 * share)
        tone = mix(colors.far, colors.near, share)
        shape = ground(canvas, line, top=tone, bottom=mix(tone, colors.dark, 0.3), covered=band < 5)
        canvas.stipple(shape, mix(tone, colors.light, 0.55), angle=-90, amount=0.28)
        canvas.line(line, mix(tone, colors.light, 0.6), width=1.5 + 2.5 * share, alpha=190)
        if band == 2 and extra is not _lighthouse:
            extra(canvas, line[len(line) // 4][1] + 26)
    for _ in range(rng.randint(3, 6)):
        _gull(canvas, rng.uniform(200, 1400), rng.uniform(140, horizon - 60), rng.uniform(14, 30))


def harbor(canvas: Canvas) -> None:
    """A quay with cranes and containers, a ship, and their reflections."""
    colors, rng = canvas.palette, canvas.rng
    quay = 730.0
    canvas.sky(colors.sky, colors.horizon, until=quay)
    sun(canvas, rng.uniform(250, 1350), rng.uniform(220, 380), rng.uniform(80, 115))
    cloud(canvas, rng.uniform(150, 1450), rng.uniform(90, 150), 380, share=0.4)
    far = ridge(canvas, base=640, height=150, roughness=0.45)
    tone = mix(colors.far, colors.horizon, 0.3)
    ground(canvas, far, top=tone, bottom=mix(tone, colors.horizon, 0.5), covered=True)
    start = rng.uniform(-60, 120)
    for index in range(4):
        _crane(canvas, start + index * rng.uniform(390, 440), quay, rng.uniform(400, 520))
    canvas.rect(0, 690, WIDTH, 44, color=colors.near)
    x = 20.0
    while x < WIDTH:
        _stack(canvas, x, 690, height=rng.randint(1, 4))
        x += rng.choice([86, 86, 86, 150])
    _water(canvas, quay)
    _ship(canvas, rng.uniform(140, 420), quay + 118, length=rng.uniform(820, 960))
    for _ in range(50):
        y = quay + 30 + (HEIGHT - quay - 30) * rng.random() ** 0.8
        wide = rng.uniform(30, 160) * (0.4 + (y - quay) / 340)
        lit = rng.choice([colors.light, colors.sun, colors.far])
        canvas.rounded(rng.uniform(-60, WIDTH), y, wide, 3.5, color=lit, alpha=110)


def _water(canvas: Canvas, top: float) -> None:
    colors = canvas.palette
    shape: list[Point] = [(0, top), (WIDTH, top), (WIDTH, HEIGHT), (0, HEIGHT)]
    canvas.shaded(shape, top=mix(colors.mid, colors.horizon, 0.2), bottom=colors.near)
    canvas.stipple(shape, colors.dark, angle=90, amount=0.4)


def _sparkle(canvas: Canvas, x: float, horizon: float, depth: float) -> None:
    colors, rng = canvas.palette, canvas.rng
    for step in range(14):
        y = horizon + 6 + depth * step / 14
        wide = rng.uniform(30, 150) * (1.1 - step / 20)
        canvas.rounded(
            x - wide / 2 + rng.uniform(-30, 30), y, wide, 5, color=colors.sun, alpha=200 - step * 8
        )


def _crests(canvas: Canvas, *, base: float, size: float) -> list[Point]:
    """Return a line of pointed crests, as wind makes them."""
    length = 120 + size * 7
    shift = canvas.rng.uniform(0, length)
    slow = canvas.rng.uniform(0, 6.3)
    line: list[Point] = []
    for x in range(0, WIDTH + 8, 8):
        phase = ((x + shift) % length) / length
        lift = (1 - abs(2 * phase - 1)) ** 1.7
        line.append((x, base - size * lift * (0.65 + 0.35 * math.sin(x / 210 + slow))))
    return line


def _sailing_boat(canvas: Canvas, y: float) -> None:
    colors = canvas.palette
    x, size = canvas.rng.uniform(350, 1250), canvas.rng.uniform(170, 230)
    canvas.polygon([(x, y - size * 1.2), (x, y - 20), (x + size * 0.55, y - 20)], colors.light)
    shade = mix(colors.light, colors.sun, 0.45)
    canvas.polygon([(x - 8, y - size), (x - 8, y - 20), (x - size * 0.4, y - 20)], shade)
    canvas.line([(x - 3, y - size * 1.25), (x - 3, y)], colors.dark, width=4)
    hull = [(x - size * 0.5, y - 14), (x + size * 0.62, y - 14), (x + size * 0.42, y + 24)]
    canvas.polygon([*hull, (x - size * 0.34, y + 24)], colors.accent)


def _lighthouse(canvas: Canvas, horizon: float) -> None:
    colors = canvas.palette
    x = canvas.rng.choice([canvas.rng.uniform(180, 380), canvas.rng.uniform(1220, 1420)])
    top = horizon - 250
    rock = [(x - 210, horizon + 90), (x - 120, horizon - 6), (x + 40, horizon - 30)]
    rock += [(x + 130, horizon + 10), (x + 230, horizon + 90)]
    canvas.glow(x, top - 12, 200, color=colors.light, strength=0.7)
    for part in range(6):
        high, low = top + part * 40, top + (part + 1) * 40
        wide, wider = 26 + part * 3.2, 26 + (part + 1) * 3.2
        body = [(x - wide, high), (x + wide, high), (x + wider, low), (x - wider, low)]
        canvas.polygon(body, colors.accent if part % 2 else colors.light)
        canvas.stipple(body, colors.dark, angle=0, amount=0.55)
    canvas.rect(x - 34, top - 6, 68, 8, color=colors.dark)
    canvas.rect(x - 18, top - 34, 36, 28, color=mix(colors.sun, colors.light, 0.5))
    canvas.polygon([(x - 26, top - 34), (x + 26, top - 34), (x, top - 60)], colors.accent)
    canvas.polygon(rock, colors.near)
    canvas.stipple(rock, colors.dark, angle=30, amount=0.6)


def _buoys(canvas: Canvas, y: float) -> None:
    colors = canvas.palette
    for index in range(5):
        x, size = 240 + index * 260 + canvas.rng.uniform(-50, 50), 15 + index * 5
        canvas.line([(x, y - size * 3.4), (x, y)], colors.dark, width=3)
        canvas.polygon(
            [(x, y - size * 3.5), (x + size, y - size * 3), (x, y - size * 2.6)], colors.sun
        )
        canvas.ellipse(x, y - size * 0.5, size, size * 1.1, color=colors.accent)
        canvas.rect(x - size, y - size * 0.75, size * 2, size * 0.42, color=colors.light)


def _gull(canvas: Canvas, x: float, y: float, size: float) -> None:
    color = mix(canvas.palette.dark, canvas.palette.sky, 0.25)
    wing = [(x - size, y - size * 0.3), (x - size * 0.45, y - size * 0.45), (x, y)]
    canvas.line(wing, color, width=3)
    canvas.line([(2 * x - px, py) for px, py in wing], color, width=3)


def _crane(canvas: Canvas, x: float, foot: float, height: float) -> None:
    """A gantry crane: two legs, a boom over the water, stays and a cable."""
    colors = canvas.palette
    tone, top = mix(colors.accent, colors.near, 0.2), foot - height
    for leg in (0, 118):
        canvas.rect(x + leg, top + 90, 17, height - 90, color=tone)
    canvas.rect(x, foot - height * 0.42, 135, 13, color=tone)
    for side in (0, 1):
        ends = [(x + 9 + side * 118, foot - 40), (x + 127 - side * 118, foot - height * 0.4)]
        canvas.line(ends, tone, width=6)
    canvas.rect(x - 130, top + 80, 420, 18, color=tone)
    peak = (x + 66, top)
    canvas.line([(x + 9, top + 84), peak, (x + 127, top + 84)], tone, width=9)
    canvas.line([(x - 122, top + 82), peak, (x + 284, top + 82)], tone, width=4)
    canvas.rect(x + 96, top + 98, 46, 30, color=colors.light)
    drop = canvas.rng.uniform(60, 170)
    canvas.line([(x + 236, top + 96), (x + 236, top + 96 + drop)], colors.dark, width=3)
    canvas.rect(x + 202, top + 96 + drop, 68, 30, color=canvas.rng.choice(_boxes(canvas)))


def _boxes(canvas: Canvas) -> list[Color]:
    colors = canvas.palette
    return [
        colors.accent,
        colors.sun,
        colors.mid,
        colors.light,
        mix(colors.accent, colors.dark, 0.4),
    ]


def _stack(canvas: Canvas, x: float, foot: float, *, height: int) -> None:
    for level in range(height):
        color = canvas.rng.choice(_boxes(canvas))
        top = foot - (level + 1) * 36
        canvas.rect(x, top, 82, 34, color=color)
        shade = mix(color, canvas.palette.dark, 0.25)
        for rib in range(7):
            canvas.rect(x + 6 + rib * 11, top + 4, 3, 26, color=shade)


def _ship(canvas: Canvas, x: float, foot: float, *, length: float) -> None:
    colors, rng = canvas.palette, canvas.rng
    deck = foot - 84
    column = x + 120
    while column < x + length - 230:
        _stack(canvas, column, deck, height=rng.randint(2, 4))
        column += 86
    bridge = x + length - 190
    canvas.rect(bridge, deck - 190, 112, 190, color=colors.light)
    canvas.rect(bridge - 12, deck - 206, 136, 22, color=mix(colors.light, colors.far, 0.4))
    for level in range(4):
        canvas.rect(bridge + 12, deck - 168 + level * 40, 88, 12, color=colors.near)
    canvas.rect(bridge + 66, deck - 250, 34, 46, color=colors.accent)
    hull = [
        (x, deck - 22),
        (x + 90, deck),
        (x + length, deck),
        (x + length - 34, foot),
        (x + 76, foot),
    ]
    canvas.polygon(hull, colors.dark)
    canvas.stipple(hull, mix(colors.near, colors.light, 0.2), angle=-90, amount=0.35)
    red = [
        (x + 62, foot - 20),
        (x + length - 28, foot - 20),
        (x + length - 34, foot),
        (x + 76, foot),
    ]
    canvas.polygon(red, colors.accent)
    shadow = [
        (x + 76, foot),
        (x + length - 34, foot),
        (x + length - 90, foot + 70),
        (x + 150, foot + 70),
    ]
    canvas.polygon(shadow, colors.dark, alpha=70)
