import socket, sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 12000
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", port))
for number in range(10):
    data, address = server.recvfrom(1024)
    # Drops 4 of 11, always the same ones.
    if number * 7 % 11 < 4:
        continue
    server.sendto(data.upper(), address)
server.close()
