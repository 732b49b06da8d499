"""Part of ``make lint``: every sentence is in every language, translated, with the same placeholders and tags."""

from __future__ import annotations

import sys

from tests.locales import catalogs


def main() -> int:
    """Print every complaint; the exit code says whether there was one."""
    code = catalogs.extract()
    found = [line for locale, path in catalogs.files().items() for line in catalogs.complaints(code, locale, path)]
    for line in found:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(f"{len(code)} sentences, {len(catalogs.files())} languages, {len(found)} complaints\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
