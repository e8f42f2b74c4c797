"""What people build: skyline, parliament, market, railway."""

from __future__ import annotations

import math

from articles.demo.drawings.canvas import HEIGHT, WIDTH, Canvas
from articles.demo.drawings.land import cloud, ground, pine, ridge, sun, swell
from articles.demo.drawings.palettes import Color, mix


def skyline(canvas: Canvas) -> None:
    """Three depths of buildings behind a river."""
    colors, rng = canvas.palette, canvas.rng
    bank = 850.0
    canvas.sky(colors.sky, colors.horizon, until=bank)
    sun(canvas, rng.uniform(350, 1250), rng.uniform(230, 400), rng.uniform(100, 150))
    cloud(canvas, rng.uniform(100, 1500), rng.uniform(90, 160), 320, share=0.35)
    for depth, (low, high) in enumerate([(250, 480), (200, 420), (110, 300)]):
        tone = [mix(colors.far, colors.horizon, 0.25), colors.mid, colors.near][depth]
        x = rng.uniform(-60, 0)
        while x < WIDTH:
            width = rng.uniform(64, 124) + depth * 14
            # Towers are tallest in the middle of the picture, as in a real center.
            rise = 0.55 + 0.45 * math.cos((x + width / 2 - WIDTH / 2) / WIDTH * math.pi)
            _building(canvas, x, bank, width, rng.uniform(low, high) * rise + 60, tone=tone)
            x += width + rng.choice([0, 0, 4, 26])
    canvas.rect(0, bank - 14, WIDTH, 18, color=colors.dark)
    for _ in range(22):
        x = rng.uniform(0, WIDTH)
        canvas.circle(x, bank - 26, rng.uniform(16, 30), color=mix(colors.dark, colors.mid, 0.18))
    _river(canvas, bank + 4)


def parliament(canvas: Canvas) -> None:
    """A columned front with steps, under a dome or a flag, and people before it."""
    colors, rng = canvas.palette, canvas.rng
    canvas.sky(colors.sky, colors.horizon, until=840)
    sun(canvas, rng.choice([230, 330, 1270, 1380]), rng.uniform(200, 330), rng.uniform(70, 100))
    cloud(canvas, rng.uniform(150, 600), 170, 300, share=0.5)
    cloud(canvas, rng.uniform(1000, 1450), 250, 260, share=0.5)
    middle, floor = WIDTH / 2 + rng.uniform(-50, 50), 800.0
    stone = mix(colors.light, colors.horizon, 0.45)
    shade = mix(stone, colors.mid, 0.5)
    canvas.shaded(
        [(0, floor - 6), (WIDTH, floor - 6), (WIDTH, HEIGHT), (0, HEIGHT)],
        top=mix(colors.far, colors.horizon, 0.3),
        bottom=colors.mid,
    )
    for side in (-1, 1):
        _wing(canvas, middle + side * 500, floor, stone=stone, shade=shade)
    if rng.random() < 0.6:
        _dome(canvas, middle, 372, stone=stone, shade=shade)
    else:
        _flag(canvas, middle, 330)
    _portico(canvas, middle, floor, stone=stone, shade=shade, columns=rng.choice([6, 8]))
    _steps(canvas, middle, floor, stone=stone, shade=shade)
    for _ in range(rng.randint(7, 12)):
        _walker(canvas, rng.uniform(120, 1480), rng.uniform(930, 1030))


def market(canvas: Canvas) -> None:
    """Awnings, crates of fruit, lamps on a wire, a house front behind."""
    colors, rng = canvas.palette, canvas.rng
    canvas.sky(colors.sky, colors.horizon)
    x = -20.0
    while x < WIDTH:
        width = rng.uniform(210, 330)
        tone = mix(
            rng.choice([colors.far, colors.mid, colors.sun, colors.accent]), colors.horizon, 0.5
        )
        _house(canvas, x, rng.uniform(90, 250), width, tone=tone)
        x += width
    canvas.rect(0, 800, WIDTH, HEIGHT - 800, color=mix(colors.far, colors.light, 0.3))
    floor = [(0.0, 800.0), (WIDTH, 800), (WIDTH, HEIGHT), (0, HEIGHT)]
    canvas.stipple(floor, colors.near, angle=90, amount=0.6)
    _lamps(canvas, rng.uniform(190, 250))
    stripes = [colors.accent, colors.near, colors.sun, colors.mid]
    rng.shuffle(stripes)
    place = rng.uniform(-120, 10)
    for index in range(4):
        _stall(canvas, place + index * 440, color=stripes[index % 4])
    for _ in range(rng.randint(4, 6)):
        _walker(canvas, rng.uniform(80, 1520), rng.uniform(1000, 1060), size=3.3)


