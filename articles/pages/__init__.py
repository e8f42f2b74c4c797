"""Page types and publication rules: home, category, article, static page, embargo."""
