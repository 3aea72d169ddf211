import socket, sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 9999
for _ in range(3):
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect(("127.0.0.1", port))
    print("my port:", client.getsockname()[1])
    client.sendall(b"28 bytes for a buffer of 5..")
    client.close()
