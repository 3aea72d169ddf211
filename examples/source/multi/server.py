import socket, sys, threading

port = int(sys.argv[1]) if len(sys.argv) > 1 else 65432
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", port))
server.listen()


def serve(client):
    while data := client.recv(1024):
        client.sendall(data.upper())
    client.close()


threads = []
for _ in range(5):
    client, address = server.accept()
    print("connected by", address)
    threads.append(threading.Thread(target=serve, args=(client,)))
    threads[-1].start()
for thread in threads:
    thread.join()
