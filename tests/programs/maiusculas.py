import socket
import sys

servidor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
servidor.bind(("127.0.0.1", int(sys.argv[1])))
while True:
    dados, cliente = servidor.recvfrom(2048)
    servidor.sendto(dados.upper(), cliente)
