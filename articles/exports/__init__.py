"""Articles out: JSON lines, IPTC ninjs. Reads; changes nothing."""
