"""Talks over a Unix socket: unix.py server|client NAME."""
import socket
import sys

nome = "\0netlab-" + sys.argv[2]
s = socket.socket(socket.AF_UNIX)
if sys.argv[1] == "server":
    s.bind(nome)
    s.listen()
    conexao, _ = s.accept()
    conexao.sendall(conexao.recv(100).upper())
else:
    s.connect(nome)
    s.sendall(b"oi")
    print(s.recv(100).decode())
