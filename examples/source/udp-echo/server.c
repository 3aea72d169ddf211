#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <ctype.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 65431);
    int server = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(server, (struct sockaddr *)&address, sizeof address))
        return perror("bind"), 1;
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    char data[2048];
    ssize_t count = recvfrom(server, data, sizeof data, 0, (struct sockaddr *)&from, &length);
    for (ssize_t at = 0; at < count; at++)
        data[at] = (char)toupper(data[at]);
    sendto(server, data, count, 0, (struct sockaddr *)&from, length);
    close(server);
}