def railway(canvas: Canvas) -> None:
    """A train on a viaduct across a valley."""
    colors, rng = canvas.palette, canvas.rng
    canvas.sky(colors.sky, colors.horizon, until=700)
    sun(canvas, rng.uniform(250, 1350), rng.uniform(180, 300), rng.uniform(75, 110))
    cloud(canvas, rng.uniform(200, 1400), rng.uniform(100, 170), 340)
    far = mix(colors.far, colors.horizon, 0.25)
    peaks = ridge(canvas, base=640, height=230, roughness=0.46)
    shape = ground(canvas, peaks, top=far, bottom=mix(far, colors.horizon, 0.4))
    canvas.stipple(shape, colors.mid, angle=-90, amount=0.2)
    hills = swell(canvas, base=760, height=60, waves=1.1)
    shape = ground(canvas, hills, top=mix(colors.far, colors.mid, 0.6), bottom=colors.mid)
    canvas.stipple(shape, colors.near, angle=90, amount=0.5)
    deck = rng.uniform(520, 570)
    _viaduct(canvas, deck)
    _train(canvas, deck, head=rng.uniform(900, 1450), facing=rng.choice([-1, 1]))
    front = swell(canvas, base=960, height=40, waves=0.9)
    shape = ground(canvas, front, top=colors.near, bottom=colors.dark)
    for _ in range(9):
        x = rng.uniform(0, WIDTH)
        pine(canvas, x, 1000, rng.uniform(110, 220), color=mix(colors.near, colors.dark, 0.6))


def _building(
    canvas: Canvas, x: float, foot: float, width: float, height: float, *, tone: Color
) -> None:
    colors, rng = canvas.palette, canvas.rng
    top = foot - height
    body = [(x, top), (x + width, top), (x + width, foot), (x, foot)]
    crown = rng.random()
    if crown < 0.2:
        canvas.polygon([(x, top), (x + width, top), (x + width, top - width * 0.5)], tone)
    elif crown < 0.38:
        canvas.rect(x + width * 0.25, top - 34, width * 0.5, 34, color=tone)
        canvas.rect(x + width * 0.48, top - 92, 4, 60, color=tone)
    elif crown < 0.5:
        canvas.ellipse(x + width / 2, top, width / 2, width * 0.4, color=tone)
    canvas.shaded(body, top=tone, bottom=mix(tone, colors.dark, 0.18))
    side = [(x + width * 0.68, top), (x + width, top), (x + width, foot), (x + width * 0.68, foot)]
    canvas.polygon(side, colors.dark, alpha=26)
    lit = mix(colors.sun, colors.light, 0.35)
    quiet = mix(tone, colors.light, 0.14)
    columns, rows = max(2, int(width / 22)), int(height / 27)
    step = width / (columns + 0.4)
    wide = rng.choice([0.45, 0.62])
    for row in range(1, rows):
        for column in range(columns):
            color = lit if rng.random() < 0.16 else quiet
            left = x + step * (column + 0.35)
            canvas.rect(left, top + row * 27 - 8, step * wide, 13, color=color)


def _river(canvas: Canvas, top: float) -> None:
    colors, rng = canvas.palette, canvas.rng
    water = [(0.0, top), (WIDTH, top), (WIDTH, HEIGHT), (0, HEIGHT)]
    canvas.shaded(water, top=mix(colors.near, colors.mid, 0.4), bottom=colors.dark)
    for _ in range(70):
        y = top + 10 + (HEIGHT - top) * rng.random()
        wide = rng.uniform(20, 150)
        color = rng.choice([colors.sun, colors.light, colors.far, colors.far])
        canvas.rounded(rng.uniform(-40, WIDTH), y, wide, 3.4, color=color, alpha=95)


