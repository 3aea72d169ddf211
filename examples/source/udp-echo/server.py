import socket, sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 65431
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", port))
data, address = server.recvfrom(2048)
print("datagram from", address)
server.sendto(data.upper(), address)
server.close()
