"""``make messages``: take new sentences into the catalogs, drop those no longer said."""

from __future__ import annotations

import sys

from tests.locales import catalogs


def main() -> None:
    """Rewrite the catalog of every language and say what is left to translate."""
    code = catalogs.extract()
    for locale, path in catalogs.files().items():
        path.write_bytes(catalogs.updated(code, locale, path))
        open_ones = catalogs.complaints(code, locale, path)
        sys.stdout.write(f"{path.relative_to(catalogs.ROOT)}: {len(code)} sentences, {len(open_ones)} to look at\n")


if __name__ == "__main__":
    main()
