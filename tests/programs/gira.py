"""A client that does not see that the server has closed: gira.py PORT."""
import socket
import sys

conexao = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
conexao.sendall(b"olah")
recebido = b""
for _ in range(5000):
    recebido += conexao.recv(100)
