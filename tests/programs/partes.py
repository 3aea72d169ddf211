"""Two sends, and a pause before the server reads them in threes: partes.py server|client PORT."""
import socket
import sys
import time

lado, porta = sys.argv[1], int(sys.argv[2])
if lado == "server":
    servidor = socket.socket()
    servidor.bind(("127.0.0.1", porta))
    servidor.listen()
    conexao, _ = servidor.accept()
    time.sleep(0.2)
    while conexao.recv(4):
        pass
    conexao.close()
else:
    conexao = socket.create_connection(("127.0.0.1", porta))
    conexao.send(b"olah ")
    conexao.send(b"mundo!")
    conexao.close()
