"""The Django project: how the site runs. It knows nothing of articles' insides."""
