import socket, sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 5050
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", port))
message = "Hello Server, my name is Client and I am alone in here."
client.sendall(message.encode())
print("received:", client.recv(1024).decode())
client.close()