def _wing(canvas: Canvas, x: float, foot: float, *, stone: Color, shade: Color) -> None:
    colors = canvas.palette
    body = [(x - 270, foot - 250), (x + 270, foot - 250), (x + 270, foot), (x - 270, foot)]
    canvas.polygon(body, mix(stone, shade, 0.25))
    canvas.stipple(body, shade, angle=90, amount=0.5)
    canvas.rect(x - 284, foot - 268, 568, 22, color=stone)
    for row in (0, 1):
        for column in range(8):
            left, high = x - 240 + column * 62, foot - 216 + row * 108
            canvas.rect(left, high, 32, 66, color=colors.near)
            canvas.rect(left - 4, high + 66, 40, 7, color=stone)
            if row == 0:
                canvas.ellipse(left + 16, high, 16, 16, color=colors.near)


def _dome(canvas: Canvas, x: float, base: float, *, stone: Color, shade: Color) -> None:
    colors = canvas.palette
    canvas.rect(x - 150, base - 60, 300, 90, color=stone)
    for column in range(9):
        canvas.rect(x - 136 + column * 32, base - 44, 15, 60, color=shade)
    arc = [
        (x + 136 * math.cos(a / 40 * math.pi), base - 58 - 168 * math.sin(a / 40 * math.pi))
        for a in range(41)
    ]
    canvas.polygon(arc, mix(colors.accent, colors.mid, 0.35))
    canvas.stipple(arc, colors.dark, angle=10, amount=0.7)
    for rib in (-0.66, -0.33, 0.0, 0.33, 0.66):
        half = [
            (
                x + 136 * rib * math.cos(a / 20 * math.pi / 2),
                base - 58 - 168 * math.sin(a / 20 * math.pi / 2),
            )
            for a in range(21)
        ]
        canvas.line(half, stone, width=2.5, alpha=120)
    canvas.rect(x - 20, base - 268, 40, 46, color=stone)
    canvas.polygon([(x - 26, base - 266), (x + 26, base - 266), (x, base - 326)], colors.accent)


def _flag(canvas: Canvas, x: float, base: float) -> None:
    colors = canvas.palette
    canvas.line([(x, base + 60), (x, base - 210)], colors.dark, width=6)
    upper = [(x + 3 + i * 8, base - 205 + 10 * math.sin(i / 3.2)) for i in range(24)]
    lower = [(px, py + 104) for px, py in reversed(upper)]
    canvas.polygon([*upper, *lower], colors.accent)
    band = [(px, py + 36) for px, py in upper] + [(px, py - 36) for px, py in lower]
    canvas.polygon(band, colors.light)
    canvas.stipple([*upper, *lower], colors.dark, angle=0, amount=0.4)


def _portico(
    canvas: Canvas, x: float, foot: float, *, stone: Color, shade: Color, columns: int
) -> None:
    colors = canvas.palette
    canvas.rect(x - 300, foot - 330, 600, 330, color=mix(colors.near, shade, 0.25))
    canvas.rounded(x - 42, foot - 190, 84, 230, color=colors.dark, radius=42)
    gap = 560 / (columns - 1)
    for index in range(columns):
        left = x - 280 + index * gap - 21
        shaft = [(left + 3, foot - 330), (left + 39, foot - 330), (left + 42, foot), (left, foot)]
        canvas.polygon(shaft, stone)
        canvas.stipple(shaft, colors.near, angle=0, amount=0.75)
        canvas.rect(left - 6, foot - 340, 54, 16, color=stone)
        canvas.rect(left - 6, foot - 14, 54, 14, color=stone)
    canvas.rect(x - 330, foot - 384, 660, 46, color=stone)
    canvas.rect(x - 330, foot - 348, 660, 8, color=shade)
    gable = [(x - 344, foot - 384), (x + 344, foot - 384), (x, foot - 520)]
    canvas.polygon(gable, stone)
    inner = [(x - 262, foot - 396), (x + 262, foot - 396), (x, foot - 498)]
    canvas.polygon(inner, shade)
    canvas.stipple(inner, colors.near, angle=-90, amount=0.6)
    canvas.circle(x, foot - 428, 22, color=stone)


