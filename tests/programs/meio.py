"""A client that sends its FIN and then receives: meio.py server|client PORT."""
import socket
import sys

fim = ("127.0.0.1", int(sys.argv[2]))
if sys.argv[1] == "server":
    servidor = socket.create_server(fim)
    conexao, _ = servidor.accept()
    tudo = b""
    while parte := conexao.recv(1024):
        tudo += parte
    conexao.sendall(tudo.upper())
    conexao.close()
else:
    conexao = socket.create_connection(fim)
    conexao.sendall(b"ola")
    conexao.shutdown(socket.SHUT_WR)
    print(conexao.recv(1024).decode())
    conexao.close()
