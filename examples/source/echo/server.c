#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 5050);
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 128))
        return perror("bind, listen"), 1;
    int client = accept(server, NULL, NULL);
    char data[1024];
    ssize_t count;
    while ((count = recv(client, data, sizeof data, 0)) > 0)
        send(client, data, count, 0);
    close(client);
    close(server);
}
