"""Office files without a date, an author or an order of chance: the same content is the same bytes."""

import io
import zipfile
from xml.sax.saxutils import escape

CORE = "docProps/core.xml"
FIRST = "[Content_Types].xml"
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can write; of no meaning."""

PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>{language}</dc:language>'
    "</cp:coreProperties>"
)


def anonymous(document: bytes, title: str, language: str) -> bytes:
    """An xlsx, docx or pptx with nothing but its title and language among its properties, in one fixed form.

    Args:
        document: as a library wrote it.
        title: of the document.
        language: ar, en, es, fr, ru or zh.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != FIRST, name)):
            content = old.read(name)
            if name == CORE:
                content = PROPERTIES.format(title=escape(title), language=language).encode("utf-8")
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return stream.getvalue()
