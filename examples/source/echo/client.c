#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons(argc > 1 ? atoi(argv[1]) : 5050);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(client, (struct sockaddr *)&address, sizeof address))
        return perror("connect"), 1;
    const char *message = "Hello Server, my name is Client and I am alone in here.";
    send(client, message, strlen(message), 0);
    char data[1024];
    ssize_t count = recv(client, data, sizeof data, 0);
    printf("received: %.*s\n", (int)count, data);
    close(client);
}
