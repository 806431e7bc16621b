"""YAML to a checked rulebook: `load.load` reads a folder, `cache.load_rulebook` keeps what it gave."""
