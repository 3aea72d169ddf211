#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 65431);
    int client = socket(AF_INET, SOCK_DGRAM, 0);
    struct timeval second = {.tv_sec = 1};
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
    const char *message = "one datagram, please answer in capital letters";
    sendto(client, message, strlen(message), 0, (struct sockaddr *)&address, sizeof address);
    char data[2048];
    ssize_t count = recv(client, data, sizeof data, 0);
    if (count < 0)
        return perror("recv"), 1;
    printf("received: %.*s\n", (int)count, data);
    close(client);
}
