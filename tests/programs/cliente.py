import socket
import sys

cliente = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
cliente.connect(("127.0.0.1", int(sys.argv[1])))
cliente.sendall("Olá Servidor".encode())
print("Recebido:", cliente.recv(1024).decode())
cliente.close()
