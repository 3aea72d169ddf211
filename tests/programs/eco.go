// Echoes to every client, each in a goroutine of its own: eco PORT.
package main

import (
	"io"
	"net"
	"os"
)

func atende(c net.Conn) {
	buf := make([]byte, 1024)
	for {
		n, err := c.Read(buf)
		if err == io.EOF {
			break
		}
		c.Write(buf[:n])
	}
	c.Close()
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if err != nil {
		panic(err)
	}
	for {
		c, err := l.Accept()
		if err != nil {
			panic(err)
		}
		go atende(c)
	}
}
