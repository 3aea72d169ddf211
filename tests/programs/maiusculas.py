import socket

servidor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
servidor.bind(("127.0.0.1", 5057))
while True:
    dados, cliente = servidor.recvfrom(2048)
    servidor.sendto(dados.upper(), cliente)
