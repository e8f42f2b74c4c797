"""The few colors each picture is made of."""

from __future__ import annotations

from dataclasses import dataclass

Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colors by their place in the picture: sky, then from far to near, then accents."""

    sky: Color
    horizon: Color
    sun: Color
    far: Color
    mid: Color
    near: Color
    dark: Color
    light: Color
    accent: Color


def _palette(colors: str) -> Palette:
    return Palette(*(tuple(bytes.fromhex(color)) for color in colors.split()))  # type: ignore[arg-type]  # six hex digits are three numbers


PALETTES = {
    "dawn": _palette("efae86 fae5cb e4572e d39c84 98626a 553c52 2c2436 fff3e0 2e7079"),
    "noon": _palette("8cbfce e6f1ea f7c548 a3bfb9 5f8f8e 2f5f64 17363c fbf8ef d9582b"),
    "dusk": _palette("33336a ec9670 f9cd7c 77577f 4d3b69 2d254b 181532 fce7cf f2634f"),
    "night": _palette("0c1c35 2d5b84 f4e7c1 234a6c 183654 10263f 091729 deebf2 f3a744"),
    "desert": _palette("f2cf98 fcf0d6 e8743b e3b57e cc8a57 915339 4e2c28 fff8e8 2d6a7e"),
    "sea": _palette("b4d4d9 f5efe0 f0803c 8fb7be 42818f 1f5365 0f3142 fffdf5 e4572e"),
    "moss": _palette("d3e0c2 f8f3df e9b44c adc29b 6d916d 3a6350 1c3b34 fcfaee c8553d"),
    "frost": _palette("aebce0 f4e9ee f29f8e a9a8cd 726ea6 423f77 23214a ffffff f2c14e"),
    "paper": _palette("e4dccb f6f1e6 c23b2a bdb5a6 85807a 45444a 202026 ffffff c23b2a"),
}


def mix(first: Color, second: Color, share: float) -> Color:
    """Return the color `share` (0 to 1) of the way from `first` to `second`."""
    return (
        round(first[0] + (second[0] - first[0]) * share),
        round(first[1] + (second[1] - first[1]) * share),
        round(first[2] + (second[2] - first[2]) * share),
    )
