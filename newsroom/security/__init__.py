"""Headers and limits that hold for every answer."""
