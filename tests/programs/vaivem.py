"""A thousand messages of one byte, each answered: vaivem.py server|client PORT."""
import socket
import sys

lado, porta = sys.argv[1], int(sys.argv[2])
if lado == "server":
    servidor = socket.socket()
    servidor.bind(("127.0.0.1", porta))
    servidor.listen()
    conexao, _ = servidor.accept()
    while conexao.recv(1):
        conexao.send(b"x")
else:
    conexao = socket.create_connection(("127.0.0.1", porta))
    for _ in range(1000):
        conexao.send(b"x")
        conexao.recv(1)
conexao.close()
