"""Draw any of the demo newsroom's pictures by name."""

from __future__ import annotations

import random
from collections.abc import Callable

from articles.demo.drawings import city, devices, land, people, water
from articles.demo.drawings.canvas import Canvas
from articles.demo.drawings.palettes import PALETTES

_SCENES: dict[str, tuple[Callable[[Canvas], None], tuple[str, ...]]] = {
    "circuit": (devices.circuit, ("night", "moss", "dusk", "sea")),
    "forest": (land.forest, ("moss", "dawn", "frost", "night")),
    "harbor": (water.harbor, ("dawn", "sea", "dusk", "noon")),
    "market": (city.market, ("desert", "noon", "dawn", "sea")),
    "mountains": (land.mountains, ("dawn", "frost", "dusk", "noon", "desert")),
    "newsprint": (devices.newsprint, ("paper", "sea", "desert", "frost", "moss")),
    "orbit": (devices.orbit, ("night", "dusk", "sea", "frost")),
    "parliament": (city.parliament, ("noon", "dawn", "frost", "desert")),
    "portrait": (people.portrait, ("sea", "desert", "moss", "frost", "noon", "dawn")),
    "railway": (city.railway, ("moss", "dawn", "noon", "frost")),
    "skyline": (city.skyline, ("dusk", "dawn", "sea", "night", "frost")),
    "solar_field": (land.solar_field, ("desert", "dawn", "noon")),
    "waves": (water.waves, ("sea", "dawn", "noon", "night", "dusk")),
    "wind_farm": (land.wind_farm, ("noon", "moss", "dusk", "sea")),
}
"""Scene and the palettes that suit it."""

DRAWINGS = tuple(_SCENES)


def draw(name: str, *, seed: str) -> bytes:
    """Draw a picture: a JPEG of 1600 by 1067 pixels.

    The same name and seed give the same picture; other seeds vary colors and forms.

    Raises:
        KeyError: no drawing has this name.
    """
    scene, palettes = _SCENES[name]
    rng = random.Random(f"{name}/{seed}")  # noqa: S311  # chance of form, not a secret
    canvas = Canvas(PALETTES[rng.choice(palettes)], rng=rng)
    scene(canvas)
    return canvas.finish()
