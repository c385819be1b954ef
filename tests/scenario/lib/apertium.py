"""Debian's apertium-apy on a socket of the file system, in place of every interface of the machine: apertium.py SOCKET [OPTION ...]."""
import sys

import tornado.netutil
import tornado.tcpserver

socket = sys.argv.pop(1)  # before it reads its own arguments
tornado.tcpserver.bind_sockets = lambda *args, **kwargs: [tornado.netutil.bind_unix_socket(socket)]

from apertium_apy.apy import main  # noqa: E402

main()
