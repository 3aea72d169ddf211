# Two servers for one port: the second cannot have it.
python3 threads.py "$1" &
while ! grep -q ":$(printf %04X "$1") 00000000:0000 0A" /proc/net/tcp; do :; done
python3 servidor.py "$1"
