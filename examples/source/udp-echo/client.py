import socket, sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 65431
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(1)
client.sendto(b"one datagram, please answer in capital letters", ("127.0.0.1", port))
data, address = client.recvfrom(2048)
print("received:", data.decode())
client.close()
