"""Files in a folder of this machine."""

from pathlib import Path


class FolderFiles:
    """Fills `ports.FileStore`. Names are ours; one that would lead out of the folder is refused."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def put(self, name: str, content: bytes, content_type: str) -> None:
        """Keep a file that other users of the machine cannot read."""
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.writing")
        beside.touch(mode=0o600)
        beside.write_bytes(content)
        beside.replace(path)  # whoever reads meanwhile sees all of it or nothing

    def get(self, name: str) -> bytes | None:
        """The file's content; None when there is none."""
        path = self._path(name)
        return path.read_bytes() if path.is_file() else None

    def delete(self, name: str) -> None:
        """Forget a file."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder):
            raise ValueError("a file's name leads out of its folder")
        return path
