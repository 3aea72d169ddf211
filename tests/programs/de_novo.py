"""Two connections between the same ends, one after the other: de_novo.py PORT."""
import socket
import struct
import sys

fim = ("127.0.0.1", int(sys.argv[1]))
servidor = socket.create_server(fim)
porta = 0


def conectar():
    cliente = socket.socket()
    cliente.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    cliente.bind(("127.0.0.1", porta))
    cliente.connect(fim)
    return cliente, servidor.accept()[0]


cliente, conexao = conectar()
porta = cliente.getsockname()[1]
cliente.sendall(b"0123456789")
cliente.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
cliente.close()
conexao.close()
cliente, conexao = conectar()
cliente.sendall(b"abc")
cliente.sendall(b"defghijkl")
print(conexao.recv(100))
conexao.close()
cliente.close()
