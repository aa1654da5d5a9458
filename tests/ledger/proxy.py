"""A proxy that loses the connection at the worst moment: before a command arrives, or after."""

import socket
from contextlib import suppress
from threading import Thread

from psycopg.conninfo import conninfo_to_dict, make_conninfo


class Proxy:
    """Passes bytes on between a port of its own and the server, until it is told to cut.

    `before` and `after` are how many more times it cuts: before what holds `marker` reaches the
    server, or after the server has answered it, with the answer lost.
    """

    def __init__(self, url: str, marker: bytes) -> None:
        self._given = conninfo_to_dict(url)
        self._marker = marker
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.before = self.after = self.cuts = 0
        port = self._listening.getsockname()[1]
        self.url = make_conninfo(url, host="127.0.0.1", port=port, sslmode="disable")
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = self._upstream()
                answer_lost = [False]
                for ends in ((client, server), (server, client)):
                    Thread(target=self._pass_on, args=(*ends, answer_lost), daemon=True).start()

    def _upstream(self) -> socket.socket:
        host, port = str(self._given.get("host", "localhost")), self._given.get("port", 5432)
        if not host.startswith("/"):
            return socket.create_connection((host, int(str(port))))
        upstream = socket.socket(socket.AF_UNIX)
        upstream.connect(f"{host}/.s.PGSQL.{port}")
        return upstream

    def _pass_on(self, source: socket.socket, to: socket.socket, lost: list[bool]) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self._marker in data:
                    if self.before:
                        self.before, self.cuts = self.before - 1, self.cuts + 1
                        break
                    if self.after:
                        self.after, self.cuts = self.after - 1, self.cuts + 1
                        lost[0] = True
                elif lost[0]:
                    break
                to.sendall(data)
        for end in (source, to):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        self._listening.close()
