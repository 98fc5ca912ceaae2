"""Files in a private S3 bucket, encrypted. The bucket's lifecycle rule forgets what is under `weeks/` after 36 days."""

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


class S3Files:
    """Fills `ports.FileStore`."""

    def __init__(self, bucket: str) -> None:
        self._s3 = boto3.client("s3", config=Config(connect_timeout=3, read_timeout=10, retries={"mode": "standard"}))
        self._bucket = bucket

    def put(self, name: str, content: bytes, content_type: str) -> None:
        """Keep a file, encrypted where it lies."""
        self._s3.put_object(
            Bucket=self._bucket,
            Key=name,
            Body=content,
            ContentType=content_type,
            CacheControl="no-store",
            ServerSideEncryption="AES256",
        )

    def get(self, name: str) -> bytes | None:
        """The file's content; None when there is none."""
        try:
            found = self._s3.get_object(Bucket=self._bucket, Key=name)
        except ClientError as error:
            if error.response["Error"]["Code"] in {"NoSuchKey", "404"}:
                return None
            raise
        return bytes(found["Body"].read())

    def delete(self, name: str) -> None:
        """Forget a file."""
        self._s3.delete_object(Bucket=self._bucket, Key=name)
