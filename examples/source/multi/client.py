import socket, sys, threading, time

port = int(sys.argv[1]) if len(sys.argv) > 1 else 65432


def call(number):
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect(("127.0.0.1", port))
    for _ in range(2):
        client.sendall(f"message of client {number}".encode())
        print(client.recv(1024).decode())
        time.sleep(0.1)
    client.close()


for number in range(1, 6):
    threading.Thread(target=call, args=(number,)).start()
