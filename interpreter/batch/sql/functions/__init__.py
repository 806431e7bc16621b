"""The function table in SQL: dicts from its keys to builders."""
