"""Landscapes: mountains, forest, solar field, wind farm."""

from __future__ import annotations

import itertools
import math

from articles.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Point
from articles.demo.drawings.palettes import Color, mix


def sun(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Draw the sun with its glow."""
    colors = canvas.palette
    canvas.glow(x, y, radius * 4.2, color=mix(colors.sun, colors.light, 0.45), strength=0.75)
    canvas.circle(x, y, radius, color=colors.sun)


def ridge(canvas: Canvas, *, base: float, height: float, roughness: float = 0.5) -> list[Point]:
    """Return a ridge line from left to right by midpoint displacement."""
    heights = [
        canvas.rng.uniform(0.0, 0.35) + 0.65 * (i % 2) for i in range(canvas.rng.randint(6, 9))
    ]
    spread = 0.42
    while len(heights) < 200:
        middle = [
            (a + b) / 2 + canvas.rng.uniform(-spread, spread) * 0.5
            for a, b in itertools.pairwise(heights)
        ]
        heights = [v for pair in zip(heights, middle, strict=False) for v in pair] + heights[-1:]
        spread *= roughness
    step = WIDTH / (len(heights) - 1)
    return [(i * step, base - height * v) for i, v in enumerate(heights)]


def swell(canvas: Canvas, *, base: float, height: float, waves: float = 1.6) -> list[Point]:
    """Return a soft hill line from left to right."""
    first, second = canvas.rng.uniform(0, 6.3), canvas.rng.uniform(0, 6.3)
    return [
        (
            x,
            base
            - height * (0.65 * math.sin(x / WIDTH * math.tau * waves + first))
            - height * 0.35 * math.sin(x / WIDTH * math.tau * waves * 2.3 + second),
        )
        for x in range(0, WIDTH + 20, 20)
    ]


def ground(
    canvas: Canvas, line: list[Point], *, top: Color, bottom: Color, covered: bool = False
) -> list[Point]:
    """Fill everything below a line and return the polygon.

    `covered` says that a nearer layer hides all but the upper part: then only a band
    is filled, which takes half the time.
    """
    foot = min(HEIGHT, max(y for _x, y in line) + 150) if covered else float(HEIGHT)
    shape = [(0.0, foot), *line, (float(WIDTH), foot)]
    canvas.shaded(shape, top=top, bottom=bottom)
    return shape


def cloud(canvas: Canvas, x: float, y: float, size: float, *, share: float = 0.55) -> None:
    """Draw a cloud of a few long bars; `share` of its color is light, the rest sky."""
    light = mix(
        mix(canvas.palette.sky, canvas.palette.horizon, y / 700), canvas.palette.light, share
    )
    for across, up, shift in ((1.0, 0.0, 0.0), (0.68, 0.16, 0.1), (0.34, 0.31, -0.06)):
        width, height = size * across, size * 0.15
        left = x - width / 2 + size * shift
        canvas.rounded(left, y - size * up, width, height, color=light)


def mountains(canvas: Canvas) -> None:
    """Ridges one behind another, the highest with snow, a pine on the last."""
    colors, rng = canvas.palette, canvas.rng
    canvas.sky(colors.sky, colors.horizon, until=760)
    sun_x = rng.choice([rng.uniform(260, 560), rng.uniform(1000, 1340)])
    sun(canvas, sun_x, rng.uniform(210, 330), rng.uniform(75, 115))
    cloud(canvas, rng.uniform(200, 1400), rng.uniform(120, 190), 330, share=0.4)
    layers = [(560, 170, 0.0), (690, 300, 0.3), (800, 220, 0.62), (930, 190, 0.88)]
    for index, (base, height, share) in enumerate(layers):
        line = ridge(canvas, base=base, height=height, roughness=0.47)
        tone = _depth(canvas, share)
        haze = mix(tone, colors.horizon, 0.45 - 0.1 * index)
        shape = ground(canvas, line, top=tone, bottom=haze, covered=True)
        if index:
            canvas.stipple(shape, mix(tone, colors.dark, 0.5), angle=-90, amount=0.3)
        if index == 1:
            _snow(canvas, line)
    line = swell(canvas, base=990, height=46, waves=0.8)
    ground(canvas, line, top=colors.dark, bottom=colors.dark)
    start = rng.uniform(60, 1100)
    for _ in range(rng.randint(4, 8)):
        x = start + rng.uniform(0, 380)
        pine(canvas, x, _height_at(line, x) + 14, rng.uniform(110, 260), color=colors.dark)


def forest(canvas: Canvas) -> None:
    """Trunks in mist, from pale and thin to dark and wide."""
    colors, rng = canvas.palette, canvas.rng
    canvas.sky(mix(colors.sky, colors.light, 0.2), colors.horizon)
    sun(canvas, rng.uniform(450, 1150), rng.uniform(280, 400), rng.uniform(90, 130))
    for depth in range(4):
        share = depth / 3
        tone = mix(_depth(canvas, share), colors.horizon, 0.45 * (1 - share))
        line = swell(canvas, base=720 + depth * 95, height=26, waves=1.1)
        for _ in range(15 - depth * 3):
            x = rng.uniform(-40, WIDTH + 40)
            foot = _height_at(line, x) + 20
            if depth == 3:
                _trunk(canvas, x, foot, color=tone)
            else:
                pine(canvas, x, foot, rng.uniform(0.75, 1.15) * (330 + depth * 110), color=tone)
        shape = ground(
            canvas,
            line,
            top=tone,
            bottom=mix(tone, colors.horizon, 0.3 - share * 0.3),
            covered=depth < 3,
        )
        canvas.stipple(shape, mix(tone, colors.dark, 0.5), angle=90, amount=0.3)
    for _ in range(26):
        x, y = rng.uniform(0, WIDTH), rng.uniform(250, 900)
        canvas.circle(x, y, rng.uniform(2, 5), color=colors.light, alpha=150)


def solar_field(canvas: Canvas) -> None:
    """Rows of panels that run to the horizon under a low sun."""
    colors, rng = canvas.palette, canvas.rng
    horizon = 470.0
    canvas.sky(colors.sky, colors.horizon, until=horizon)
    sun(canvas, rng.uniform(350, 1250), rng.uniform(250, 380), rng.uniform(80, 120))
    ground(
        canvas,
        ridge(canvas, base=horizon + 10, height=120, roughness=0.5),
        top=mix(colors.far, colors.horizon, 0.25),
        bottom=colors.far,
        covered=True,
    )
    flat = [(0.0, horizon), (float(WIDTH), horizon)]
    shape = ground(canvas, flat, top=colors.far, bottom=colors.mid)
    canvas.stipple(shape, colors.near, angle=90, amount=0.35)
    vanishing = rng.uniform(420, 1180)
    near = 0.03
    while near < 1.25:
        _panel_row(canvas, horizon, near=near, vanishing=vanishing)
        near *= 1.42


def wind_farm(canvas: Canvas) -> None:
    """Turbines on rolling fields."""
    colors, rng = canvas.palette, canvas.rng
    canvas.sky(colors.sky, colors.horizon, until=820)
    sun(canvas, rng.uniform(200, 1400), rng.uniform(200, 330), rng.uniform(65, 95))
    for _ in range(3):
        cloud(canvas, rng.uniform(0, WIDTH), rng.uniform(110, 330), rng.uniform(220, 420))
    for depth in range(4):
        share = depth / 3
        line = swell(canvas, base=650 + depth * 105, height=44 + depth * 8, waves=0.7 + depth * 0.2)
        tone = _depth(canvas, share * 0.85)
        size = 0.3 + 0.55 * share**1.3
        if depth < 3:
            for place in range(3 - depth):
                x = rng.uniform(0.12, 0.88) * WIDTH + place * 90
                _turbine(canvas, x, _height_at(line, x) + 8, 560 * size)
        shape = ground(
            canvas, line, top=tone, bottom=mix(tone, colors.near, 0.35), covered=depth < 3
        )
        canvas.stipple(shape, mix(tone, colors.dark, 0.45), angle=60, amount=0.4)
        if depth == 3:
            _furrows(canvas, line, color=mix(tone, colors.dark, 0.4))


def pine(canvas: Canvas, x: float, foot: float, height: float, *, color: Color) -> None:
    """Draw a conifer of stacked tiers."""
    canvas.rect(x - height * 0.02, foot - height * 0.2, height * 0.04, height * 0.2, color=color)
    for tier in range(5):
        top = foot - height + height * 0.16 * tier
        wide = height * (0.075 + 0.038 * tier)
        canvas.polygon(
            [(x, top), (x + wide, top + height * 0.27), (x - wide, top + height * 0.27)], color
        )


def _depth(canvas: Canvas, share: float) -> Color:
    """Return the color at a depth: 0 far, 0.5 the middle distance, 1 near."""
    colors = canvas.palette
    if share < 0.5:
        return mix(colors.far, colors.mid, share * 2)
    return mix(colors.mid, colors.near, share * 2 - 1)


def _height_at(line: list[Point], x: float) -> float:
    index = min(range(len(line)), key=lambda i: abs(line[i][0] - x))
    return line[index][1]


def _snow(canvas: Canvas, line: list[Point]) -> None:
    """Cover what rises above the snow line, with a ragged lower edge."""
    colors = canvas.palette
    limit = min(y for _x, y in line) + 120
    cap: list[Point] = []
    for x, y in [*line, (WIDTH + 10.0, float(HEIGHT))]:
        if y < limit:
            cap.append((x, y))
            continue
        if len(cap) > 3:
            deep = limit - min(py for _px, py in cap)
            lower = [
                (px, py + (limit - py) * (0.62 + 0.3 * math.sin(px / 24)) * min(1.0, deep / 70))
                for px, py in reversed(cap)
            ]
            canvas.polygon([*cap, *lower], mix(colors.light, colors.horizon, 0.25))
            canvas.stipple([*cap, *lower], colors.mid, angle=20, amount=0.3)
        cap = []


def _trunk(canvas: Canvas, x: float, foot: float, *, color: Color) -> None:
    width = canvas.rng.uniform(26, 54)
    lean = canvas.rng.uniform(-24, 24)
    shape = [(x - width / 2 - 14, foot), (x + lean - width / 3, -10), (x + lean + width / 3, -10)]
    shape.append((x + width / 2 + 14, foot))
    canvas.polygon(shape, color)
    canvas.stipple(shape, canvas.palette.dark, angle=0, amount=0.75)
    for _ in range(3):
        y = canvas.rng.uniform(60, foot - 330)
        side = canvas.rng.choice([-1, 1])
        reach = canvas.rng.uniform(60, 150)
        start = (x + lean * (1 - y / foot), y)
        canvas.line([start, (start[0] + side * reach, y - reach * 0.45)], color, width=7)


def _panel_row(canvas: Canvas, horizon: float, *, near: float, vanishing: float) -> None:
    """Draw one row of tilted panels; `near` is its distance from the horizon, 1 at the bottom."""
    colors = canvas.palette
    blue = mix((27, 52, 88), colors.dark, 0.35)
    y = horizon + (HEIGHT - horizon) * near
    wide, gap, high = 400 * near, 54 * near, 128 * near
    count = math.ceil(max(vanishing, WIDTH - vanishing) / (wide + gap)) + 1
    canvas.rect(0, y + 12 * near, WIDTH, 34 * near, color=colors.dark, alpha=60)
    for index in range(-count, count):
        x = vanishing + index * (wide + gap)
        canvas.rect(x + wide * 0.2, y - 4, wide * 0.03, 30 * near + 4, color=colors.dark)
        canvas.rect(x + wide * 0.78, y - 4, wide * 0.03, 30 * near + 4, color=colors.dark)
        slant = (x + wide / 2 - vanishing) * 0.045
        corners = [(x, y), (x + wide, y), (x + wide - slant, y - high), (x - slant, y - high)]
        if not -wide < x < WIDTH + wide:
            continue
        canvas.shaded(
            corners, top=mix(blue, colors.horizon, 0.62), bottom=mix(blue, colors.sky, 0.12)
        )
        for part in range(1, 6 if near > 0.1 else 1):
            foot = x + wide * part / 6
            canvas.line(
                [(foot, y), (foot - slant, y - high)],
                colors.light,
                width=1.6 * near + 0.4,
                alpha=90,
            )
        middle = [(x - slant / 2, y - high / 2), (x + wide - slant / 2, y - high / 2)]
        canvas.line(middle, colors.light, width=1.6 * near + 0.4, alpha=90)


def _turbine(canvas: Canvas, x: float, foot: float, height: float) -> None:
    light = canvas.palette.light
    shade = mix(light, canvas.palette.mid, 0.35)
    hub = (x, foot - height)
    wide = height * 0.018
    canvas.polygon(
        [(x - wide, foot), (x + wide, foot), (x + wide * 0.5, hub[1]), (x - wide * 0.5, hub[1])],
        light,
    )
    canvas.polygon([(x, foot), (x + wide, foot), (x + wide * 0.5, hub[1]), (x, hub[1])], shade)
    turn = canvas.rng.uniform(0, math.tau / 3)
    for blade in range(3):
        angle = turn + blade * math.tau / 3
        along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
        reach = height * 0.52

        def at(out: float, side: float) -> Point:
            return (
                hub[0] + along[0] * out + across[0] * side,  # noqa: B023  # called within the turn
                hub[1] + along[1] * out + across[1] * side,  # noqa: B023
            )

        canvas.polygon([at(0, -wide * 0.5), at(reach * 0.2, wide * 1.5), at(reach, 0)], light)
    canvas.circle(*hub, wide * 1.25, color=shade)


def _furrows(canvas: Canvas, line: list[Point], *, color: Color) -> None:
    middle = canvas.rng.uniform(500, 1100)
    for index in range(-14, 15):
        x = middle + index * 62
        start = (x, _height_at(line, min(max(x, 0), WIDTH)))
        canvas.line([start, (middle + index * 190, HEIGHT + 10)], color, width=5, alpha=90)
