"""The tables: the only code that knows files, types and keys. One checked dossier comes out."""

from parley.tables.dossier import DATA, TABLES, Dossier, check, choose, earlier, hold, load, load_schema, parties

__all__ = ["DATA", "TABLES", "Dossier", "check", "choose", "earlier", "hold", "load", "load_schema", "parties"]
