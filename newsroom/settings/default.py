"""The settings of a site: all subjects together."""

from .apps import *  # noqa: F403
from .database import *  # noqa: F403
from .language import *  # noqa: F403
from .logs import *  # noqa: F403
from .newsroom import *  # noqa: F403
from .security import *  # noqa: F403
from .storage import *  # noqa: F403
from .tasks import *  # noqa: F403
from .wagtail import *  # noqa: F403
