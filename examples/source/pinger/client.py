import socket, sys, time

port = int(sys.argv[1]) if len(sys.argv) > 1 else 12000
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(0.2)
for number in range(1, 11):
    began = time.time()
    client.sendto(f"Ping {number} {time.ctime(began)}".encode(), ("127.0.0.1", port))
    try:
        reply, address = client.recvfrom(1024)
        print(reply.decode(), f"RTT {(time.time() - began) * 1000:.3f} ms")
    except TimeoutError:
        print("Request timed out")
client.close()