def _steps(canvas: Canvas, x: float, foot: float, *, stone: Color, shade: Color) -> None:
    for step in range(7):
        half = 340 + step * 26
        canvas.rect(x - half, foot + step * 15, half * 2, 15, color=mix(stone, shade, step / 9))
        canvas.rect(
            x - half, foot + step * 15 + 11, half * 2, 4, color=mix(shade, canvas.palette.near, 0.2)
        )


def _walker(canvas: Canvas, x: float, foot: float, *, size: float = 1.0) -> None:
    """A passer-by in two or three flat shapes, with a shadow."""
    colors, rng = canvas.palette, canvas.rng
    height = 74 * size
    coat = rng.choice([colors.dark, colors.accent, colors.near, mix(colors.dark, colors.sun, 0.5)])
    skin = rng.choice([(92, 58, 44), (141, 92, 66), (196, 143, 107), (228, 186, 152)])
    canvas.ellipse(
        x + height * 0.28, foot, height * 0.42, height * 0.05, color=colors.dark, alpha=60
    )
    for leg in (-1, 1):
        foot_x = x + leg * height * 0.1
        canvas.line([(x, foot - height * 0.45), (foot_x, foot)], colors.dark, width=height * 0.075)
    body = [(x - height * 0.11, foot - height * 0.8), (x + height * 0.11, foot - height * 0.8)]
    canvas.polygon(
        [*body, (x + height * 0.17, foot - height * 0.3), (x - height * 0.17, foot - height * 0.3)],
        coat,
    )
    canvas.circle(x, foot - height * 0.9, height * 0.085, color=skin)
    hair = rng.choice([colors.dark, mix(colors.dark, colors.sun, 0.3)])
    canvas.ellipse(x, foot - height * 0.945, height * 0.09, height * 0.055, color=hair)


def _house(canvas: Canvas, x: float, top: float, width: float, *, tone: Color) -> None:
    colors = canvas.palette
    front = [(x, top), (x + width, top), (x + width, 820), (x, 820)]
    canvas.polygon(front, tone)
    canvas.stipple(front, mix(tone, colors.near, 0.5), angle=60, amount=0.4)
    canvas.rect(x - 6, top - 14, width + 12, 18, color=mix(tone, colors.near, 0.4))
    columns = int(width / 88)
    for row in range(3):
        for column in range(columns):
            left, high = x + width * (column + 0.5) / columns - 23, top + 54 + row * 140
            canvas.rect(left, high, 46, 80, color=mix(colors.near, tone, 0.2))
            canvas.rect(left, high + 38, 46, 4, color=tone)
            for side in (-25, 48):
                canvas.rect(left + side, high, 23, 80, color=mix(colors.accent, tone, 0.45))


def _lamps(canvas: Canvas, y: float) -> None:
    colors = canvas.palette
    wire = [(i * 40.0, y + 90 * abs(math.sin(i / 40 * math.pi * 2)) ** 1.3) for i in range(41)]
    canvas.line(wire, colors.dark, width=3)
    for x, low in wire[1::3]:
        canvas.glow(x, low + 22, 80, color=colors.light, strength=0.7)
        canvas.line([(x, low), (x, low + 14)], colors.dark, width=2)
        canvas.circle(x, low + 24, 12, color=mix(colors.sun, colors.light, 0.5))


def _stall(canvas: Canvas, x: float, *, color: Color) -> None:
    colors, rng = canvas.palette, canvas.rng
    width, top = 400.0, rng.uniform(500, 545)
    for post in (14, width - 26):
        canvas.rect(x + post, top, 12, 960 - top, color=colors.dark)
    canvas.rect(x + 26, top + 40, width - 52, 300, color=colors.dark, alpha=120)
    stripes = 10
    step = width / stripes
    for index in range(stripes):
        tint = color if index % 2 else colors.light
        left = x + index * step
        inset = 30 - 6 * index
        upper = (left + inset, left + inset + step - 6)
        awning = [
            (upper[0], top - 64),
            (upper[1], top - 64),
            (left + step, top + 56),
            (left, top + 56),
        ]
        canvas.polygon(awning, tint)
        canvas.circle(left + step / 2, top + 56, step / 2, color=tint)
    canvas.rect(x + 8, 790, width - 16, 180, color=mix(colors.near, colors.sun, 0.25))
    front = [(x + 8, 790), (x + width - 8, 790), (x + width - 8, 970), (x + 8, 970)]
    canvas.stipple(front, colors.dark, angle=90, amount=0.7)
    for crate in range(3):
        _crate(canvas, x + 22 + crate * 122, 800)


