"""How files are received: a request that announces more than the limit is refused before it is read."""

from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from portulan.mining.operations import UploadTooLarge


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes to a temporary file what fits."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 - Django's signature
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        """Refuse a request that is too large.

        :raises UploadTooLarge: when it announces more than the limit.
        """
        if content_length > settings.MOST_UPLOAD_BYTES + 64 * 1024:
            raise UploadTooLarge(limit=settings.MOST_UPLOAD_BYTES // 1024**2)
        return super().handle_raw_input(input_data, META, content_length, boundary, encoding)
