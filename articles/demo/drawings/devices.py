"""Things that people make: circuit board, satellite, printed page."""

from __future__ import annotations

import math

from articles.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Point
from articles.demo.drawings.palettes import Color, mix


def circuit(canvas: Canvas) -> None:
    """A board seen from above: traces that lead to a chip, and small parts."""
    colors, rng = canvas.palette, canvas.rng
    board = mix(colors.near, colors.dark, 0.35)
    canvas.sky(mix(board, colors.mid, 0.25), mix(board, colors.dark, 0.45))
    middle_x, middle_y = rng.uniform(620, 980), rng.uniform(470, 600)
    canvas.glow(middle_x, middle_y, 760, color=colors.mid, strength=0.55)
    for row in range(0, HEIGHT, 42):
        for column in range(0, WIDTH, 42):
            canvas.circle(column + 20, row + 20, 1.8, color=colors.far, alpha=55)
    size = rng.uniform(165, 200)
    for side in range(4):
        for pin in range(-4, 5):
            _trace(canvas, (middle_x, middle_y), side=side, offset=pin * size / 5, reach=size)
    _parts(canvas, clear=(middle_x, middle_y, size + 120), board=board)
    _chip(canvas, middle_x, middle_y, size)


def orbit(canvas: Canvas) -> None:
    """A satellite above the limb of a planet, among stars."""
    colors, rng = canvas.palette, canvas.rng
    canvas.sky(mix(colors.dark, (4, 8, 20), 0.4), mix(colors.near, colors.mid, 0.25))
    for _ in range(230):
        bright = rng.random() ** 3
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, 820)
        canvas.circle(x, y, 0.9 + 2.6 * bright, color=colors.light, alpha=round(90 + 160 * bright))
    moon_x, moon_y = (
        rng.choice([rng.uniform(120, 360), rng.uniform(1240, 1480)]),
        rng.uniform(140, 260),
    )
    canvas.glow(moon_x, moon_y, 210, color=colors.sun, strength=0.45)
    canvas.circle(moon_x, moon_y, 58, color=mix(colors.sun, colors.light, 0.35))
    for dx, dy, size in ((-18, -14, 13), (20, 10, 9), (-6, 24, 7)):
        canvas.circle(moon_x + dx, moon_y + dy, size, color=mix(colors.sun, colors.mid, 0.25))
    _planet(canvas, WIDTH / 2 + rng.uniform(-260, 260))
    angle = rng.uniform(-0.5, 0.5)
    _orbit_lines(canvas, angle)
    _satellite(
        canvas,
        rng.uniform(620, 980),
        rng.uniform(330, 430),
        angle=angle,
        size=rng.uniform(1.1, 1.35),
    )


def newsprint(canvas: Canvas) -> None:
    """Printed pages, overlapping, on a colored table."""
    colors, rng = canvas.palette, canvas.rng
    table = rng.choice([colors.sky, mix(colors.sun, colors.horizon, 0.25), colors.far, colors.mid])
    canvas.sky(mix(table, colors.light, 0.15), mix(table, colors.dark, 0.12))
    for row in range(11):
        for column in range(14):
            radius = max(0.0, 13 - math.hypot(row - 1, column - 1) * 1.05)
            canvas.circle(60 + column * 34, 60 + row * 34, radius, color=colors.accent, alpha=210)
    turn = rng.uniform(-0.3, -0.12)
    _page(
        canvas,
        Sheet(WIDTH * 0.36, HEIGHT * 0.56, turn),
        paper=mix(colors.light, colors.horizon, 0.8),
    )
    _page(
        canvas,
        Sheet(WIDTH * 0.62, HEIGHT * 0.52, turn + rng.uniform(0.22, 0.42)),
        paper=colors.light,
    )
    _pen(canvas, rng.uniform(1180, 1320), rng.uniform(640, 760))


class Sheet:
    """A place on the table, turned; page coordinates run from its middle."""

    def __init__(self, x: float, y: float, turn: float) -> None:
        self.x, self.y = x, y
        self.cos, self.sin = math.cos(turn), math.sin(turn)

    def box(self, x: float, y: float, width: float, height: float) -> list[Point]:
        """Return a rectangle of the page as a polygon of the picture."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        return [
            (self.x + px * self.cos - py * self.sin, self.y + px * self.sin + py * self.cos)
            for px, py in corners
        ]


def _trace(canvas: Canvas, middle: Point, *, side: int, offset: float, reach: float) -> None:
    """Lead one conductor from the chip's side to a pad, with a bend of 45 degrees."""
    colors, rng = canvas.palette, canvas.rng
    away = rng.uniform(40, 120) + abs(offset) * 0.6
    bend = offset * rng.uniform(0.8, 1.6)
    run = rng.uniform(120, 620)
    path = [
        (reach * 0.9, offset),
        (reach + away, offset),
        (reach + away + abs(bend), offset + bend),
        (reach + away + abs(bend) + run, offset + bend),
    ]
    turned = [_turn(middle, point, side) for point in path]
    live = rng.random() < 0.3
    tone = rng.choice([colors.sun, colors.accent]) if live else mix(colors.far, colors.mid, 0.35)
    if live:
        canvas.line(turned, tone, width=15, alpha=45)
    canvas.line(turned, tone, width=5)
    canvas.circle(*turned[-1], 13, color=tone)
    canvas.circle(*turned[-1], 6, color=colors.dark)