def _crate(canvas: Canvas, x: float, foot: float) -> None:
    colors, rng = canvas.palette, canvas.rng
    fruit = rng.choice([colors.sun, colors.accent, (196, 62, 52), (122, 158, 74), (240, 176, 66)])
    for row in range(3):
        for index in range(6 - row):
            x_fruit = x + 14 + index * 17 + row * 8
            tone = mix(fruit, colors.dark, rng.uniform(0, 0.22))
            canvas.circle(x_fruit, foot - 42 - row * 14, 10.5, color=tone)
            canvas.circle(x_fruit - 3, foot - 46 - row * 14, 3, color=colors.light, alpha=150)
    canvas.rect(x, foot - 42, 112, 50, color=mix(colors.sun, colors.near, 0.35))
    for slat in (-26, -10):
        canvas.rect(x, foot + slat, 112, 4, color=colors.near)


def _viaduct(canvas: Canvas, deck: float) -> None:
    colors = canvas.palette
    stone = mix(colors.light, colors.far, 0.35)
    span, foot = 200.0, 1020.0
    shift = canvas.rng.uniform(-160, 0)
    wall = [(0.0, deck), (WIDTH, deck), (WIDTH, foot), (0, foot)]
    arches = []
    for index in range(10):
        left = shift + index * span + 34
        arches.append((left, left + span - 50))
    canvas.rect(0, deck - 14, WIDTH, 26, color=mix(stone, colors.light, 0.4))
    for pier in range(11):
        x = shift + pier * span - 16
        shaft = [(x, deck + 12), (x + 50, deck + 12), (x + 58, foot), (x - 8, foot)]
        canvas.polygon(shaft, stone)
        canvas.stipple(shaft, colors.near, angle=0, amount=0.7)
    for left, right in arches:
        middle, radius = (left + right) / 2, (right - left) / 2
        curve = [
            (
                middle - radius * math.cos(a / 24 * math.pi),
                deck + 112 - radius * math.sin(a / 24 * math.pi),
            )
            for a in range(25)
        ]
        half = 25
        spandrel = [(left - half, deck + 10), (right + half, deck + 10), (right + half, deck + 112)]
        canvas.polygon([*spandrel, *reversed(curve), (left - half, deck + 112)], stone)
    canvas.stipple(
        [*wall[:2], (WIDTH, deck + 60), (0, deck + 60)], colors.mid, angle=-90, amount=0.3
    )


def _train(canvas: Canvas, deck: float, *, head: float, facing: int) -> None:
    colors = canvas.palette
    rail = deck - 14
    high, length = 78.0, 268.0

    def at(x: float) -> float:
        return WIDTH - x if facing < 0 else x

    for car in range(7):
        right = head - car * (length + 8)
        left = right - length
        body = [(left, rail - 10), (left, rail - high), (right, rail - high), (right, rail - 10)]
        if car == 0:
            body = [(left, rail - 10), (left, rail - high), (right - 90, rail - high)]
            body += [(right - 26, rail - high * 0.62), (right, rail - 22), (right - 4, rail - 10)]
        placed = [(at(x), y) for x, y in body]
        canvas.polygon(placed, colors.light)
        canvas.stipple(placed, colors.mid, angle=90, amount=0.45)
        x0, x1 = sorted((at(left), at(right - (40 if car == 0 else 0))))
        canvas.rect(x0, rail - 30, x1 - x0, 9, color=colors.accent)
        for window in range(6 if car else 4):
            wx = at(left + 22 + window * 40 + (0 if facing > 0 else 26))
            canvas.rounded(wx, rail - high + 16, 26, 22, color=colors.near, radius=4)
        for wheel in (40, 74, length - 74, length - 40):
            canvas.circle(at(left + wheel), rail - 6, 8, color=colors.dark)
