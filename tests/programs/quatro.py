"""Receives datagrams with room for four bytes, and answers: quatro.py PORT."""
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    dados, fim = s.recvfrom(4)
    s.sendto(dados, fim)