def _turn(middle: Point, point: Point, quarter: int) -> Point:
    x, y = point
    for _ in range(quarter):
        x, y = -y, x
    return middle[0] + x, middle[1] + y


def _parts(canvas: Canvas, *, clear: tuple[float, float, float], board: Color) -> None:
    """Scatter capacitors, resistors and small chips outside the `clear` circle."""
    colors, rng = canvas.palette, canvas.rng
    for _ in range(34):
        x, y = rng.uniform(30, WIDTH - 30), rng.uniform(30, HEIGHT - 30)
        if math.hypot(x - clear[0], y - clear[1]) < clear[2] * 1.15:
            continue
        kind = rng.random()
        canvas.rounded(x - 26, y - 16, 64, 46, color=colors.dark, radius=6, alpha=90)
        if kind < 0.35:
            canvas.circle(x, y, 22, color=mix(colors.light, colors.far, 0.4))
            canvas.circle(x, y, 15, color=rng.choice([colors.accent, colors.sun, board]))
        elif kind < 0.7:
            canvas.rounded(
                x - 30, y - 11, 60, 22, color=mix(colors.light, colors.far, 0.3), radius=3
            )
            canvas.rect(x - 17, y - 11, 34, 22, color=colors.dark)
        else:
            for leg in range(4):
                canvas.rect(x - 31 + leg * 18, y - 31, 8, 62, color=colors.far)
            canvas.rounded(x - 36, y - 23, 72, 46, color=colors.dark, radius=5)
            canvas.circle(x - 25, y - 13, 4, color=colors.far)


def _chip(canvas: Canvas, x: float, y: float, size: float) -> None:
    colors = canvas.palette
    canvas.rounded(
        x - size + 16, y - size + 22, size * 2, size * 2, color=colors.dark, radius=22, alpha=130
    )
    canvas.rounded(
        x - size, y - size, size * 2, size * 2, color=mix(colors.dark, colors.near, 0.25), radius=20
    )
    inner = size * 0.66
    canvas.glow(x, y, size * 1.5, color=colors.sun, strength=0.35)
    canvas.rounded(
        x - inner,
        y - inner,
        inner * 2,
        inner * 2,
        color=mix(colors.accent, colors.dark, 0.12),
        radius=14,
    )
    core = [
        (x - inner, y - inner),
        (x + inner, y - inner),
        (x + inner, y + inner),
        (x - inner, y + inner),
    ]
    canvas.stipple(core, colors.dark, angle=45, amount=0.6)
    rings = [(inner * 0.68, colors.light), (inner * 0.48, colors.sun), (inner * 0.24, colors.light)]
    for radius, tone in rings:
        ring = [
            (x + radius * math.cos(a / 64 * math.tau), y + radius * math.sin(a / 64 * math.tau))
            for a in range(50)
        ]
        canvas.line(ring, tone, width=6, alpha=225)
    canvas.circle(x, y, inner * 0.11, color=colors.light)


def _planet(canvas: Canvas, x: float) -> None:
    colors, rng = canvas.palette, canvas.rng
    radius, y = 1500.0, 2200.0
    for layer in range(5):
        canvas.circle(x, y, radius + 64 - layer * 14, color=colors.sky, alpha=26 + layer * 9)
    limb = [
        (x + radius * math.cos(a / 120 * math.pi), y - radius * math.sin(a / 120 * math.pi))
        for a in range(120, -1, -1)
    ]
    disc = [*limb, (x + radius, y), (x - radius, y)]
    canvas.shaded(disc, top=colors.mid, bottom=colors.near)
    canvas.line(limb, mix(colors.sky, colors.light, 0.5), width=4)
    for _ in range(16):
        angle = math.pi / 2 + rng.uniform(-0.5, 0.5)
        depth = rng.uniform(30, 320)
        at_x, at_y = x + (radius - depth) * math.cos(angle), y - (radius - depth) * math.sin(angle)
        tone = rng.choice([colors.far, colors.light])
        wide = rng.uniform(90, 330)
        canvas.ellipse(at_x, at_y, wide / 2, wide * 0.05 + depth * 0.03, color=tone, alpha=58)
    canvas.stipple(disc, colors.dark, angle=0, amount=0.75)


