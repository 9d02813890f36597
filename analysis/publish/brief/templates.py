"""What is common to slides and pages of an office program: a user's template, languages, alt text."""

import io
import zipfile
from pathlib import Path

from analysis.errors import InputError

LOCALES = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
"""How office programs name the languages."""

TYPES = "[Content_Types].xml"


def opened(template: Path) -> io.BytesIO:
    """A template as a document: what makes it a template is one word in its list of contents.

    Raises:
        InputError: no such file, or none of an office program.
    """
    try:
        old = zipfile.ZipFile(template)
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError("no template there", where=template, expected="a file of PowerPoint or Word") from error
    stream = io.BytesIO()
    with old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == TYPES:
                content = content.replace(b"presentationml.template.main", b"presentationml.presentation.main")
                content = content.replace(b"wordprocessingml.template.main", b"wordprocessingml.document.main")
            new.writestr(name, content)
    stream.seek(0)
    return stream