def _orbit_lines(canvas: Canvas, angle: float) -> None:
    colors = canvas.palette
    for index in range(3):
        across, down = 760 + index * 130, 190 + index * 60
        ring = []
        for step in range(101):
            a = step / 100 * math.tau
            x, y = across * math.cos(a), down * math.sin(a)
            ring.append(
                (
                    800 + x * math.cos(angle) - y * math.sin(angle),
                    480 + x * math.sin(angle) * 0.6 + y,
                )
            )
        for start in range(0, 100, 4):
            canvas.line(ring[start : start + 3], colors.light, width=2, alpha=80 - index * 20)


def _satellite(canvas: Canvas, x: float, y: float, *, angle: float, size: float) -> None:
    colors = canvas.palette
    sheet = Sheet(x, y, angle - 0.35)

    def box(left: float, top: float, width: float, height: float) -> list[Point]:
        return sheet.box(left * size, top * size, width * size, height * size)

    panel = mix(colors.mid, (30, 70, 130), 0.55)
    canvas.polygon(box(-250, -5, 500, 10), colors.far)
    for side in (-1, 1):
        left = 80 if side > 0 else -290
        canvas.polygon(box(left, -62, 210, 124), colors.light)
        for column in range(4):
            for row in range(2):
                cell = box(left + 6 + column * 50.5, -56 + row * 58, 46, 54)
                canvas.shaded(cell, top=mix(panel, colors.light, 0.3), bottom=panel)
    canvas.polygon(box(-52, -74, 104, 148), mix(colors.sun, colors.light, 0.25))
    canvas.stipple(box(-52, -74, 104, 148), colors.dark, angle=20, amount=0.6)
    canvas.polygon(box(-52, -30, 104, 12), colors.accent)
    canvas.polygon(box(-30, 74, 60, 26), colors.far)
    dish = box(-58, 98, 116, 22)
    canvas.polygon(dish, colors.light)
    middle = sheet.box(0, 112 * size, 0, 0)[0]
    canvas.ellipse(*middle, 50 * size, 26 * size, color=mix(colors.light, colors.far, 0.35))
    canvas.circle(*middle, 9 * size, color=colors.accent)
    for ring in range(3):
        wide = (70 + ring * 42) * size
        arc = [
            (
                middle[0] + wide * math.cos(a / 20 * 1.2 + 1.05),
                middle[1] + wide * math.sin(a / 20 * 1.2 + 1.05),
            )
            for a in range(21)
        ]
        canvas.line(arc, colors.accent, width=5, alpha=210 - ring * 55)


def _page(canvas: Canvas, sheet: Sheet, *, paper: Color) -> None:
    colors, rng = canvas.palette, canvas.rng
    ink = mix(colors.dark, paper, 0.1)
    canvas.polygon(sheet.box(-316, -440, 680, 930), colors.dark, alpha=70)
    canvas.polygon(sheet.box(-340, -470, 680, 930), paper)
    canvas.stipple(
        sheet.box(-340, -470, 680, 930), mix(paper, colors.mid, 0.5), angle=70, amount=0.3
    )
    canvas.polygon(sheet.box(-300, -436, 600, 58), ink)
    for edge in (-366, 434):
        canvas.polygon(sheet.box(-300, edge, 600, 4), ink)
    canvas.polygon(sheet.box(-300, -344, rng.uniform(440, 590), 34), ink)
    canvas.polygon(sheet.box(-300, -296, rng.uniform(280, 430), 34), ink)
    picture = sheet.box(-300, -238, 390, 260)
    canvas.polygon(picture, colors.accent)
    canvas.polygon(sheet.box(-300, -90, 390, 112), mix(colors.accent, colors.dark, 0.4))
    canvas.circle(*sheet.box(-40, -140, 0, 0)[0], 54, color=mix(colors.sun, colors.light, 0.4))
    canvas.stipple(picture, colors.dark, angle=120, amount=0.5)
    for column, (left, top) in enumerate([(-300, 50), (-96, 50), (108, -238)]):
        for row in range(int((420 - top) / 22)):
            last = row % 9 == 8
            wide = rng.uniform(60, 130) if last else rng.uniform(178, 192)
            tone = mix(ink, paper, 0.45)
            canvas.polygon(sheet.box(left, top + row * 22, wide, 8 if column < 3 else 6), tone)


def _pen(canvas: Canvas, x: float, y: float) -> None:
    colors = canvas.palette
    sheet = Sheet(x, y, -0.95)
    canvas.polygon(sheet.box(-196, 10, 420, 26), colors.dark, alpha=70)
    canvas.polygon(sheet.box(-200, -14, 400, 28), colors.accent)
    canvas.stipple(sheet.box(-200, -14, 400, 28), colors.dark, angle=80, amount=0.7)
    canvas.polygon(sheet.box(110, -14, 16, 28), colors.light)
    nib = [*sheet.box(-200, -14, 0, 28)[1:3], sheet.box(-262, 0, 0, 0)[0]]
    canvas.polygon(nib, colors.dark)
